import type { CuratedAid } from "../../src/catalogue/aids/aid-repository.ts";
import { type AidContent, type AidField, aidFields } from "../../src/model/aid/aid.ts";
import { sameValue } from "../../src/model/aid/same-value.ts";
import { layersOf, shownContent, shownValue } from "../../src/model/aid/shown-value.ts";
import type { PlanCounts } from "../../src/model/plan/plan.ts";
import type { DayRecord } from "./any-act.ts";
import type { Step, World } from "./history-commands.ts";
import { answered } from "./verdict-on.ts";

/** The edits in force by permanent id and field, computed from the curators' acts alone. */
export class ExpectedEdits {
  readonly inForce = new Map<string, unknown>();
  /** The previous edit, if any, of each field that a plan changed. */
  readonly #changed = new Map<string, Map<string, { readonly value: unknown } | null>>();

  /** Records a step. */
  note({ act, acted, before, planId, undone }: Step): void {
    if (undone !== undefined && planId !== null) this.#takeBack(undone);
    if (planId === null || acted.length === 0) return;
    const aids = acted.flatMap((aidId) => before.get(aidId) ?? []);
    const changed = new Map<string, { readonly value: unknown } | null>();
    const set = ({ aidId }: CuratedAid, field: string, edit: { readonly value: unknown } | null) => {
      const key = `${aidId} ${field}`;
      changed.set(key, this.inForce.has(key) ? { value: this.inForce.get(key) } : null);
      this.#put(key, edit);
    };
    for (const aid of aids) {
      if (act.act === "edit" || act.act === "edit-all") set(aid, act.edit.field, { value: act.edit.value });
      if (act.act === "take-back") for (const key of this.inForce.keys()) if (key.startsWith(aid.aidId)) set(aid, key.slice(37), null);
      if (act.act === "accept") for (const field of answered(aid, act.onlyFirst)) set(aid, field, null);
    }
    this.#changed.set(planId, changed);
  }

  #put(key: string, edit: { readonly value: unknown } | null): void {
    if (edit === null) this.inForce.delete(key);
    else this.inForce.set(key, edit.value);
  }

  #takeBack({ planId, spared }: NonNullable<Step["undone"]>): void {
    for (const [key, edit] of this.#changed.get(planId) ?? []) {
      const fields = spared.get(key.slice(0, 36));
      if (fields === undefined || !(fields.length === 0 || fields.includes(key.slice(37)))) this.#put(key, edit);
    }
  }
}

const rhythms = { Permanente: "ongoing", Ponctuelle: "oneoff", "": null } as const;

/** Returns the publisher's value of each field after an import: the record's value, or the previous one if the record has none. */
export function importedAfter(record: DayRecord, held: AidContent | undefined): Partial<AidContent> {
  const recurrence = rhythms[record.rythme] ?? held?.recurrence ?? null;
  const datesGo = rhythms[record.rythme] === "ongoing" && record.debut === null && record.fin === null;
  return {
    name: record.titre,
    nameInitial: record.titre,
    description: record.texte || (held?.description ?? null),
    originUrl: record.lien,
    recurrence,
    startDate: datesGo ? null : (record.debut ?? held?.startDate ?? null),
    submissionDeadline: datesGo ? null : (record.fin ?? held?.submissionDeadline ?? null),
    keywords: [...record.motsCles].sort(),
  };
}

/** Returns what a run's plan did, counted from the catalogues before and after it. */
export function expectedCounts({ before, after }: Step, records: readonly DayRecord[], runId: string): PlanCounts {
  const counts = { created: 0, updated: 0, restored: 0, unchanged: 0, ignored: 0, missing: 0, withdrawn: 0, proposals: 0 };
  const received = new Set(records.map(({ id }) => id));
  for (const aid of after.values()) {
    const held = before.get(aid.aidId);
    const isOff = aid.status === "deleted" || aid.status === "merged";
    counts.proposals += Object.values(aid.proposals).filter((proposal) => proposal.runId === runId).length;
    if (held !== undefined && held.withdrawnAt === null && !isOff && !received.has(aid.externalId)) counts.missing++;
    if (held === undefined) counts.created++;
    else if (held.withdrawnAt === null && aid.withdrawnAt !== null) counts.withdrawn++;
    else if (held.withdrawnAt !== null && aid.withdrawnAt === null) counts.restored++;
    else if (received.has(aid.externalId)) counts[isOff ? "ignored" : hasSameShownValues(held, aid) ? "unchanged" : "updated"]++;
  }
  return counts;
}

