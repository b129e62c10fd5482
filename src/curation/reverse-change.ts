import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { LaterRevision, PriorState, Revertible } from "../catalogue/aids/history-repository.ts";
import type { AidField } from "../model/aid/aid.ts";
import { layersOf, ownContent } from "../model/aid/shown-value.ts";
import type { AidState, Change, ChangeKind, FieldChange, FieldLayers, PerField } from "../model/plan/plan.ts";
import type { Remark } from "../model/plan/remark.ts";
import { canonicalJson } from "../model/text/canonical.ts";
import type { Curator } from "./person-plan.ts";
import { personsChange, personsFieldChange } from "./persons-change.ts";

/** The change that reverts another one, and a remark about the parts that are spared. Both are missing if there is nothing to revert. */
interface Reversal {
  readonly change?: Change;
  readonly spared?: Remark;
}

/**
 * Reverts a plan's change to an aid. Spares fields and parts of the state that were changed since. A created aid is removed unless it was
 * changed since.
 */
export function reverseChange(done: Revertible, curator: Curator): Reversal {
  const { aid, kind, before } = done;
  if (aid === null) return {};
  const touched = touchedSince(done.later, aid);
  if (kind === "create") {
    const isTouched = touched.size > 0 || done.isMergedInto;
    return isTouched ? { spared: sparedOf(aid, []) } : { change: personsChange(aid, "remove", curator, {}) };
  }
  if (before === null) return { spared: sparedOf(aid, []) };
  const after = done.later[0]?.before ?? aid;
  const ofState = reverseState(aid, { before, after, touched, isIdTaken: done.isIdTaken });
  const reverseKind = reverseKindOf(kind, ofState.state, after);
  const ofFields = reverseFields(done, aid, reverseKind, touched);
  const spared = [...ofState.spared, ...ofFields.spared];
  const remark = spared.length === 0 ? {} : { spared: sparedOf(aid, spared) };
  const fieldsChange = Object.keys(ofFields.fields).length > 0;
  if (!fieldsChange && Object.keys(ofState.state).length === 0) return remark;
  const isOfAnotherRecord = imports(kind) && (fieldsChange || !isOfSameRecord(before, after));
  const isAsLeft = spared.length === 0 && !touched.has("fingerprint") && aid.fingerprint === after.fingerprint;
  const { externalId = aid.externalId, ...state } = {
    ...ofState.state,
    ...(reverseKind === "restore" && !("withdrawnAt" in ofState.state) && staysWithdrawn(aid)),
    ...(isOfAnotherRecord && (isAsLeft ? recordOf(before) : noRecord)),
  };
  const what = { fields: ofFields.fields, ...(Object.keys(state).length > 0 && { state }) };
  const change = { ...personsChange(aid, reverseKind, curator, what), externalId };
  // The plan's page shows the replaced identifier next to the restored one.
  const isOldId = externalId !== aid.externalId;
  return { change: isOldId ? { ...change, match: { with: aid.externalId, certainty: 1, reasons: [] } } : change, ...remark };
}

/** Returns the kind of the reverse change: by its effect on the aid's state, otherwise by the reverted fields. */
function reverseKindOf(kind: ChangeKind, { externalId, status, withdrawnAt, watch }: Partial<AidState>, after: PriorState): ChangeKind {
  if (externalId !== undefined) return "re-identify";
  // A change of a run may also publish the aid. Its reverse must import the former values.
  const isPublishedByRun = imports(kind) && after.status === "published";
  if (status !== undefined && status !== after.status && !isPublishedByRun) return statusKind(after.status, status);
  if (withdrawnAt !== undefined) return withdrawnAt === null ? "restore" : "withdraw";
  if (watch) return watch.state === "suspended" ? "suspend" : "confirm";
  return imports(kind) && watch === undefined ? "update" : "edit";
}

function statusKind(from: AidState["status"], to: AidState["status"]): ChangeKind {
  if (to === "deleted") return "reject";
  if (to === "merged") return "merge";
  if (from === "deleted") return "restore";
  if (from === "merged") return "split";
  return to === "published" ? "publish" : "unpublish";
}

/** A `restore` change clears the withdrawal. This keeps it. */
function staysWithdrawn({ withdrawnAt, withdrawnBy }: CuratedAid): Partial<AidState> {
  return { withdrawnAt, withdrawnBy };
}

function isOfSameRecord(a: PriorState, b: PriorState): boolean {
  return a.fingerprint === b.fingerprint && a.recordHash === b.recordHash;
}

/** Returns the record data of the aid before the change. */
function recordOf({ fingerprint, recordHash, memo }: AidState): Partial<AidState> {
  return { fingerprint, recordHash, memo };
}

/**
 * If a part of the change is spared, the aid equals neither record. It then matches no record hash, so the next run reads its record again.
 */
const noRecord: Partial<AidState> = { fingerprint: "", recordHash: null };

function sparedOf({ aidId, externalId }: CuratedAid, fields: readonly Touchable[]): Remark {
  return { code: "spared", aidId, externalId, params: { fields } };
}

