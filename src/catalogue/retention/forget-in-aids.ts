import { sql } from "drizzle-orm";
import { type AidContent, type AidField, aidFields } from "../../model/aid/aid.ts";
import { canonicalValue } from "../../model/aid/canonical-value.ts";
import { filledContentJson, wholeContent } from "../../model/aid/filled-content.ts";
import { layersOf, shownContent } from "../../model/aid/shown-value.ts";
import type { FieldChange, StoredAid } from "../../model/plan/plan.ts";
import { canonicalJson, fingerprintOf } from "../../model/text/canonical.ts";
import { storableJson } from "../../model/text/storable.ts";
import { aidState } from "../aids/stored-aid.ts";
import type { Store } from "../store.ts";
import { aidsTable, type FoundRow, writeRow } from "./find-people.ts";

/** The author, time and note of the revision, and the replacement of people. */
export interface Forgetter {
  readonly by: string;
  readonly now: Date;
  readonly note: string;
  /** Text that replaces a person. */
  readonly erased: string;
}

type Layers = { imported: Partial<AidContent> } & Pick<StoredAid, "kept" | "edits" | "proposals">;

/**
 * Writes an aid without the people. Its fingerprint is recomputed, so the next run sees no change. Its record hash is cleared, so the next
 * run reads the record again. If a displayed value changed, the aid gets a new revision, which the change feed reports, and waiting plans
 * are moved to that revision, so that they can still be applied.
 */
export async function forgetInAid(transaction: Store, row: FoundRow, forgetter: Forgetter): Promise<void> {
  const before = row.before as unknown as Layers;
  const layers = { ...before, ...row.changed } as Layers;
  const imported = canonicalFilled(layers.imported);
  await writeRow(transaction, aidsTable, { ...row, changed: { ...row.changed, imported } });
  const aidId = sql`${String(row.key.aid_id)}::uuid`;
  // An aid whose change is partly applied has no fingerprint and must not get one.
  await transaction.rows(sql`
    update aids set record_hash = null, fingerprint = case fingerprint when '' then '' else ${contentFingerprint(imported)} end where aid_id = ${aidId}`);
  const fields = shownFields(before, { ...layers, imported }, forgetter.erased);
  if (Object.keys(fields).length === 0) return;
  const at = sql`${forgetter.now.toISOString()}::timestamptz`;
  await transaction.rows(sql`
    insert into aid_history (aid_id, revision, at, kind, fields, before, by, note)
    select aid_id, revision + 1, ${at}, 'edit', ${storableJson(fields)}::jsonb, ${aidState}, ${forgetter.by}, ${forgetter.note} from aids where aid_id = ${aidId}`);
  await transaction.rows(sql`
    update changes set base_revision = changes.base_revision + 1 from plans, aids
    where changes.aid_id = ${aidId} and changes.part is null and plans.id = changes.plan_id and plans.state in ('open', 'part-applied')
      and aids.aid_id = changes.aid_id and changes.base_revision = aids.revision`);
  await transaction.rows(sql`update aids set revision = revision + 1, updated_at = ${at} where aid_id = ${aidId}`);
}

/** Recomputes the fingerprint of a prepared aid of a waiting plan or a run, and clears its record hash. */
export async function refreshPrepared(
  transaction: Store,
  table: "planned_aids" | "staged_aids",
  { key, changed }: FoundRow,
): Promise<void> {
  if (changed.content === undefined) return;
  const content = canonicalFilled(changed.content as Partial<AidContent>);
  await transaction.rows(sql`
    update ${sql.identifier(table)} set content = ${storableJson(content)}::jsonb, fingerprint = ${contentFingerprint(content)}, record_hash = ''
    where run_id = ${String(key.run_id)}::uuid and external_id = ${String(key.external_id)}`);
}

function contentFingerprint(filled: Partial<AidContent>): string {
  return fingerprintOf(filledContentJson(wholeContent(filled)));
}

/** Returns the filled fields with lists in canonical order, equal to those that a run would read from the cleaned record. */
function canonicalFilled(content: Partial<AidContent>): Partial<AidContent> {
  const filled = Object.entries(content).filter(([, value]) => value !== null);
  return Object.fromEntries(filled.map(([field, value]) => [field, canonicalValue(field as AidField, value)]));
}

/** Returns the fields whose displayed value changed. Their former values are not stored. */
function shownFields(before: Layers, after: Layers, erased: string): Partial<Record<AidField, FieldChange>> {
  const [was, is] = [shownContent(before), shownContent(after)];
  const fields: Partial<Record<AidField, FieldChange>> = {};
  for (const field of aidFields) {
    if (canonicalJson(was[field]) === canonicalJson(is[field])) continue;
    const current = is[field] === null ? erased : null;
    const layers = layersOf(after, field);
    const withLayers = Object.keys(layers).length === 0 ? {} : { before: layers, after: layers };
    fields[field] = { last: after.imported[field] ?? null, current, incoming: is[field], action: "apply", ...withLayers };
  }
  return fields;
}
