import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { Curator } from "../../curation/person-plan.ts";
import type { Verdict } from "../../curation/persons-change.ts";
import { applyActs, planActs } from "../../curation/plan-acts.ts";
import { objectionMessage } from "../../french/objections.ts";
import { french } from "../../french/typography.ts";
import type { ObjectionCode } from "../../model/plan/objection.ts";
import { RunFailed } from "../../model/run/run-error.ts";
import { NotFound } from "../route.ts";
import { type Visit, visitorOf } from "../visit.ts";

/** What a person does to one aid. */
export interface AidAct {
  /** As the plan keeps it: the command's name. */
  readonly kind: string;
  /** What was asked for beside. */
  readonly asked?: Readonly<Record<string, unknown>>;
  /** Why; kept with the change. */
  readonly note?: string;
  readonly decide: (aid: CuratedAid, curator: Curator) => Verdict;
}

/** What became of it. Sentences are without capital or full stop. */
export type ActResult =
  | { readonly planId: string; readonly cautions: readonly string[] }
  | { readonly refused: string; readonly code: ObjectionCode }
  /** Somebody else was first. */
  | { readonly moved: true };

/** Does something to one aid at once, through a plan of the visitor's. */
export async function actOnAid(visit: Visit, aid: CuratedAid, act: AidAct): Promise<ActResult> {
  const curator: Curator = {
    by: visitorOf(visit).name,
    now: visit.now,
    ...(act.note !== undefined && act.note !== "" && { note: act.note }),
  };
  const asked = { act: act.kind, aid: nameOf(aid), ...act.asked };
  const acts = await planActs(visit.catalogue, curator, { connector: aid.connector, asked }, [[aid]], (each) => act.decide(each, curator));
  const [refused] = acts.refused;
  if (refused !== undefined) return { refused: objectionMessage(refused), code: refused.code };
  if (acts.plan === null) throw new Error("an act on an aid is either planned or refused");
  try {
    await applyActs(visit.catalogue, acts.plan.planId, curator, true);
  } catch (error) {
    if (error instanceof RunFailed && error.code === "world-moved") return { moved: true };
    throw error;
  }
  return { planId: acts.plan.planId, cautions: acts.cautions.map(objectionMessage) };
}

/** `connecteur/identifiant`: as plans and the audit trail name an aid. */
export function nameOf({ connector, externalId }: Pick<CuratedAid, "connector" | "externalId">): string {
  return `${connector}/${externalId}`;
}

/** The aid of a permanent id, with all its layers. @throws NotFound */
export async function findAid({ catalogue }: Visit, aidId: string): Promise<CuratedAid> {
  const { value: page } = await catalogue.aids.curated({ aidId }).next();
  const aid = page?.[0];
  if (aid === undefined)
    throw new NotFound(french`Le catalogue n’a pas cette aide. « Où est mon aide ? » peut dire ce qu’elle est devenue.`);
  return aid;
}
