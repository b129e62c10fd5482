import { type SQL, sql } from "drizzle-orm";
import type { Aid, AidContent, AidField } from "../../model/aid/aid.ts";
import { wholeContent } from "../../model/aid/filled-content.ts";
import type { StaleAid } from "../../model/aid/stale-aid.ts";
import type { AidState, StoredAid } from "../../model/plan/plan.ts";
import type { Slug } from "../../model/vocabularies.ts";
import { beginningOfWord } from "../search/search-words.ts";
import { allOf, isUuid, type Store } from "../store.ts";
import { type AidRow, aidColumns, aidOf } from "./aid-row.ts";
import { inSchemaOrder } from "./in-schema-order.ts";
import { isLive, shownField } from "./shown-field.ts";
import { curatedColumns, type StoredColumns, storedAid } from "./stored-aid.ts";

/** Filters aids. Fields left out restrict nothing. */
export interface AidFilter {
  readonly connector?: string;
  readonly externalId?: string;
  readonly aidId?: string;
  readonly aidIds?: readonly string[];
  readonly status?: Slug<"status">;
  /** Id of the aid into which it was merged. */
  readonly mergedInto?: string;
  /** A text in the displayed or the publisher's title, in any case. */
  readonly search?: string;
  /** A field whose displayed value is empty. */
  readonly lacks?: AidField;
  /** A field whose displayed value is, or contains, this value. Organisations match by name, territories by name or `scale:code`. */
  readonly where?: { readonly field: AidField; readonly value: string };
  /** Aids with an open proposal, on this field or (`true`) on any. */
  readonly proposed?: AidField | true;
  readonly isWithdrawn?: boolean;
  readonly isOutOfScope?: boolean;
  /** Aids whose sources contradict each other. */
  readonly isContradicted?: true;
}

/** An aid with all its layers and its state. */
export interface CuratedAid extends StoredAid, Omit<AidState, "fingerprint"> {
  readonly connector: string;
  /** Fields that the operator asks of its publisher before publication, beyond those that every aid needs. Absent without any. */
  readonly asked?: readonly AidField[];
}

/** An aid as its publisher describes it, now or after a plan is applied. */
export interface AidAsPlanned {
  readonly aidId: string;
  readonly externalId: string;
  readonly status: Slug<"status">;
  /** Address of the aid on the site from which it was adopted. */
  readonly siteUrl: string | null;
  /** False if it is withdrawn, or if the plan does not find it in the feed. */
  readonly isInFeed: boolean;
  /** The publisher's content, without edits by people. */
  readonly content: AidContent;
  /** See `Memo.statesPermanence`. */
  readonly statesPermanence: boolean;
}

const aidsAPage = 500;

// Limits of `similar`: how many words of the title it searches, how many aids that share two of them it compares, how many it returns.
const maxWords = 6;
const maxCandidates = 1000;
const maxResults = 25;

/** The current aids of the catalogue. */
export class AidRepository {
  constructor(private readonly store: Store) {}

  /** Lists aids in pages, in canonical order: connector, then external id, by code point. Includes every status and withdrawn aids. */
  async *list(filter: AidFilter = {}): AsyncGenerator<Aid[]> {
    const pages = this.store.pages<AidRow, "connector" | "externalId">(
      aidsAPage,
      { connector: "", externalId: "" },
      (after) => sql`
        select ${aidColumns} from aids_with_source aids
        where (connector, external_id) > (${after.connector}, ${after.externalId}) and ${filterCondition(filter)}
        order by connector, external_id limit ${aidsAPage}`,
    );
    for await (const rows of pages) yield rows.map(aidOf);
  }

  /** Lists aids like `list`, by their identifier in the national schema. */
  async *inSchemaOrder(filter: AidFilter = {}): AsyncGenerator<Aid[]> {
    const from = Object.keys(filter).length === 0 ? sql`aids` : sql`aids_with_source aids`;
    const listed = sql`select aid_id, connector, external_id from ${from} where ${filterCondition(filter)}`;
    const pages = inSchemaOrder(this.store, listed, (picked) =>
      this.store.rows<AidRow>(sql`
        select ${aidColumns} from ${picked} join aids_with_source aids on aids.aid_id = picked.id order by picked.place`),
    );
    for await (const rows of pages) yield rows.map(aidOf);
  }

  /** Lists aids like `list`, with all their layers: imported, kept, edited and proposed values. */
  async *curated(filter: AidFilter = {}): AsyncGenerator<CuratedAid[]> {
    const pages = this.store.pages<StoredColumns & Omit<CuratedAid, keyof StoredColumns>, "connector" | "externalId">(
      aidsAPage,
      { connector: "", externalId: "" },
      (after) => sql`
        select ${curatedColumns}
        from aids_with_source aids where (connector, external_id) > (${after.connector}, ${after.externalId}) and ${filterCondition(filter)}
        order by connector, external_id limit ${aidsAPage}`,
    );
    const asked = await this.#askedFields();
    for await (const rows of pages) {
      yield rows.map((row) => {
        const of = asked.get(row.connector);
        return { ...row, ...storedAid(row, row.externalId), ...(of !== undefined && { asked: of }) };
      });
    }
  }

