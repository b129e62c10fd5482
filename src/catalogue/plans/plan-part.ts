import { type SQL, sql } from "drizzle-orm";
import type { AidField } from "../../model/aid/aid.ts";
import type { ChangeKind } from "../../model/plan/plan.ts";
import { storableJson } from "../../model/text/storable.ts";
import { wordsPattern } from "../search/search-words.ts";
import { allOf, type Store } from "../store.ts";

/** A part of a plan: only changes of these kinds and aids, and only these fields. Omitted conditions restrict nothing. */
export interface PlanPart {
  readonly kinds?: readonly ChangeKind[];
  readonly fields?: readonly AidField[];
  /** Everything but these fields; changes without fields (creations, withdrawals…) are in the part. */
  readonly exceptFields?: readonly AidField[];
  /** Permanent ids. */
  readonly aids?: readonly string[];
}

/** Passes a list as one parameter. */
function listed(values: readonly string[]): SQL {
  return sql`(select jsonb_array_elements_text(${storableJson(values)}::jsonb))`;
}

/** Returns the condition on `changes` for a part. A part with `fields` contains no changes without fields (creations, withdrawals…). */
export function partCondition(part: PlanPart): SQL {
  return allOf([
    part.kinds !== undefined && sql`changes.kind in ${listed(part.kinds)}`,
    part.aids !== undefined && sql`changes.aid_id::text in ${listed(part.aids)}`,
    part.fields !== undefined && sql`changes.field_names ?| array${listed(part.fields)}`,
    part.exceptFields !== undefined &&
      sql`(changes.field_names = '[]' or exists (
          select from jsonb_array_elements_text(changes.field_names) name where name not in ${listed(part.exceptFields)}))`,
  ]);
}

/**
 * Marks the changes to apply and returns the condition that selects them. Without a part, marks nothing and selects all remaining changes.
 * If only some fields of a change are requested, they become a change of their own. The first change of an aid that is
 * applied also applies its return or new id.
 */
export async function selectPart(transaction: Store, planId: string, part: PlanPart | undefined, skipMoved: boolean): Promise<SQL> {
  if (part === undefined && !skipMoved) return sql`changes.plan_id = ${planId}::uuid and changes.part is null`;
  const number = await transaction.value<number>(
    sql`select coalesce(max(part), 0) + 1 as number from changes where plan_id = ${planId}::uuid`,
  );
  const isAsked = sql`changes.plan_id = ${planId}::uuid and changes.part is null and ${partCondition(part ?? {})} and ${skipMoved ? sql`not ${hasMoved}` : sql`true`}`;
  if (part?.fields !== undefined) await slice(transaction, isAsked, sql`key in ${listed(part.fields)}`, number);
  if (part?.exceptFields !== undefined) await slice(transaction, isAsked, sql`key not in ${listed(part.exceptFields)}`, number);
  await transaction.rows(sql`update changes set part = ${number} where ${isAsked}`);
  // The remaining changes now start from the revision this part creates.
  await transaction.rows(sql`
    update changes set base_revision = changes.base_revision + 1 from changes applied
    where changes.plan_id = ${planId}::uuid and changes.part is null
      and applied.plan_id = changes.plan_id and applied.part = ${number} and applied.aid_id = changes.aid_id`);
  return sql`changes.plan_id = ${planId}::uuid and changes.part = ${number}`;
}

/** Hashes and memo of the record. They are applied with the last remaining fields of the aid. */
const provenance = sql`(select jsonb_object_agg(key, value) from jsonb_each(changes.state) where key in ('fingerprint', 'recordHash', 'memo'))`;

/**
 * Splits changes that also have other fields. The existing row keeps the fields that match `changeCondition`, a condition on `key`. The
 * other fields move to a new row with its own `slice`.
 */
async function slice(transaction: Store, isAsked: SQL, changeCondition: SQL, number: number): Promise<void> {
  const cut = (chosen: SQL) => sql`(select jsonb_object_agg(key, value) from jsonb_each(changes.fields) where ${chosen})`;
  const staysBehind = sql`exists (select from jsonb_object_keys(changes.fields) key where not (${changeCondition}))`;
  await transaction.rows(sql`
    insert into changes (plan_id, aid_id, external_id, kind, base_revision, fields, state, match, note, slice, last_content, next_content)
    select plan_id, aid_id, external_id, case when kind in ('withdraw', 'restore', 're-identify') then 'update' else kind end, base_revision,
      ${cut(sql`not (${changeCondition})`)}, ${provenance}, null, note, ${number}, last_content, next_content from changes
    where ${isAsked} and ${staysBehind}`);
  // The new rows contain no requested field, so this statement does not change them.
  await transaction.rows(sql`update changes set fields = ${cut(changeCondition)} where ${isAsked} and ${staysBehind}`);
}

/**
 * Filters changes of a plan. `words`: an id, or words of the aid's title. `isLeft`: true for changes not applied yet, false for applied
 * ones.
 */
export interface ChangeFilter extends PlanPart {
  readonly words?: string;
  readonly isLeft?: boolean;
}

/** Returns the condition on `changes` for a filter. */
export function isChosen({ words, isLeft, ...part }: ChangeFilter): SQL {
  return allOf([
    partCondition(part),
    isLeft === undefined ? sql`true` : isLeft ? sql`changes.part is null` : sql`changes.part is not null`,
    words !== undefined && wordsCondition(words),
  ]);
}

/** Matches a whole id or words of the title: the displayed title (see `SearchRepository`), or the future title of a creation. */
function wordsCondition(words: string): SQL {
  const pattern = wordsPattern(words);
  return sql`(${words} in (changes.external_id, changes.aid_id::text)
    or exists (select from aid_search where aid_search.aid_id = changes.aid_id and aid_search.title ~ ${pattern})
    or changes.kind = 'create' and changes.part is null and exists (
      select from plans join planned_aids planned on planned.run_id = plans.run_id join contents on contents.id = planned.content_id
      where plans.id = changes.plan_id and planned.external_id = changes.external_id and contents.content ->> 'name' ~ ${pattern}))`;
}

/** Condition on `changes`: the aid is no longer at the revision that the change was made from, or another aid has its id. */
export const hasMoved = sql`(
  case when changes.kind = 'create' then exists (select from aids where aids.aid_id = changes.aid_id)
  else not exists (select from aids where aids.aid_id = changes.aid_id and aids.revision = changes.base_revision) end
  or (changes.kind in ('create', 're-identify') and exists (
    select from plans join aids on aids.connector = coalesce(changes.state ->> 'connector', plans.connector)
    where plans.id = changes.plan_id and aids.external_id = changes.external_id and aids.aid_id <> changes.aid_id)))`;

/** Returns true if a change of the plan is not applied yet. */
export async function isSomethingLeft(transaction: Store, planId: string): Promise<boolean> {
  return transaction.any(sql`select 1 from changes where plan_id = ${planId}::uuid and part is null limit 1`);
}
