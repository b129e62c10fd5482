import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { LaterRevision, PriorState } from "../catalogue/aids/history-repository.ts";
import type { AidField } from "../model/aid/aid.ts";
import type { AidState } from "../model/plan/plan.ts";
import { canonicalJson } from "../model/text/canonical.ts";

/** A field, or a part of an aid's state. */
export type Touchable = AidField | keyof AidState;

/**
 * Returns the fields and parts of the state that later revisions changed. Ignores changes that an undo reverted. Also ignores record hash
 * and memo, because they change without a revision.
 */
export function touchedSince(later: readonly LaterRevision[], aid: CuratedAid): ReadonlySet<Touchable> {
  const changed = later.map((revision, at) => ({ ...revision, names: namesOf(revision, later[at + 1]?.before ?? aid) }));
  const touched = new Set<Touchable>();
  for (const { undoes, undoneBy, names } of changed) {
    if (undoes) continue;
    const takenBack = changed.filter(({ planId }) => undoneBy !== null && planId === undoneBy);
    for (const name of names) if (!takenBack.some((undo) => undo.names.has(name))) touched.add(name);
  }
  return touched;
}

function namesOf({ fields, before }: LaterRevision, after: PriorState): ReadonlySet<Touchable> {
  const names = new Set<Touchable>(fields);
  if (before === null) return names;
  for (const part of Object.keys(before) as (keyof PriorState)[]) {
    if (part !== "recordHash" && canonicalJson(before[part]) !== canonicalJson(after[part])) names.add(part);
  }
  return names;
}
