import { type SQL, sql } from "drizzle-orm";
import { type AidContent, type AidField, aidFields } from "../../model/aid/aid.ts";
import { defaultPolicy } from "../../model/aid/field-policy.ts";
import { wholeContent } from "../../model/aid/filled-content.ts";
import { sameValue } from "../../model/aid/same-value.ts";
import { layersOf, ownContent, shownValue } from "../../model/aid/shown-value.ts";
import { yieldsTo } from "../../model/aid/suggested-edit.ts";
import { contradictionsOf } from "../../model/compare/contradictions.ts";
import { type AidSource, borrowedValues } from "../../model/compare/ruling-sources.ts";
import { decideField, fieldChangeOf } from "../../model/plan/decide-field.ts";
import { combineKind, type FieldChange, type PerField, type StoredAid } from "../../model/plan/plan.ts";
import { type BorrowedValue, noSharing, type Sharing, type SourceContradiction } from "../../model/plan/sharing.ts";
import { canonicalJson } from "../../model/text/canonical.ts";
import { storableJson } from "../../model/text/storable.ts";
import { aidState, isFurtherSource, type StoredColumns, storedAid, storedColumns } from "../aids/stored-aid.ts";
import type { Store } from "../store.ts";
import type { PlanHead } from "./close-plan.ts";
import type { RevisionBatch } from "./order-changes.ts";

const aidsAPage = 200;
/** Days after which an aid that is missing from its own feed counts as gone there, if another source brings it. */
const goneAfterDays = 7;

type Applied = PlanHead & { readonly now: Date };

interface Combined {
  readonly aidId: string;
  readonly borrowed: PerField<BorrowedValue>;
  readonly contradictions: readonly SourceContradiction[];
  readonly fields: PerField<FieldChange>;
}

interface SharedRow extends StoredColumns {
  readonly connector: string;
  readonly externalId: string;
  readonly fieldSources: PerField<string>;
  readonly sharing: Partial<Sharing> | null;
  readonly isGone: boolean;
  readonly sources: readonly {
    readonly aidId: string;
    readonly connector: string;
    readonly content: Partial<AidContent>;
    readonly sharing: Partial<Sharing> | null;
  }[];
}

/**
 * Locks and returns the aids whose sources the selected changes touch: aids with further sources, and those that get or lose one. Call it
 * before the changes are written. `connector`: the connector of a run's plan, else null. Also returns its absent aids with a further source.
 * If the sharing that it declares has changed, also returns all aids that have a further source and belong to this connector, or have a
 * further source of this connector.
 */
export async function findShared(transaction: Store, selected: SQL, connector: string | null): Promise<string[]> {
  const [{ isChanged } = { isChanged: false }] = await transaction.rows<{ isChanged: boolean }>(
    sql`update connectors set must_combine = false where id = ${connector} and must_combine returning true as "isChanged"`,
  );
  const ofConnector = sql`union select head.aid_id from aids source join aids head on head.aid_id = source.merged_into
    where source.merged_into is not null and ${connector} in (source.connector, head.connector)`;
  return transaction.values<string>(sql`
    select aid_id as "aidId" from aids where aid_id in (
      select changes.aid_id from changes where ${selected} and changes.kind <> 'create'
        and exists (select from aids source where source.merged_into = changes.aid_id)
      union select (changes.state ->> 'mergedInto')::uuid from changes where ${selected} and changes.state ? 'mergedInto'
      union select own.merged_into from changes join aids own on own.aid_id = changes.aid_id where ${selected} and own.merged_into is not null
      union select absences.aid_id from absences where absences.connector = ${connector} and absences.ended_run is null
        and exists (select from aids source where source.merged_into = absences.aid_id)
      ${isChanged ? ofConnector : sql``}
    ) order by aid_id for update`);
}

/**
 * Computes again the values that these aids borrow from their further sources, and the contradictions between sources. An aid whose values
 * change gets a revision of its own. In a run's plan, the field's policy decides whether a new value is displayed, as for a value of the
 * aid's own feed. In other plans, the new value is displayed at once.
 */
export async function combineSources(transaction: Store, batch: RevisionBatch, aidIds: readonly string[], plan: Applied): Promise<void> {
  for (let first = 0; first < aidIds.length; first += aidsAPage) {
    const rows = await sharedAids(transaction, aidIds.slice(first, first + aidsAPage), plan.now);
    await write(
      transaction,
      batch,
      rows.flatMap((row) => combine(row, plan)),
      plan,
    );
  }
}

async function sharedAids(transaction: Store, aidIds: readonly string[], now: Date): Promise<SharedRow[]> {
  return transaction.rows<SharedRow>(sql`
    select ${storedColumns}, aids.connector, aids.external_id as "externalId", aids.field_sources as "fieldSources",
      (select sharing from connectors where connectors.id = aids.connector) as sharing,
      exists (
        select from absences where absences.aid_id = aids.aid_id and absences.ended_run is null
          and absences.since_at <= ${now.toISOString()}::timestamptz - make_interval(days => ${goneAfterDays})) as "isGone",
      coalesce((
        select jsonb_agg(jsonb_build_object('aidId', further.aid_id, 'connector', further.connector, 'content', further.own,
          'sharing', (select sharing from connectors where connectors.id = further.connector)) order by further.connector, further.external_id)
        from (select * from aids_with_source aids where ${isFurtherSource} and aids.withdrawn_at is null) further
        where further.merged_into = aids.aid_id), '[]') as sources
    from jsonb_array_elements_text(${storableJson(aidIds)}::jsonb) as picked (id) join aids_with_source aids on aids.aid_id = picked.id::uuid`);
}

