import { type SQL, sql } from "drizzle-orm";
import { comparableLink } from "../../model/text/comparable-link.ts";
import { comparableText } from "../../model/text/comparable-text.ts";
import type { TraceHit } from "../../model/trace/trace.ts";
import type { Store } from "../store.ts";
import { shownField } from "./shown-field.ts";
import { byIdentifier, byLink, byWords, isRepeated, recordKey, type TraceConditions } from "./trace-conditions.ts";

/** Maximum number of hits. */
export const maxHits = 50;

/** Scope of a search. */
export interface TraceScope {
  /** Only this connector. */
  readonly connector?: string | undefined;
  /**
   * Faster but less complete: finds aids in the search index (which must be up to date) by the beginnings of words, and rejected records
   * in each connector's last feed.
   */
  readonly isQuick?: boolean;
}

/**
 * Finds aids by identifier (ours, the publisher's current or former one, `connector/identifier`), otherwise by link or by words of the
 * title. Aids in the catalogue come first; their rejected records are not listed again. In rejected records, words are searched everywhere.
 */
export async function findTraceHits(store: Store, query: string, { connector, isQuick = false }: TraceScope): Promise<TraceHit[]> {
  const named = await findWhere(store, byIdentifier(query, isQuick), connector);
  if (named.length > 0) return named.map(withoutText);
  const link = comparableLink(query);
  if (link === null) {
    const found = await findWhere(store, byWords(query, isQuick), connector);
    const whole = found.filter(({ title }) => comparableText(title ?? "") === comparableText(query));
    return (whole.length > 0 ? whole : found).map(withoutText);
  }
  const found = await findWhere(store, byLink(query, isQuick), connector, true);
  return found.filter(({ links }) => linksIn(links).includes(link)).map(withoutText);
}

function withoutText({ links: _, ...hit }: Found): TraceHit {
  return hit;
}

interface Found extends TraceHit {
  /** Text to extract links from. Null if links are not compared. */
  readonly links: string | null;
}

async function findWhere(store: Store, conditions: TraceConditions, connector: string | undefined, withLinks = false): Promise<Found[]> {
  // Convert aids to text only to compare links, because that takes longer than finding the aids.
  const text = (whole: SQL) => (withLinks ? whole : sql`null::text`);
  const isOf = (column: SQL) => (connector === undefined ? sql`true` : sql`${column} = ${connector}`);
  const rows = await store.rows<Found>(sql`
    with present as (
      select 'catalogue' as place, connector, external_id, aid_id, ${shownField("name")} as title, null::jsonb as seen,
        ${text(sql`concat_ws(' ', imported::text, kept::text, edits::text, site_url)`)} as links
      from aids_with_source aids where ${isOf(sql`connector`)} and ${conditions.aid} order by connector, external_id limit ${maxHits}
    ), planned as (
      select 'plan', plans.connector, changes.external_id, changes.aid_id, contents.content ->> 'name', null::jsonb, ${text(sql`contents.content::text`)}
      from plans join changes on changes.plan_id = plans.id and changes.kind = 'create' and changes.part is null
        left join planned_aids prepared on prepared.run_id = plans.run_id and prepared.external_id = changes.external_id
        left join contents on contents.id = prepared.content_id
      where plans.complete and plans.state <> 'applied' and ${isOf(sql`plans.connector`)} and ${conditions.planned}
        and not exists (select from aids where aids.aid_id = changes.aid_id)
      order by plans.created_at desc limit ${maxHits}
    ), removed as (
      select 'removed', connector, external_id, aid_id, null, null::jsonb, null
      from removed_aids where ${isOf(sql`connector`)} and ${conditions.removed} order by connector, external_id limit ${maxHits}
    ), rejected as (
      select distinct on (runs.connector, ${recordKey}) 'rejected', runs.connector, rejected.external_id, null::uuid, null,
        jsonb_build_object('runId', runs.id, 'locator', rejected.locator, 'recordKey', ${recordKey}), ${text(sql`rejected.record::text`)}
      from rejected_records rejected join runs on runs.id = rejected.run_id
      where ${isOf(sql`runs.connector`)} and ${conditions.rejected}
        and (${isRepeated} or not exists (select from aids where aids.connector = runs.connector and aids.external_id = rejected.external_id))
      order by runs.connector, ${recordKey}, rejected.id desc limit ${maxHits}
    ), ours as (
      select distinct on (plans.connector, remark.external_id) 'ours', plans.connector, remark.external_id, null::uuid, null, null::jsonb, null
      from plan_remarks remark join plans on plans.id = remark.plan_id
      where remark.code = 'our-own' and plans.complete and ${isOf(sql`plans.connector`)} and ${conditions.ours} limit ${maxHits}
    )
    select place, connector, external_id as "externalId", aid_id as "aidId", title, seen, links from (
      select * from present union all select * from planned union all select * from removed union all select * from rejected union all select * from ours
    ) found`);
  return distinct(rows).slice(0, maxHits);
}

/** Keeps the first of the hits with the same connector and identifier. */
function distinct(hits: readonly Found[]): Found[] {
  const first = new Map<string, Found>();
  for (const hit of hits) {
    const key = `${hit.connector}/${hit.externalId ?? hit.seen?.recordKey}`;
    if (!first.has(key)) first.set(key, hit);
  }
  return [...first.values()];
}

/** Returns the links in a text in comparable form. */
function linksIn(text: string | null): (string | null)[] {
  return [...(text ?? "").matchAll(/https?:\/\/[^\s"<>\\]+/gi)].map(([link]) => comparableLink(link));
}
