import { type SQL, sql } from "drizzle-orm";
import type { Aid, AidField } from "../../model/aid/aid.ts";
import type { AidState, Change, ChangeKind, HeldAid } from "../../model/plan/plan.ts";
import type { Slug } from "../../model/vocabularies.ts";
import { storableJson } from "../storable-json.ts";
import type { Store } from "../store.ts";
import { type AidRow, aidColumns, aidOf } from "./aid-row.ts";
import { type HeldColumns, heldAid, heldColumns } from "./held-aid.ts";

/** Which aids: all of them, one connector's, one by its permanent id or by the publisher's. */
export interface AidFilter {
  readonly connector?: string;
  readonly externalId?: string;
  readonly aidId?: string;
  /** One of these. */
  readonly aidIds?: readonly string[];
  readonly status?: Slug<"status">;
  /** Words that stand in the title shown or in the publisher's own, whatever their case. */
  readonly search?: string;
  /** A field that is shown empty. */
  readonly lacks?: AidField;
  /** A field with this value shown: the value itself, or one of a list; organisations by name, territories by name or `scale:code`. */
  readonly where?: { readonly field: AidField; readonly value: string };
  /** With a proposal that waits, on this field or on any. */
  readonly proposed?: AidField | true;
  readonly isWithdrawn?: boolean;
  readonly isOutOfScope?: boolean;
}

/** An aid with everything that is known of it: all its layers, and its state beside its fields. */
export interface CuratedAid extends HeldAid, Omit<AidState, "fingerprint"> {
  readonly connector: string;
}

/** One revision of an aid. */
export interface AidRevision {
  readonly revision: number;
  /** ISO instant. */
  readonly at: string;
  readonly runId: string | null;
  readonly planId: string | null;
  readonly kind: ChangeKind;
  readonly fields: Change["fields"];
  /** What the aid was beside its fields; null for a creation. */
  readonly before: AidState | null;
  /** `run`, or the person's name. */
  readonly by: string | null;
  readonly note: string | null;
  /** It took back what the run, or another plan, had done. */
  readonly isUndo: boolean;
}

const aidsAPage = 500;

/** The aids of the catalogue, as they are now. */
export class AidRepository {
  constructor(private readonly store: Store) {}

  /** Pages of aids in canonical order: connector, then external id, by code point. Every status, withdrawn ones too. */
  async *list(filter: AidFilter = {}): AsyncGenerator<Aid[]> {
    for (let after = { connector: "", externalId: "" }; ; ) {
      const rows = await this.store.rows<AidRow>(sql`
        select ${aidColumns} from aids
        where (connector, external_id) > (${after.connector}, ${after.externalId}) and ${matches(filter)}
        order by connector, external_id limit ${aidsAPage}`);
      if (rows.length > 0) yield rows.map(aidOf);
      const last = rows.at(-1);
      if (last === undefined || rows.length < aidsAPage) return;
      after = last;
    }
  }

  /** The same, each with all its layers: what the publisher says, what is kept, what persons corrected, what is proposed. */
  async *curated(filter: AidFilter = {}): AsyncGenerator<CuratedAid[]> {
    for (let after = { connector: "", externalId: "" }; ; ) {
      const rows = await this.store.rows<HeldColumns & Omit<CuratedAid, keyof HeldColumns>>(sql`
        select ${heldColumns}, connector, external_id as "externalId", merged_into as "mergedInto", watch, site_url as "siteUrl", record_hash as "recordHash", memo
        from aids where (connector, external_id) > (${after.connector}, ${after.externalId}) and ${matches(filter)}
        order by connector, external_id limit ${aidsAPage}`);
      if (rows.length > 0) yield rows.map((row) => ({ ...row, ...heldAid(row, row.externalId) }));
      const last = rows.at(-1);
      if (last === undefined || rows.length < aidsAPage) return;
      after = last;
    }
  }

  /** Number of aids, of one connector or in all, of every status. */
  async count(connector?: string): Promise<number> {
    const { count } = await this.store.row<{ count: number }>(
      sql`select count(*)::int as count from aids where ${matches(connector === undefined ? {} : { connector })}`,
    );
    return count;
  }

