import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import type { Curator } from "../../../curation/person-plan.ts";
import type { Verdict } from "../../../curation/persons-change.ts";
import { type PlannedActs, planActs } from "../../../curation/plan-acts.ts";
import { objectionMessage } from "../../../french/objections.ts";
import { sentence } from "../../../french/typography.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { CannotDo, type Done } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import type { ActingPublisher } from "./acting-publisher.ts";

/** A confirmation holds for half a year, after which an open-ended aid is listed as stale again. */
const confirmedDays = 183;

/** Returns the day until which a confirmation of today holds. */
export function confirmedUntil({ now }: Pick<Visit, "now">): string {
  return parisDay(new Date(now.getTime() + confirmedDays * 86_400_000));
}

/** An act on aids. `isDirect`: a worker applies it. Otherwise it waits for a curator. */
interface AidAct {
  /** What the publisher asks for. `title`: without people. */
  readonly asked:
    | { readonly act: "confirm"; readonly aids: number }
    | { readonly act: "edit"; readonly fields: string; readonly title: string }
    | { readonly act: "close"; readonly day: string; readonly title: string };
  readonly isDirect: boolean;
  readonly note?: string;
  decide(aid: CuratedAid, curator: Curator): Verdict;
}

/**
 * Stores an act as an open plan of the publisher, like every act of a person on aids. If it is direct, also asks a worker to apply it, because
 * the public process may not change aids (`jobs/tasks/apply-publisher-acts.ts`).
 */
export async function planAct(
  { catalogue, now }: Visit,
  { publisherId, by, from, connectors }: ActingPublisher,
  aids: readonly CuratedAid[],
  { asked: what, isDirect, note = "", decide }: AidAct,
): Promise<PlannedActs> {
  const curator: Curator = { by, now, ...(note !== "" && { note }) };
  const own = aids.filter(({ connector }) => connectors.includes(connector));
  const [first] = own;
  const connector = first !== undefined && own.every((aid) => aid.connector === first.connector) ? first.connector : null;
  const asked = { ...what, publisher: publisherId, ...from };
  const acts = await planActs(catalogue, curator, { origin: "publisher", connector, asked }, [own], (aid) => decide(aid, curator));
  if (acts.plan !== null && isDirect) await catalogue.plans.requestApply(acts.plan.planId, { by, at: now.toISOString(), note: null });
  return acts;
}

/** Returns the plan of an act. Without one, throws `CannotDo`: its sentence is the first objection, or else `nothing`. */
export function plannedOr(nothing: string, { plan, refused }: PlannedActs): NonNullable<PlannedActs["plan"]> {
  if (plan === null) throw new CannotDo(refused[0] === undefined ? nothing : sentence(objectionMessage(refused[0])), 409);
  return plan;
}

/** Writes an act of a publisher into its log, and returns its outcome. The details contain no text that it typed. `logged`: those of the log. */
export async function done(
  { catalogue, now }: Visit,
  { publisherId, by }: ActingPublisher,
  act: "confirm" | "edit" | "close" | "file" | "enter",
  outcome: Pick<Done, "message" | "to" | "details"> & { readonly subject?: string },
  logged = outcome.details,
): Promise<Done> {
  await catalogue.exchanges.add(publisherId, { at: now, kind: "publisher-act", by, details: { act, ...logged } });
  return { subject: `producteur ${publisherId}`, ...outcome };
}
