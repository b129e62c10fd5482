import { type SQL, sql } from "drizzle-orm";
import type { AidField } from "../../model/aid/aid.ts";
import type { ChangeKind } from "../../model/plan/plan.ts";
import { storableJson } from "../storable-json.ts";
import type { Store } from "../store.ts";
import { hasMoved } from "./has-moved.ts";

/** A part of a plan: changes of these kinds, of these aids, and of them these fields. What is left out restricts nothing. */
export interface PlanPart {
  readonly kinds?: readonly ChangeKind[];
  readonly fields?: readonly AidField[];
  /** Permanent ids. */
  readonly aids?: readonly string[];
}

/** A list as one parameter. */
function listed(values: readonly string[]): SQL {
  return sql`(select jsonb_array_elements_text(${storableJson(values)}::jsonb))`;
}

/** True for changes that a part selects. Those without fields (creations, withdrawals…) are in no part that names fields. */
export function isInPart(part: PlanPart): SQL {
  const conditions = [
    part.kinds === undefined ? sql`true` : sql`changes.kind in ${listed(part.kinds)}`,
    part.aids === undefined ? sql`true` : sql`changes.aid_id::text in ${listed(part.aids)}`,
    part.fields === undefined ? sql`true` : sql`changes.fields ?| array${listed(part.fields)}`,
  ];
  return sql.join(conditions, sql` and `);
}

/**
 * Marks what of a plan is applied now and gives the condition that selects it. The whole of what is left needs no mark. Where only some fields of a change are
 * asked for, these become a change of their own; what concerns the aid as a whole (that it returns, its new id) goes with the first fields that are applied.
 */
export async function selectPart(transaction: Store, planId: string, part: PlanPart | undefined, skipMoved: boolean): Promise<SQL> {
  if (part === undefined && !skipMoved) return sql`changes.plan_id = ${planId}::uuid and changes.part is null`;
  const { number } = await transaction.row<{ number: number }>(
    sql`select coalesce(max(part), 0) + 1 as number from changes where plan_id = ${planId}::uuid`,
  );
  const isAsked = sql`changes.plan_id = ${planId}::uuid and changes.part is null and ${isInPart(part ?? {})} and ${skipMoved ? sql`not ${hasMoved}` : sql`true`}`;
  if (part?.fields !== undefined) await slice(transaction, isAsked, listed(part.fields), number);
  await transaction.rows(sql`update changes set part = ${number} where ${isAsked}`);
  // What stays was made from the revision that this part gives.
  await transaction.rows(sql`
    update changes set base_revision = changes.base_revision + 1 from changes applied
    where changes.plan_id = ${planId}::uuid and changes.part is null
      and applied.plan_id = changes.plan_id and applied.part = ${number} and applied.aid_id = changes.aid_id`);
  return sql`changes.plan_id = ${planId}::uuid and changes.part = ${number}`;
}

/** What an aid's content was made of: it belongs to whichever of its fields are applied last. */
const provenance = sql`(select jsonb_object_agg(key, value) from jsonb_each(changes.state) where key in ('fingerprint', 'recordHash', 'memo'))`;

/** Cuts changes of which other fields stay behind in two: the row that was there keeps those asked for, the others are left open under a `slice` of their own. */
async function slice(transaction: Store, isAsked: SQL, fields: SQL, number: number): Promise<void> {
  const cut = (chosen: SQL) => sql`(select jsonb_object_agg(key, value) from jsonb_each(changes.fields) where ${chosen})`;
  const isChosen = sql`key in ${fields}`;
  const staysBehind = sql`exists (select from jsonb_object_keys(changes.fields) key where not (${isChosen}))`;
  await transaction.rows(sql`
    insert into changes (plan_id, aid_id, external_id, kind, base_revision, fields, state, match, note, slice)
    select plan_id, aid_id, external_id, case when kind in ('withdraw', 'restore', 're-identify') then 'update' else kind end, base_revision,
      ${cut(sql`not (${isChosen})`)}, ${provenance}, null, note, ${number} from changes
    where ${isAsked} and ${staysBehind}`);
  // The rows that were just added hold none of the chosen fields, so that they are not asked for.
  await transaction.rows(sql`update changes set fields = ${cut(isChosen)} where ${isAsked} and ${staysBehind}`);
}