  /**
   * Title and beginning of the description, markup taken out, of a connector's aids in the feed: of those whose record had the unmapped `term` of a
   * vocabulary, and of others, `most` each.
   */
  async textsByTerm(
    connector: string,
    [vocabulary, term]: readonly [string, string],
    most: number,
  ): Promise<{ readonly withTerm: readonly string[]; readonly others: readonly string[] }> {
    const has = sql`memo -> 'unmapped' @> ${storableJson([[vocabulary, term]])}::jsonb`;
    const texts = (condition: SQL) =>
      this.store.rows<{ text: string }>(sql`
        select concat(imported ->> 'name', '. ', left(regexp_replace(imported ->> 'description', '<[^>]*>', ' ', 'g'), 800)) as text
        from aids where connector = ${connector} and withdrawn_at is null and ${condition} order by external_id limit ${most}`);
    const [withTerm, others] = [await texts(has), await texts(sql`not coalesce(${has}, false)`)];
    return { withTerm: withTerm.map(({ text }) => text), others: others.map(({ text }) => text) };
  }

  /** What became of an aid, oldest revision first. */
  async history(aidId: string): Promise<AidRevision[]> {
    return this.store.rows<AidRevision>(sql`
      select revision, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, run_id as "runId", plan_id as "planId", kind, fields,
        before, by, note, coalesce((select origin = 'undo' from plans where plans.id = aid_history.plan_id), false) as "isUndo"
      from aid_history where aid_id = ${aidId}::uuid order by revision`);
  }
}

/** What is shown, as JSON by field: edits over what is kept over what was imported. */
const shown = sql`(imported || kept || coalesce((select jsonb_object_agg(key, value -> 'value') from jsonb_each(edits)), '{}'))`;

function matches(filter: AidFilter): SQL {
  const conditions = [
    filter.connector === undefined ? sql`true` : sql`connector = ${filter.connector}`,
    filter.externalId === undefined ? sql`true` : sql`external_id = ${filter.externalId}`,
    // What a person typed may be no UUID.
    filter.aidId === undefined ? sql`true` : isUuid(filter.aidId) ? sql`aid_id = ${filter.aidId}::uuid` : sql`false`,
    filter.aidIds === undefined
      ? sql`true`
      : sql`aid_id in (select jsonb_array_elements_text(${JSON.stringify(filter.aidIds)}::jsonb)::uuid)`,
    filter.status === undefined ? sql`true` : sql`status = ${filter.status}`,
    filter.isWithdrawn === undefined ? sql`true` : sql`(withdrawn_at is not null) = ${filter.isWithdrawn}`,
    filter.isOutOfScope === undefined ? sql`true` : sql`(coalesce(${shown} -> 'outOfScope', 'null') <> 'null') = ${filter.isOutOfScope}`,
    filter.search === undefined
      ? sql`true`
      : sql`position(lower(${filter.search}) in lower(concat(${shown} ->> 'name', ' ', imported ->> 'nameInitial'))) > 0`,
    filter.lacks === undefined ? sql`true` : sql`coalesce(${shown} -> ${filter.lacks}, 'null') in ('null', '[]')`,
    filter.where === undefined ? sql`true` : shows(filter.where.field, filter.where.value),
    filter.proposed === undefined ? sql`true` : filter.proposed === true ? sql`proposals <> '{}'` : sql`proposals ? ${filter.proposed}`,
  ];
  return sql.join(conditions, sql` and `);
}

/** An organisation or a territory of a list has its name for value; a territory `scale:code` too. */
function shows(field: AidField, value: string): SQL {
  const held = sql`(${shown} -> ${field})`;
  const [scale = "", code = ""] = value.split(":");
  return sql`(${shown} ->> ${field} = ${value} or ${held} @> to_jsonb(${value}::text) or ${held} @> jsonb_build_array(jsonb_build_object('name', ${value}::text))
    or ${held} @> jsonb_build_array(jsonb_build_object('scale', ${scale}::text, 'code', ${code}::text)))`;
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
