import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { decideEdit } from "../../../curation/decide-edit.ts";
import { decideConfirm } from "../../../curation/decide-status.ts";
import type { Curator } from "../../../curation/person-plan.ts";
import type { Verdict } from "../../../curation/persons-change.ts";
import { type PlannedActs, planActs } from "../../../curation/plan-acts.ts";
import type { PerField } from "../../../model/plan/plan.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { Visit } from "../../visit.ts";
import type { ActingPublisher } from "./acting-publisher.ts";

/** What a publisher asks for. `title`: without people. */
type Asked =
  | { readonly act: "confirm"; readonly aids: number }
  | { readonly act: "edit"; readonly fields: string; readonly title: string }
  | { readonly act: "close"; readonly day: string; readonly title: string };

/** A confirmation holds for half a year, after which an open-ended aid is listed as stale again. */
const confirmedDays = 183;
/** Maximum number of aids in one act. */
export const maxAidsAtOnce = 5000;

/** Returns the day until which a confirmation of today holds. */
export function confirmedUntil({ now }: Pick<Visit, "now">): string {
  return parisDay(new Date(now.getTime() + confirmedDays * 86_400_000));
}

/** Confirms that aids are current, except those that were confirmed today already. A worker applies it. */
export function confirmAids(visit: Visit, acting: ActingPublisher, aids: readonly CuratedAid[]): Promise<PlannedActs> {
  const until = confirmedUntil(visit);
  const due = aids.filter(({ watch }) => watch?.state !== "confirmed" || watch.until < until);
  const asked: Asked = { act: "confirm", aids: due.length };
  return plan(visit, acting, due, { asked, isDirect: true, decide: (aid, curator) => decideConfirm(aid, curator, until) });
}

/**
 * Corrects fields of an aid. It waits for a curator, unless the policy of the publisher is `direct` and the person has an account: then a
 * worker applies it.
 */
export async function correctAid(
  visit: Visit,
  acting: ActingPublisher,
  aid: CuratedAid,
  { values, title }: { readonly values: PerField<unknown>; readonly title: string },
): Promise<PlannedActs> {
  const isDirect = "account" in acting.from && (await visit.catalogue.publisherAccounts.corrections(acting.publisherId)) === "direct";
  const asked: Asked = { act: "edit", fields: Object.keys(values).join(", "), title };
  return plan(visit, acting, [aid], { asked, isDirect, decide: (each, curator) => decideEdit(each, { values, withdrawn: [] }, curator) });
}

/** Announces the day on which an aid closes. It always waits for a curator, because it takes the aid off the site. */
export function announceClosing(
  visit: Visit,
  acting: ActingPublisher,
  aid: CuratedAid,
  { day, title, note }: { readonly day: string; readonly title: string; readonly note: string },
): Promise<PlannedActs> {
  // An open-ended aid that closes is no longer open-ended.
  const wasOngoing = (aid.edits.recurrence?.value ?? aid.imported.recurrence) === "ongoing";
  const values = { submissionDeadline: day, ...(wasOngoing && { recurrence: "oneoff" }) };
  const decide = (each: CuratedAid, curator: Curator) => decideEdit(each, { values, withdrawn: [] }, curator);
  return plan(visit, acting, [aid], { asked: { act: "close", day, title }, isDirect: false, decide, note });
}

/**
 * Stores an act as an open plan of the publisher, like every act of a person on aids. `isDirect`: also asks a worker to apply it, because the
 * public process may not change aids (`jobs/tasks/apply-publisher-acts.ts`).
 */
async function plan(
  visit: Visit,
  { publisherId, by, from, connectors }: ActingPublisher,
  aids: readonly CuratedAid[],
  act: {
    readonly asked: Asked;
    readonly isDirect: boolean;
    readonly note?: string;
    readonly decide: (aid: CuratedAid, curator: Curator) => Verdict;
  },
): Promise<PlannedActs> {
  const { catalogue, now } = visit;
  const curator: Curator = { by, now, ...(act.note !== undefined && act.note !== "" && { note: act.note }) };
  const own = aids.filter(({ connector }) => connectors.includes(connector));
  const [first] = own;
  const connector = first !== undefined && own.every((aid) => aid.connector === first.connector) ? first.connector : null;
  const asked = { ...act.asked, publisher: publisherId, ...from };
  const acts = await planActs(catalogue, curator, { origin: "publisher", connector, asked }, [own], (aid) => act.decide(aid, curator));
  if (acts.plan !== null && act.isDirect) await catalogue.plans.requestApply(acts.plan.planId, { by, at: now.toISOString(), note: null });
  return acts;
}
