import { sql } from "drizzle-orm";
import { type AidContent, type AidField, aidFields } from "../../model/aid/aid.ts";
import { canonicalValue } from "../../model/aid/canonical-value.ts";
import { filledContentJson, wholeContent } from "../../model/aid/filled-content.ts";
import { layersOf, shownContent } from "../../model/aid/shown-value.ts";
import type { FieldChange, PerField, StoredAid } from "../../model/plan/plan.ts";
import type { BorrowedValue } from "../../model/plan/sharing.ts";
import { canonicalJson, fingerprintOf } from "../../model/text/canonical.ts";
import { storableJson } from "../../model/text/storable.ts";
import { aidState } from "../aids/stored-aid.ts";
import type { RevisionBatch } from "../plans/order-changes.ts";
import type { Store } from "../store.ts";
import { aidsTable, type FoundRow, writeRow } from "./find-people.ts";

/** The author, time and note of the revisions, and the replacement of people. */
export interface Forgetter {
  readonly by: string;
  readonly now: Date;
  readonly note: string;
  /** Text that replaces a person. */
  readonly erased: string;
}

type Layers = { own: Partial<AidContent>; borrowed: PerField<BorrowedValue> } & Pick<StoredAid, "kept" | "edits" | "proposals">;

/**
 * Writes an aid without the people. Its fingerprint is recomputed, so the next run sees no change. Its record hash is cleared, so the next
 * run reads the record again. If a displayed value changed, the aid gets a new revision, which the change feed reports, and waiting plans
 * are moved to that revision, so that they can still be applied.
 */
export async function forgetInAid(transaction: Store, batch: RevisionBatch, row: FoundRow, forgetter: Forgetter): Promise<void> {
  const before = row.before as unknown as Layers;
  const layers = { ...before, ...row.changed } as Layers;
  const own = canonicalFilled(layers.own);
  const aidId = sql`${String(row.key.aid_id)}::uuid`;
  const { own: _, memo = row.before.memo, ...changed } = row.changed;
  if (Object.keys(changed).length > 0) await writeRow(transaction, aidsTable, { ...row, changed });
  // An aid whose change is partly applied has no fingerprint and must not get one.
  await transaction.rows(sql`
    with source as (
      update aid_sources set record_hash = null, fingerprint = case fingerprint when '' then '' else ${contentFingerprint(own)} end,
        memo = ${storableJson(memo)}::jsonb
      where aid_id = ${aidId} returning content_id
    ) update contents set content = ${storableJson(own)}::jsonb from source where contents.id = source.content_id`);
  const fields = shownFields(before, { ...layers, own }, forgetter.erased);
  if (Object.keys(fields).length === 0) return;
  const at = sql`${forgetter.now.toISOString()}::timestamptz`;
  await transaction.rows(sql`
    insert into aid_history (aid_id, revision, batch, place, at, kind, fields, before, by, note)
    select aid_id, revision + 1, ${batch.id}::bigint, (select coalesce(max(place), 0) + 1 from aid_history where batch = ${batch.id}::bigint), ${at}, 'edit', ${storableJson(fields)}::jsonb, ${aidState}, ${forgetter.by}, ${forgetter.note}
    from aids_with_source aids where aid_id = ${aidId}`);
  await transaction.rows(sql`
    update changes set base_revision = changes.base_revision + 1 from plans, aids
    where changes.aid_id = ${aidId} and changes.part is null and plans.id = changes.plan_id and plans.state in ('open', 'part-applied')
      and aids.aid_id = changes.aid_id and changes.base_revision = aids.revision`);
  await transaction.rows(sql`update aids set revision = revision + 1, updated_at = ${at} where aid_id = ${aidId}`);
}

/** Writes a content without the people. Aids that are prepared with it get its fingerprint, and lose their record hash. */
export async function forgetInContent(transaction: Store, { key, changed }: FoundRow): Promise<void> {
  const content = canonicalFilled(changed.content as Partial<AidContent>);
  const id = sql`${String(key.id)}::bigint`;
  await transaction.rows(sql`update contents set content = ${storableJson(content)}::jsonb where id = ${id}`);
  for (const table of ["planned_aids", "staged_aids"])
    await transaction.rows(sql`
      update ${sql.identifier(table)} set fingerprint = ${contentFingerprint(content)}, record_hash = '' where content_id = ${id}`);
}

function contentFingerprint(filled: Partial<AidContent>): string {
  return fingerprintOf(filledContentJson(wholeContent(filled)));
}

/** Returns the filled fields with lists in canonical order, equal to those that a run would read from the cleaned record. */
function canonicalFilled(content: Partial<AidContent>): Partial<AidContent> {
  const filled = Object.entries(content).filter(([, value]) => value !== null);
  return Object.fromEntries(filled.map(([field, value]) => [field, canonicalValue(field as AidField, value)]));
}

function importedOf({ own, borrowed }: Layers): Partial<AidContent> {
  return { ...own, ...Object.fromEntries(Object.entries(borrowed).map(([field, { value }]) => [field, value])) };
}

/** Returns the fields whose displayed value changed. Their former values are not stored. */
function shownFields(before: Layers, after: Layers, erased: string): Partial<Record<AidField, FieldChange>> {
  const imported = importedOf(after);
  const [was, is] = [shownContent({ ...before, imported: importedOf(before) }), shownContent({ ...after, imported })];
  const fields: Partial<Record<AidField, FieldChange>> = {};
  for (const field of aidFields) {
    if (canonicalJson(was[field]) === canonicalJson(is[field])) continue;
    const current = is[field] === null ? erased : null;
    const layers = layersOf(after, field);
    const withLayers = Object.keys(layers).length === 0 ? {} : { before: layers, after: layers };
    fields[field] = { last: imported[field] ?? null, current, incoming: is[field], action: "apply", ...withLayers };
  }
  return fields;
}
