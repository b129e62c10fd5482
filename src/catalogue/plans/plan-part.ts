import { type SQL, sql } from "drizzle-orm";
import type { AidField } from "../../model/aid/aid.ts";
import type { ChangeKind } from "../../model/plan/plan.ts";
import { wordsPattern } from "../search/search-words.ts";
import { type Store, storableJson } from "../store.ts";
import { hasMoved } from "./has-moved.ts";

/** A part of a plan: changes of these kinds and aids, and only these fields of them. Omitted conditions restrict nothing. */
export interface PlanPart {
  readonly kinds?: readonly ChangeKind[];
  readonly fields?: readonly AidField[];
  /** Permanent ids. */
  readonly aids?: readonly string[];
}

/** Passes a list as one parameter. */
function listed(values: readonly string[]): SQL {
  return sql`(select jsonb_array_elements_text(${storableJson(values)}::jsonb))`;
}

/** Condition on `changes` for a part. Changes without fields (creations, withdrawals…) are in no part with `fields`. */
export function partCondition(part: PlanPart): SQL {
  const conditions = [
    part.kinds === undefined ? sql`true` : sql`changes.kind in ${listed(part.kinds)}`,
    part.aids === undefined ? sql`true` : sql`changes.aid_id::text in ${listed(part.aids)}`,
    part.fields === undefined ? sql`true` : sql`changes.fields ?| array${listed(part.fields)}`,
  ];
  return sql.join(conditions, sql` and `);
}

/**
 * Marks the changes to apply and returns the condition that selects them. Applying everything left needs no mark. If only some fields of a
 * change are requested, they become a change of their own. Changes to the aid as a whole (its return, its new id) are applied with its
 * first fields.
 */
export async function selectPart(transaction: Store, planId: string, part: PlanPart | undefined, skipMoved: boolean): Promise<SQL> {
  if (part === undefined && !skipMoved) return sql`changes.plan_id = ${planId}::uuid and changes.part is null`;
  const { number } = await transaction.row<{ number: number }>(
    sql`select coalesce(max(part), 0) + 1 as number from changes where plan_id = ${planId}::uuid`,
  );
  const isAsked = sql`changes.plan_id = ${planId}::uuid and changes.part is null and ${partCondition(part ?? {})} and ${skipMoved ? sql`not ${hasMoved}` : sql`true`}`;
  if (part?.fields !== undefined) await slice(transaction, isAsked, listed(part.fields), number);
  await transaction.rows(sql`update changes set part = ${number} where ${isAsked}`);
  // The remaining changes now start from the revision this part creates.
  await transaction.rows(sql`
    update changes set base_revision = changes.base_revision + 1 from changes applied
    where changes.plan_id = ${planId}::uuid and changes.part is null
      and applied.plan_id = changes.plan_id and applied.part = ${number} and applied.aid_id = changes.aid_id`);
  return sql`changes.plan_id = ${planId}::uuid and changes.part = ${number}`;
}

/** Hashes and memo of the record. They are applied with the last fields of the aid. */
const provenance = sql`(select jsonb_object_agg(key, value) from jsonb_each(changes.state) where key in ('fingerprint', 'recordHash', 'memo'))`;

/**
 * Splits changes that have other fields too: the existing row keeps the requested fields, the others move to a new row with its own
 * `slice`.
 */
async function slice(transaction: Store, isAsked: SQL, fields: SQL, number: number): Promise<void> {
  const cut = (chosen: SQL) => sql`(select jsonb_object_agg(key, value) from jsonb_each(changes.fields) where ${chosen})`;
  const changeCondition = sql`key in ${fields}`;
  const staysBehind = sql`exists (select from jsonb_object_keys(changes.fields) key where not (${changeCondition}))`;
  await transaction.rows(sql`
    insert into changes (plan_id, aid_id, external_id, kind, base_revision, fields, state, match, note, slice)
    select plan_id, aid_id, external_id, case when kind in ('withdraw', 'restore', 're-identify') then 'update' else kind end, base_revision,
      ${cut(sql`not (${changeCondition})`)}, ${provenance}, null, note, ${number} from changes
    where ${isAsked} and ${staysBehind}`);
  // The new rows contain none of the requested fields, so they do not match.
  await transaction.rows(sql`update changes set fields = ${cut(changeCondition)} where ${isAsked} and ${staysBehind}`);
}

/** Filters changes of a plan. `words`: of the aid's title, or its id. `isLeft`: not applied yet, or already applied. */
export interface ChangeFilter extends PlanPart {
  readonly words?: string;
  readonly isLeft?: boolean;
}

/** Condition on `changes` that selects the filtered rows. */
export function isChosen({ words, isLeft, ...part }: ChangeFilter): SQL {
  const conditions = [
    partCondition(part),
    isLeft === undefined ? sql`true` : isLeft ? sql`changes.part is null` : sql`changes.part is not null`,
    words === undefined ? sql`true` : wordsCondition(words),
  ];
  return sql.join(conditions, sql` and `);
}

/** True if the change at `place`, a `ctid`, has one of these fields. Evaluated one change at a time. */
export function fieldsCondition(fields: NonNullable<PlanPart["fields"]>, place: SQL): SQL {
  return sql`(select ${partCondition({ fields })} from changes where changes.ctid = ${place})`;
}

/** Matches a whole id or words of the title: the displayed title (see `SearchRepository`), or the future title of a creation. */
function wordsCondition(words: string): SQL {
  const pattern = wordsPattern(words);
  return sql`(${words} in (changes.external_id, changes.aid_id::text)
    or exists (select from aid_search where aid_search.aid_id = changes.aid_id and aid_search.title ~ ${pattern})
    or changes.kind = 'create' and changes.part is null and exists (
      select from plans join planned_aids planned on planned.run_id = plans.run_id
      where plans.id = changes.plan_id and planned.external_id = changes.external_id and planned.content ->> 'name' ~ ${pattern}))`;
}