function hasSameShownValues(held: CuratedAid, aid: CuratedAid): boolean {
  return (
    held.externalId === aid.externalId && aidFields.every((field) => sameValue(field, shownValue(held, field), shownValue(aid, field)))
  );
}

/** Returns everything about each aid except its number of revisions and the runs of its proposals. */
export function known(world: World): Record<string, unknown> {
  return Object.fromEntries([...world].map(([aidId, aid]) => [aidId, knownOf(aid)]));
}

function knownOf({ revision: _, proposals, ...aid }: CuratedAid): unknown {
  return { ...aid, proposals: Object.keys(proposals).sort() };
}

/** Parts of an aid's state that change together. */
const stateParts = [["externalId"], ["status", "mergedInto"], ["withdrawnAt", "withdrawnBy"]] as const;

/** Splits an aid into the units of undo: each field with its layers, each part of its state. */
function cut(aid: CuratedAid): Map<string, unknown> {
  const fields = aidFields.map((field): [string, unknown] => [field, { imported: aid.imported[field], ...layersOf(aid, field) }]);
  const states = stateParts.map((parts): [string, unknown] => [parts[0], parts.map((part) => aid[part])]);
  return new Map([...fields, ...states]);
}

/**
 * Returns the expected catalogue after the undo of a plan: what nothing has touched since is as before the plan, the rest stays. `before`,
 * `after`: around the plan; `later`: the steps since. An aid created by the plan is removed unless something was done to it.
 */
export function expectedUndo(before: World, after: World, later: readonly Step[]): Map<string, Map<string, unknown>> {
  const now = later.at(-1)?.after ?? after;
  const expected = new Map<string, Map<string, unknown>>();
  for (const [aidId, aid] of now) {
    const pieces = cut(aid);
    const held = before.get(aidId);
    const wasBefore = held && cut(held);
    // An id that another aid has taken is not restored.
    const isIdTaken = [...now.values()].some((other) => other.aidId !== aidId && other.externalId === held?.externalId);
    for (const [piece, value] of wasBefore ?? []) {
      if (!isTouched(aidId, piece, later) && !(piece === "externalId" && isIdTaken)) pieces.set(piece, value);
    }
    const isUntouchedCreation = held === undefined && after.has(aidId) && !later.some((step) => isWritten(step, aidId));
    if (!isUntouchedCreation) expected.set(aidId, pieces);
  }
  return expected;
}

/** Splits the current catalogue in the same way. */
export function cutWorld(world: World): Map<string, Map<string, unknown>> {
  return new Map([...world].map(([aidId, aid]) => [aidId, cut(aid)]));
}

function isTouched(aidId: string, piece: string, later: readonly Step[]): boolean {
  return later.some(({ before, after }) => {
    const [was, is] = [before.get(aidId), after.get(aidId)];
    return was !== undefined && is !== undefined && JSON.stringify(cut(was).get(piece)) !== JSON.stringify(cut(is).get(piece));
  });
}

/** A merge into the aid counts too, because it would lead nowhere. */
function isWritten({ before, after }: Step, aidId: string): boolean {
  return before.get(aidId)?.revision !== after.get(aidId)?.revision || [...after.values()].some(({ mergedInto }) => mergedInto === aidId);
}

/** Returns the edited fields and their shown values. */
export function editsIn(world: World): Map<string, unknown> {
  const edits = new Map<string, unknown>();
  for (const [aidId, aid] of world) {
    const shown = shownContent(aid);
    for (const field of Object.keys(aid.edits)) edits.set(`${aidId} ${field}`, shown[field as AidField]);
  }
  return edits;
}