/** Returns an empty list if the aid already has these borrowed values and contradictions. */
function combine(row: SharedRow, plan: Applied): Combined[] {
  const stored = storedAid(row, row.externalId);
  const own: AidSource = {
    aidId: row.aidId,
    connector: row.connector,
    content: ownContent(stored),
    sharing: sharingOf(row.sharing),
    isGone: row.isGone,
  };
  const further = row.sources.map((source) => ({ ...source, sharing: sharingOf(source.sharing) }));
  const borrowed = borrowedValues(own, further, row.fieldSources);
  const contradictions = contradictionsBetween(row.isGone ? further : [own, ...further]);
  const values = Object.fromEntries(Object.entries(borrowed).map(([field, { value }]) => [field, value]));
  const combined = wholeContent({ ...own.content, ...values } as Partial<AidContent>);
  const fields: Partial<Record<AidField, FieldChange>> = {};
  for (const field of aidFields) {
    if (sameValue(field, combined[field], stored.imported[field])) continue;
    fields[field] =
      plan.origin === "run" ? decided(field, combined[field], stored, own.sharing, plan) : shownAtOnce(field, combined[field], stored);
  }
  const isSame = isEqual(borrowed, stored.borrowed ?? {}) && isEqual(contradictions, stored.contradictions ?? []);
  return isSame ? [] : [{ aidId: row.aidId, borrowed, contradictions, fields }];
}

function decided(field: AidField, incoming: unknown, stored: StoredAid, { policy }: Sharing, { runId, now }: Applied): FieldChange {
  const policyOf = (of: AidField) => policy[of] ?? defaultPolicy(of);
  return decideField(field, incoming, stored, { policyOf, proposal: { at: now.toISOString(), runId: runId ?? "" } });
}

/** A kept value that equals the new one is no longer needed, nor is its proposal. */
function shownAtOnce(field: AidField, incoming: unknown, stored: StoredAid): FieldChange {
  const before = layersOf(stored, field);
  const edit = yieldsTo(before.edit, incoming) ? undefined : before.edit;
  const isNeeded = "kept" in before && !sameValue(field, before.kept, incoming);
  const after = isNeeded && edit === before.edit ? before : edit === undefined ? {} : { edit };
  return fieldChangeOf({ last: stored.imported[field], current: shownValue(stored, field), incoming, action: "apply" }, before, after);
}

function contradictionsBetween(sources: readonly AidSource[]): SourceContradiction[] {
  return sources.flatMap((one, place) =>
    sources.slice(place + 1).flatMap((other) =>
      contradictionsOf(one.content, other.content).map(({ field, one: value, other: against, isSwapped }) => ({
        field,
        one: { connector: one.connector, value },
        other: { connector: other.connector, value: against },
        isSwapped,
      })),
    ),
  );
}

function sharingOf(stored: Partial<Sharing> | null): Sharing {
  return { ...noSharing, ...stored };
}

function isEqual(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

async function write(transaction: Store, batch: RevisionBatch, aids: readonly Combined[], plan: Applied): Promise<void> {
  if (aids.length === 0) return;
  const at = sql`${plan.now.toISOString()}::timestamptz`;
  const combined = sql`jsonb_to_recordset(${storableJson(aids)}::jsonb) as combined ("aidId" uuid, borrowed jsonb, contradictions jsonb, fields jsonb)`;
  await transaction.rows(sql`
    insert into aid_history (aid_id, revision, batch, place, at, run_id, plan_id, kind, fields, before)
    select aids.aid_id, aids.revision + 1, ${batch.id}::bigint,
      (select coalesce(max(place), 0) from aid_history where batch = ${batch.id}::bigint) + row_number() over (order by aids.aid_id),
      ${at}, ${plan.runId}::uuid, ${plan.planId}::uuid, ${combineKind}, combined.fields, ${aidState}
    from ${combined} join aids_with_source aids on aids.aid_id = combined."aidId" where combined.fields <> '{}'`);
  const changed = sql`array(select jsonb_object_keys(combined.fields))`;
  // Waiting changes of other fields can still be applied.
  await transaction.rows(sql`
    update changes set base_revision = changes.base_revision + 1
    from ${combined} join aids on aids.aid_id = combined."aidId" cross join plans
    where changes.plan_id = plans.id and changes.aid_id = aids.aid_id and plans.state in ('open', 'part-applied') and changes.part is null
      and changes.base_revision = aids.revision and combined.fields <> '{}' and not changes.fields ?| ${changed}`);
  const layer = (name: string) => sql`coalesce((
    select jsonb_object_agg(key, value -> 'after' -> ${name}) from jsonb_each(combined.fields) where value -> 'after' ? ${name}), '{}')`;
  await transaction.rows(sql`
    update aids set borrowed = combined.borrowed, contradictions = combined.contradictions,
      kept = (kept - ${changed}) || ${layer("kept")}, edits = (edits - ${changed}) || ${layer("edit")},
      proposals = (proposals - ${changed}) || ${layer("proposal")},
      revision = revision + case when combined.fields = '{}' then 0 else 1 end,
      updated_at = case when combined.fields = '{}' then updated_at else ${at} end
    from ${combined} where aids.aid_id = combined."aidId"`);
}
