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

/** An act of a person on one aid. */
export interface AidAct {
  /** Name of the command, as the plan stores it. */
  readonly kind: string;
  /** Further parameters, stored with the plan. */
  readonly asked?: Readonly<Record<string, unknown>>;
  /** The reason, stored with the change. */
  readonly note?: string;
  readonly decide: (aid: CuratedAid, curator: Curator) => Verdict;
}

/** The result of an act. Its sentences have no capital and no full stop. */
export type ActResult =
  | { readonly planId: string; readonly cautions: readonly string[] }
  | { readonly refused: string; readonly code: ObjectionCode }
  /** Somebody else changed the aid first. */
  | { readonly moved: true };

/** Applies an act to one aid, through a plan of the visitor that is applied at once. */
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

/** Returns the name of an aid in plans and the audit trail: `connecteur/identifiant`. */
export function nameOf({ connector, externalId }: Pick<CuratedAid, "connector" | "externalId">): string {
  return `${connector}/${externalId}`;
}

/** Returns the aid with this permanent id, its edits and proposals included. Throws `NotFound`. */
export async function findAid({ catalogue }: Visit, aidId: string): Promise<CuratedAid> {
  const { value: page } = await catalogue.aids.curated({ aidId }).next();
  const aid = page?.[0];
  if (aid === undefined)
    throw new NotFound(french`Le catalogue n’a pas cette aide. « Où est mon aide ? » peut dire ce qu’elle est devenue.`);
  return aid;
}