/** Parts of the state that a plan can change. The other parts come from the record. */
type StatePart = Exclude<keyof AidState, "fingerprint" | "recordHash" | "memo" | "connector">;

/** The reverted parts of the state, and the first part of each spared group. */
interface ReverseState {
  readonly state: Partial<AidState>;
  readonly spared: readonly StatePart[];
}

/** Groups of parts that are reverted together. */
const together: readonly (readonly [StatePart, ...StatePart[]])[] = [
  ["externalId"],
  ["status", "mergedInto"],
  ["withdrawnAt", "withdrawnBy"],
  ["watch"],
  ["siteUrl"],
  ["fieldSources"],
];

/**
 * Returns the parts of an aid's state that a plan changed, as they were before it, and spares those changed since. `after`: the state after
 * the plan. `isIdTaken`: another aid now has the former external id, so it is not restored.
 */
function reverseState(
  aid: CuratedAid,
  { before, after, touched, isIdTaken }: { before: AidState; after: PriorState; touched: ReadonlySet<Touchable>; isIdTaken: boolean },
): ReverseState {
  const { state, spared } = reverseMove(aid, before, touched, isIdTaken);
  for (const parts of together) {
    if (parts[0] === "externalId" && before.connector !== undefined) continue;
    if (parts.every((part) => isSame(before[part], after[part]))) continue;
    const isTouched = parts.some((part) => touched.has(part) || !isSame(aid[part], after[part]));
    if (isTouched || (parts[0] === "externalId" && isIdTaken)) spared.push(parts[0]);
    else for (const part of parts) Object.assign(state, { [part]: before[part] });
  }
  return { state, spared };
}

/** Returns a moved aid to its former connector and identifier, unless it was moved or got another identifier since. */
function reverseMove(
  aid: CuratedAid,
  { connector, externalId }: AidState,
  touched: ReadonlySet<Touchable>,
  isIdTaken: boolean,
): { readonly state: Partial<AidState>; readonly spared: StatePart[] } {
  if (connector === undefined || connector === aid.connector) return { state: {}, spared: [] };
  const isKept = isIdTaken || touched.has("connector") || touched.has("externalId");
  return isKept ? { state: {}, spared: ["externalId"] } : { state: { connector, externalId }, spared: [] };
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** Returns true if this kind of change writes the imported value. Other kinds change only the layers above it (kept, edit). */
export function imports(kind: ChangeKind): boolean {
  return kind === "update" || kind === "restore" || kind === "re-identify" || kind === "withdraw";
}

/**
 * Builds the field changes of kind `reverseKind` that undo `done`. Fields that were changed since are not undone but listed in `spared`.
 */
function reverseFields(
  done: Revertible,
  aid: CuratedAid,
  reverseKind: ChangeKind,
  touched: ReadonlySet<Touchable>,
): { readonly fields: PerField<FieldChange>; readonly spared: readonly AidField[] } {
  const fields: Partial<Record<AidField, FieldChange>> = {};
  const spared: AidField[] = [];
  for (const [name, change] of Object.entries(done.fields)) {
    const field = name as AidField;
    if (touched.has(field) || !isAsLeft(done.kind, aid, field, change)) spared.push(field);
    else fields[field] = reverseField(done.kind, aid, field, change, reverseKind);
  }
  return { fields, spared };
}

/** Returns true if the field and its layers are as the change left them. */
function isAsLeft(kind: ChangeKind, aid: CuratedAid, field: AidField, { incoming, after = {} }: FieldChange): boolean {
  if (imports(kind) && canonicalJson(ownContent(aid)[field]) !== canonicalJson(incoming)) return false;
  return canonicalJson(layersOf(aid, field)) === canonicalJson(after);
}

function reverseField(
  kind: ChangeKind,
  aid: CuratedAid,
  field: AidField,
  { last, before = {} }: FieldChange,
  reverseKind: ChangeKind,
): FieldChange {
  const imported = imports(kind) ? last : aid.imported[field];
  const incoming = imports(reverseKind) ? imported : shownUnder(before, imported);
  const change = personsFieldChange(aid, field, { incoming, action: "apply", after: before });
  return imports(reverseKind) ? { ...change, last: ownContent(aid)[field] } : change;
}

/** Returns the shown value: the edit, otherwise the kept value, otherwise the imported one. */
function shownUnder(layers: FieldLayers, imported: unknown): unknown {
  if (layers.edit !== undefined) return layers.edit.value;
  return "kept" in layers ? layers.kept : imported;
}

/** Returns the value that the catalogue shows once the change is applied. */
export function shownAfter(kind: ChangeKind, { last, incoming, after = {} }: FieldChange): unknown {
  return shownUnder(after, imports(kind) ? incoming : last);
}

/** A field, or a part of an aid's state. */
type Touchable = AidField | keyof AidState;

/**
 * Returns the fields and parts of the state that later revisions changed. Ignores changes that an undo reverted. Also ignores record hash
 * and memo, because they change without a revision.
 */
function touchedSince(later: readonly LaterRevision[], aid: CuratedAid): ReadonlySet<Touchable> {
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
