import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { PlanRecord } from "../../catalogue/plans/plan-reader.ts";
import type { Curator } from "../../curation/person-plan.ts";
import type { Verdict } from "../../curation/persons-change.ts";
import { type AidPages, applyActs, type PlannedActs, planActs } from "../../curation/plan-acts.ts";
import { undoRun } from "../../curation/undo-run.ts";
import { objectionMessage } from "../../french/objections.ts";
import { undoRefusalMessage } from "../../french/plans.ts";
import { french, sentence } from "../../french/typography.ts";
import type { ObjectionCode } from "../../model/plan/objection.ts";
import { RunFailed } from "../../model/run/run-error.ts";
import { CannotDo, NotFound } from "../route.ts";
import { actorOf, type Visit } from "../visit.ts";

/** An act of a person on one aid. */
export interface AidAct {
  /** Name of the command, as the plan stores it. */
  readonly kind: string;
  /** Further parameters, stored with the plan. */
  readonly asked?: Readonly<Record<string, unknown>>;
  /** The reason, stored with the change. */
  readonly note?: string | undefined;
  readonly decide: (aid: CuratedAid, curator: Curator) => Verdict;
}

/** The result of an act. Its sentences have no capital and no full stop. */
export type ActResult =
  | { readonly planId: string; readonly cautions: readonly string[] }
  | { readonly refused: string; readonly code: ObjectionCode }
  /** Somebody else changed the aid first. */
  | { readonly moved: true };

/** Returns the visitor as the author of changes. */
export function curatorOf(visit: Visit, note = ""): Curator {
  return { ...actorOf(visit), ...(note !== "" && { note }) };
}

/** Applies an act to one aid, through a plan of the visitor that is applied at once. */
export async function actOnAid(visit: Visit, aid: CuratedAid, { kind, asked, note, decide }: AidAct): Promise<ActResult> {
  try {
    const acts = await actOnAids(
      visit,
      { connector: aid.connector, asked: { act: kind, aid: nameOf(aid), ...asked }, note },
      [[aid]],
      decide,
    );
    const [refused] = acts.refused;
    if (refused !== undefined) return { refused: objectionMessage(refused), code: refused.code };
    if (acts.plan === null) throw new Error("an act on an aid is either planned or refused");
    return { planId: acts.plan.planId, cautions: acts.cautions.map(objectionMessage) };
  } catch (error) {
    if (error instanceof RunFailed && error.code === "world-moved") return { moved: true };
    throw error;
  }
}

type AskedActs = Parameters<typeof planActs>[2] & Pick<AidAct, "note">;

/** Acts on aids through one plan of the visitor that is applied at once. Throws `RunFailed` `world-moved` if an aid has changed meanwhile. */
export async function actOnAids(visit: Visit, asked: AskedActs, aids: AidPages, decide: AidAct["decide"]): Promise<PlannedActs> {
  const { note, ...input } = asked;
  const curator = curatorOf(visit, note);
  const acts = await planActs(visit.catalogue, curator, input, aids, (aid) => decide(aid, curator));
  if (acts.plan !== null) await applyActs(visit.catalogue, acts.plan.planId, curator, true);
  return acts;
}

/** Returns the connector of aids, or null if they are of several. */
export function connectorOfAll(aids: readonly Pick<CuratedAid, "connector">[]): string | null {
  const [connector = null, ...others] = new Set(aids.map((aid) => aid.connector));
  return others.length === 0 ? connector : null;
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

/**
 * Undoes a person's plan and applies the undo at once. Later changes stay. Returns the message and the plan. Throws `CannotDo` if nothing
 * can be undone.
 */
export async function undoAtOnce(visit: Visit, plan: PlanRecord): Promise<{ readonly message: string; readonly planId: string }> {
  const curator = actorOf(visit);
  const undo = await undoRun(visit.catalogue, curator, plan);
  if ("refused" in undo) throw new CannotDo(sentence(undoRefusalMessage(undo.refused)));
  if (undo.changes === 0) throw new CannotDo(french`Tout ce qui avait été fait a changé depuis : il n’y a plus rien à annuler.`);
  try {
    await applyActs(visit.catalogue, undo.planId, curator, true);
  } catch (error) {
    if (error instanceof RunFailed && error.code === "world-moved")
      throw new CannotDo(french`Ce que vous annulez a changé entre-temps : rien n’a été fait. Regardez à nouveau, et recommencez.`, 409);
    throw error;
  }
  const spared = undo.remarks === 0 ? "" : " Ce qui a changé depuis est resté tel quel.";
  return { message: `C’est annulé.${spared}`, planId: undo.planId };
}
