import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { decideReject } from "../../../curation/decide-status.ts";
import { planActs } from "../../../curation/plan-acts.ts";
import { counted, french } from "../../../french/typography.ts";
import { canonicalJson } from "../../../model/text/canonical.ts";
import { messageCookie } from "../../access/cookies.ts";
import { curatorOf } from "../../curation/act-on-aid.ts";
import { type Answer, actRoute, CannotDo } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { type FilteredQueue, queryOf, readQueue, reviewFilterOf } from "./queue-address.ts";

/** Creates an open plan that rejects all new aids that expired while they waited. Nothing is rejected until a person applies it. */
export const rejectExpired = actRoute("/relecture/echues/rejeter", { who: "bizdev", act: "review.reject-expired" }, async (visit, form) => {
  const requested: FilteredQueue = { ...readQueue(queryOf(form)), queue: "expired" };
  const curator = curatorOf(visit, "échue pendant qu’elle attendait sa relecture");
  const planned = { connector: requested.filter.connecteur ?? null, asked: { act: "reject", expired: true, ...requested.filter } };
  const same = await samePlan(visit, curator.by, planned);
  if (same !== null) return showExistingPlan(visit, same.planId);
  const { plan } = await planActs(visit.catalogue, curator, planned, expiredAids(visit, requested), (aid) => decideReject(aid, curator));
  if (plan === null) throw new CannotDo("Aucune aide à relire n’est échue.");
  // If the form is sent twice, both requests can create a plan: close the second one.
  const other = await visit.catalogue.plans.closeIfSame(plan.planId, new Date(visit.now.getTime() - sameForMs), curator);
  if (other !== null) return showExistingPlan(visit, other);
  return {
    message: french`Le rejet de ${counted(plan.changes, "aide échue", "aides échues")} est préparé : rien n'est fait avant que vous n'appliquiez ce plan.`,
    to: `/plans/${plan.planId}`,
    subject: null,
    details: { plan: plan.planId, aids: plan.changes },
  };
});

function showExistingPlan({ console: services }: Visit, planId: string): Answer {
  const message = french`Vous venez de préparer ce rejet : voici son plan. Rien d'autre n'a été fait.`;
  return { to: `/plans/${planId}`, cookies: [messageCookie(services, message)] };
}

/** A repeated request within this time shows the existing plan. */
const sameForMs = 10 * 60_000;

/** Returns the open plan that the same person just created for the same request, or null. */
async function samePlan(
  { catalogue, now }: Visit,
  by: string,
  planned: { readonly connector: string | null; readonly asked: Readonly<Record<string, unknown>> },
): Promise<PlanRecord | null> {
  const requested = canonicalJson(planned.asked);
  const open = await catalogue.plans.list({ origin: "curator", isOpen: true });
  const isSame = (plan: PlanRecord) =>
    plan.state === "open" &&
    plan.madeBy === by &&
    plan.createdAt.getTime() >= now.getTime() - sameForMs &&
    canonicalJson(plan.asked) === requested;
  return open.find(isSame) ?? null;
}

/** Reads the expired new aids. The queue also contains published aids with a proposal, which are not rejected. */
async function* expiredAids({ catalogue, now }: Visit, requested: FilteredQueue): AsyncGenerator<CuratedAid[]> {
  for await (const aidIds of catalogue.reviewQueue.ids(reviewFilterOf(requested, now))) {
    for await (const page of catalogue.aids.curated({ aidIds })) yield page.filter(({ status }) => status === "reviewable");
  }
}