  /** Returns the fields that standing decisions ask for before publication, by connector. */
  async #askedFields(): Promise<ReadonlyMap<string, readonly AidField[]>> {
    const rows = await this.store.rows<{ connector: string; fields: AidField[] }>(sql`
      select coalesce(decided.connector, listed.connector) as connector, jsonb_agg(distinct decided.field) as fields
      from standing_decisions decided left join publisher_connectors listed on listed.publisher = decided.publisher
      where decided.kind = 'ask' and decided.ended_at is null group by 1`);
    return new Map(rows.map(({ connector, fields }) => [connector, fields]));
  }

  /** Counts aids of one connector, or all. Includes every status. */
  async count(connector?: string): Promise<number> {
    return this.store.value<number>(
      sql`select count(*)::int as count from aids where ${filterCondition(connector === undefined ? {} : { connector })}`,
    );
  }

  /**
   * Lists a connector's aids in pages by external id, as they would be after this open plan of a run. If the plan is null or closed, lists
   * the current aids. Includes every status.
   */
  async *asPlanned(connector: string, planId: string | null): AsyncGenerator<AidAsPlanned[]> {
    const pages = this.store.pages<Omit<AidAsPlanned, "content"> & { content: Partial<AidContent> }, "externalId" | "aidId">(
      aidsAPage,
      { externalId: "", aidId: "00000000-0000-0000-0000-000000000000" },
      (after) => sql`
        with planned as (
          select changes.*, plans.run_id, prepared.memo, prepared.content_id
          from plans join changes_with_values changes on changes.plan_id = plans.id
            left join planned_aids prepared on prepared.run_id = plans.run_id and prepared.external_id = changes.external_id
          where plans.id = ${planId}::uuid and plans.complete and plans.state in ('open', 'part-applied') and changes.part is null
        ), ours as (
          select aids.aid_id, coalesce(planned.external_id, aids.external_id) as external_id, aids.status, aids.site_url,
            (aids.withdrawn_at is null or planned.aid_id is not null) and not exists (
              select from planned_absences absent where absent.plan_id = ${planId}::uuid and absent.aid_id = aids.aid_id) as is_in_feed,
            aids.imported || coalesce((select jsonb_object_agg(key, value -> 'incoming') from jsonb_each(planned.fields)), '{}') as content,
            jsonb_exists(coalesce(planned.memo, aids.memo), 'statesPermanence') and not jsonb_exists(aids.borrowed, 'recurrence') as states_permanence
          from aids_with_source aids left join planned on planned.aid_id = aids.aid_id and planned.kind <> 'create'
          where aids.connector = ${connector}
          union all
          select planned.aid_id, planned.external_id, 'reviewable', null, true, contents.content, jsonb_exists(planned.memo, 'statesPermanence')
          from planned join contents on contents.id = planned.content_id
          where planned.kind = 'create'
        )
        select aid_id as "aidId", external_id as "externalId", status, site_url as "siteUrl", is_in_feed as "isInFeed", content,
          coalesce(states_permanence, false) as "statesPermanence"
        from ours where (external_id, aid_id) > (${after.externalId}, ${after.aidId}::uuid) order by external_id, aid_id limit ${aidsAPage}`,
    );
    for await (const rows of pages) yield rows.map((row) => ({ ...row, content: wholeContent(row.content) }));
  }

  /** Returns the site addresses from which aids of other connectors were adopted. */
  async siteUrlsOfOthers(connector: string): Promise<Set<string>> {
    return this.store.set<string>(sql`
      select site_url as "siteUrl" from aids where connector <> ${connector} and site_url is not null`);
  }

  /**
   * Lists aids to check, by connector, then external id: aids in review or published that are unchanged and open-ended, or recurring with
   * past dates, and suspended aids whose day has come. Aids confirmed until a later day are left out. `today`, `aYearAgo`: `YYYY-MM-DD`.
   */
  async *stale({
    today,
    aYearAgo,
    connector,
  }: {
    readonly today: string;
    readonly aYearAgo: string;
    readonly connector?: string;
  }): AsyncGenerator<StaleAid[]> {
    yield* this.store.pages<StaleAid, "connector" | "externalId">(
      aidsAPage,
      { connector: "", externalId: "" },
      (after) => sql`
        select aid_id as "aidId", connector, external_id as "externalId", revision, name, status, recurrence, reason, watch,
          case reason when 'look-again' then watch ->> 'until' when 'dates-past' then last_date else changed_on end as since
        from (
          select *, case
            when withdrawn_at is not null then case when watch ->> 'state' = 'suspended' and watch ->> 'until' <= ${today} then 'look-again' end
            when watch ->> 'state' = 'confirmed' and watch ->> 'until' > ${today} then null
            when recurrence = 'recurring' and last_date < ${today} then 'dates-past'
            when coalesce(recurrence, 'ongoing') = 'ongoing' and deadline is null and changed_on < ${aYearAgo} then 'unchanged'
          end as reason from (
            select aids.*, ${shownField("name")} as name, ${shownField("recurrence")} as recurrence, ${shownField("submissionDeadline")} as deadline,
              ${lastDate} as last_date, ${lastChangedOn} as changed_on from aids_with_source aids
            where status in ('reviewable', 'published') and (${isLive} or watch is not null)
              and ${connector === undefined ? sql`true` : sql`connector = ${connector}`} and (connector, external_id) > (${after.connector}, ${after.externalId})
          ) looked
        ) judged where reason is not null order by connector, external_id limit ${aidsAPage}`,
    );
  }

  /**
   * Finds aids of other connectors whose titles share words with a title. Aids with the most shared words come first. Includes drafts and
   * aids out of scope.
   * `words`: beginnings of words, without case and accents. The search index must be up to date (`SearchRepository`). `is true`: see `findAlike`.
   */
  async similar(connector: string, words: readonly string[]): Promise<Aid[]> {
    const queries = words.slice(0, maxWords).map((word) => beginningOfWord(word, true));
    if (queries.length === 0) return [];
    const shared = sql.join(
      queries.map((word) => sql`(words @@ ${word}::tsquery)::int`),
      sql` + `,
    );
    const rows = await this.store.rows<AidRow>(sql`
      with met as (
        select aid_id, words from aid_search where words @@ ${pairsOf(queries)}::tsquery and connector <> ${connector}
          and (standing in ('live', 'review', 'draft', 'out-of-scope')) is true limit ${maxCandidates}
      ), best as (select aid_id, ${shared} as shared from met order by shared desc, aid_id limit ${maxResults})
      select ${aidColumns} from best join aids_with_source aids on aids.aid_id = best.aid_id order by best.shared desc, best.aid_id`);
    return rows.map(aidOf);
  }
}

