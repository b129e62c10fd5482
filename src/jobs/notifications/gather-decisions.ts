import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { answeredDecision, heldDecision, promisedDecision, requestedDecision } from "../../french/notifications/decisions.ts";
import { cardKey, mainGuard } from "../../model/run/card-key.ts";
import type { NotificationKind } from "../../model/run/notification.ts";
import type { WaitingDecision } from "../../model/run/waiting-decision.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { namesOf, plansHeldNow, type Scheduled } from "../morning/gather-trouble.ts";
import { Postponed } from "../morning/postponed.ts";
import { promisedCorrections } from "../morning/promised-corrections.ts";
import { lastWorkingMorning } from "../schedule/last-working-morning.ts";

/** Repositories that `gatherDecisions` reads. */
export type DecisionCatalogue = Pick<Catalogue, "digests" | "letterAnswers" | "links" | "runs" | "setAsides">;

/** Answers are notified for this long. It spans the longest time between two daily mails. */
const answersKeptMs = 7 * 86_400_000;

/** Returns the decisions of these kinds that wait now, as on the first page: without those that somebody has postponed. */
export async function gatherDecisions(
  catalogue: DecisionCatalogue,
  scheduled: Scheduled,
  kinds: ReadonlySet<NotificationKind>,
  now: Date,
): Promise<WaitingDecision[]> {
  const { digests, letterAnswers } = catalogue;
  const named = namesOf(scheduled);
  const found: WaitingDecision[] = [];
  if (kinds.has("held") || kinds.has("draft")) {
    for (const plan of await plansHeldNow(catalogue, named, { since: lastWorkingMorning(now), until: now })) {
      found.push(heldDecision(plan, mainGuard(plan.guards)?.code === "first-run-of-draft" ? "draft" : "held"));
    }
  }
  if (kinds.has("draft")) {
    found.push(...(await digests.requestedPlans()).map(({ connector, ...plan }) => requestedDecision({ ...named(connector), ...plan })));
  }
  if (kinds.has("answered")) {
    const answered = await letterAnswers.answeredSince(new Date(now.getTime() - answersKeptMs));
    found.push(...answered.map((letter) => answeredDecision(letter, named(letter.connector).publisher)));
  }
  if (kinds.has("promised")) found.push(...(await promisedDecisions(catalogue, scheduled, now)));
  return new Postponed(await catalogue.setAsides.list(), now).without(
    found.filter(({ kind }) => kinds.has(kind)),
    ({ key }) => key,
  );
}

async function promisedDecisions(catalogue: DecisionCatalogue, scheduled: Scheduled, now: Date): Promise<WaitingDecision[]> {
  if ((await catalogue.letterAnswers.promisedBy(parisDay(now))).length === 0) return [];
  const promised = await promisedCorrections(catalogue, scheduled, await catalogue.links.deadLinks(), now);
  return promised.map((one) => promisedDecision(one, cardKey.promised(one)));
}