/** The displayed content as JSON by field: edits over kept values over imported ones. */
const shown = sql`(imported || kept || coalesce((select jsonb_object_agg(key, value -> 'value') from jsonb_each(edits)), '{}'))`;

function filterCondition(filter: AidFilter): SQL {
  return allOf([
    filter.connector !== undefined && sql`connector = ${filter.connector}`,
    filter.externalId !== undefined && sql`external_id = ${filter.externalId}`,
    // The id may come from a form or a command line.
    filter.aidId === undefined ? sql`true` : isUuid(filter.aidId) ? sql`aid_id = ${filter.aidId}::uuid` : sql`false`,
    filter.aidIds !== undefined && sql`aid_id in (select jsonb_array_elements_text(${JSON.stringify(filter.aidIds)}::jsonb)::uuid)`,
    filter.mergedInto !== undefined && sql`merged_into = ${filter.mergedInto}::uuid and status = 'merged'`,
    filter.status !== undefined && sql`status = ${filter.status}`,
    filter.isWithdrawn !== undefined && sql`(withdrawn_at is not null) = ${filter.isWithdrawn}`,
    filter.isOutOfScope !== undefined && sql`(coalesce(${shown} -> 'outOfScope', 'null') <> 'null') = ${filter.isOutOfScope}`,
    filter.isContradicted !== undefined && sql`contradictions <> '[]'`,
    filter.search !== undefined &&
      sql`position(lower(${filter.search}) in lower(concat(${shown} ->> 'name', ' ', imported ->> 'nameInitial'))) > 0`,
    filter.lacks !== undefined && sql`coalesce(${shown} -> ${filter.lacks}, 'null') in ('null', '[]')`,
    filter.where !== undefined && valueCondition(filter.where.field, filter.where.value),
    filter.proposed === undefined ? sql`true` : filter.proposed === true ? sql`proposals <> '{}'` : sql`proposals ? ${filter.proposed}`,
  ]);
}

/** Matches list items by name, and territories by `scale:code` too. */
function valueCondition(field: AidField, value: string): SQL {
  const json = sql`(${shown} -> ${field})`;
  const [scale = "", code = ""] = value.split(":");
  return sql`(${shown} ->> ${field} = ${value} or ${json} @> to_jsonb(${value}::text) or ${json} @> jsonb_build_array(jsonb_build_object('name', ${value}::text))
    or ${json} @> jsonb_build_array(jsonb_build_object('scale', ${scale}::text, 'code', ${code}::text)))`;
}

/** Day of the publisher's last change: the later of the publisher's own date and the last import of a change, or else the creation. */
const lastChangedOn = sql`coalesce(
  greatest(
    aids.imported ->> 'sourceUpdatedDate',
    (select max(history.at at time zone 'Europe/Paris')::date::text from aid_history history join plans on plans.id = history.plan_id
      where history.aid_id = aids.aid_id and plans.origin = 'run' and history.kind in ('update', 'restore', 're-identify') and history.fields <> '{}')),
  (aids.created_at at time zone 'Europe/Paris')::date::text)`;

const lastDate = sql`greatest(${shownField("startDate")}, ${shownField("predepositDate")}, ${shownField("submissionDeadline")})`;

/** Returns a query for any two of the words, or for a single word. */
function pairsOf(words: readonly string[]): string {
  const pairs = words.flatMap((word, place) => words.slice(place + 1).map((other) => `(${word} & ${other})`));
  return pairs.length === 0 ? words.join("") : pairs.join(" | ");
}
