import { type SQL, sql } from "drizzle-orm";
import { comparableLink } from "../aid/comparable-link.ts";
import { comparableText } from "../aid/comparable-text.ts";
import type { TraceHit } from "../aid/trace.ts";
import { shownField } from "./shown-field.ts";
import type { Store } from "./store.ts";
import { wordsPattern } from "./words-pattern.ts";

/** Where to look: for aids, creations that plans hold, aids that undo removed, rejected records, records that are our own, each with its condition. */
interface Conditions {
  readonly aid: SQL;
  readonly planned: SQL;
  readonly removed: SQL;
  readonly rejected: SQL;
  readonly ours: SQL;
}

/** The most that is found: who gets as many asks with other words. */
export const mostHits = 50;

/**
 * What answers to an identifier (ours, the publisher's of today or before, `connector/identifier`), else to a link, else to a title or words of one. Aids come first;
 * a rejected record of an aid that is held is that aid's. A title of a rejected record is looked for in the whole record, as it was received.
 */
export async function findTraces(store: Store, asked: string, connector?: string): Promise<TraceHit[]> {
  const named = await findWhere(store, byIdentifier(asked), connector);
  if (named.length > 0) return named.map(withoutText);
  const link = comparableLink(asked);
  if (link === null) {
    const found = await findWhere(store, byWords(asked), connector);
    const whole = found.filter(({ title }) => comparableText(title ?? "") === comparableText(asked));
    return (whole.length > 0 ? whole : found).map(withoutText);
  }
  const found = await findWhere(store, byLink(asked), connector);
  return found.filter(({ links }) => linksIn(links).includes(link)).map(withoutText);
}

function withoutText({ links: _, ...hit }: Found): TraceHit {
  return hit;
}

interface Found extends TraceHit {
  /** Text in which links are looked for. */
  readonly links: string | null;
}

async function findWhere(store: Store, conditions: Conditions, connector: string | undefined): Promise<Found[]> {
  const isOf = (column: SQL) => (connector === undefined ? sql`true` : sql`${column} = ${connector}`);
  const rows = await store.rows<Found>(sql`
    with held as (
      select 'catalogue' as place, connector, external_id, aid_id, ${shownField("name")} as title, null::jsonb as seen,
        concat_ws(' ', imported::text, kept::text, edits::text, site_url) as links
      from aids where ${isOf(sql`connector`)} and ${conditions.aid} order by connector, external_id limit ${mostHits}
    ), planned as (
      select 'plan', plans.connector, changes.external_id, changes.aid_id, prepared.content ->> 'name', null::jsonb, prepared.content::text
      from plans join changes on changes.plan_id = plans.id and changes.kind = 'create' and changes.part is null
        left join planned_aids prepared on prepared.run_id = plans.run_id and prepared.external_id = changes.external_id
      where plans.complete and plans.state <> 'applied' and ${isOf(sql`plans.connector`)} and ${conditions.planned}
        and not exists (select from aids where aids.aid_id = changes.aid_id)
      order by plans.created_at desc limit ${mostHits}
    ), removed as (
      select 'removed', connector, external_id, aid_id, null, null::jsonb, null
      from removed_aids where ${isOf(sql`connector`)} and ${conditions.removed} order by connector, external_id limit ${mostHits}
    ), rejected as (
      select distinct on (runs.connector, ${recordKey}) 'rejected', runs.connector, rejected.external_id, null::uuid, null,
        jsonb_build_object('runId', runs.id, 'locator', rejected.locator, 'recordKey', ${recordKey}), rejected.record::text
      from rejected_records rejected join runs on runs.id = rejected.run_id
      where ${isOf(sql`runs.connector`)} and ${conditions.rejected}
        and (${isRepeated} or not exists (select from aids where aids.connector = runs.connector and aids.external_id = rejected.external_id))
      order by runs.connector, ${recordKey}, rejected.id desc limit ${mostHits}
    ), ours as (
      select distinct on (plans.connector, remark.external_id) 'ours', plans.connector, remark.external_id, null::uuid, null, null::jsonb, null
      from plan_remarks remark join plans on plans.id = remark.plan_id
      where remark.code = 'our-own' and plans.complete and ${isOf(sql`plans.connector`)} and ${conditions.ours} limit ${mostHits}
    )
    select place, connector, external_id as "externalId", aid_id as "aidId", title, seen, links from (
      select * from held union all select * from planned union all select * from removed union all select * from rejected union all select * from ours
    ) found`);
  return distinct(rows).slice(0, mostHits);
}

/** It is a record of something else, under the identifier of another one. */
export const isRepeated = sql`rejected.reasons @> '[{"code": "duplicate-id"}]'`;

/** What makes a rejected record the same in several runs: its identifier, else its content. */
export const recordKey = sql`coalesce(rejected.external_id, md5(rejected.record::text))`;

/** The same identifier of the same connector is one thing, wherever it is found. */
function distinct(hits: readonly Found[]): Found[] {
  const first = new Map<string, Found>();
  for (const hit of hits) {
    const key = `${hit.connector}/${hit.externalId ?? hit.seen?.recordKey}`;
    if (!first.has(key)) first.set(key, hit);
  }
  return [...first.values()];
}

function byIdentifier(asked: string): Conditions {
  const slash = asked.indexOf("/");
  const isNamed = (connector: SQL, externalId: SQL, aidId: SQL) => sql`(${externalId} = ${asked} or ${aidId}::text = ${asked.toLowerCase()}
    or ${slash < 1 ? sql`false` : sql`(${connector} = ${asked.slice(0, slash)} and ${externalId} = ${asked.slice(slash + 1)})`})`;
  const hadName = sql`aid_id in (
    select history.aid_id from aid_history history join aids named on named.aid_id = history.aid_id
    where history.kind = 're-identify' and ${isNamed(sql`named.connector`, sql`history.before ->> 'externalId'`, sql`null`)})`;
  return {
    aid: sql`(${isNamed(sql`connector`, sql`external_id`, sql`aid_id`)} or ${hadName})`,
    planned: isNamed(sql`plans.connector`, sql`changes.external_id`, sql`changes.aid_id`),
    removed: isNamed(sql`connector`, sql`external_id`, sql`aid_id`),
    rejected: isNamed(sql`runs.connector`, sql`rejected.external_id`, sql`null`),
    ours: isNamed(sql`plans.connector`, sql`remark.external_id`, sql`null`),
  };
}

function byWords(asked: string): Conditions {
  const isIn = (text: SQL, words = asked) => sql`${text} ~ ${wordsPattern(words)}`;
  // The words stand in JSON as JSON writes them: a quotation mark has a backslash before it.
  const inJson = JSON.stringify(asked).slice(1, -1);
  return {
    aid: isIn(sql`concat(${shownField("name")}, ' | ', imported ->> 'nameInitial')`),
    planned: isIn(sql`prepared.content ->> 'name'`),
    removed: sql`false`,
    rejected: isIn(sql`rejected.record::text`, inJson),
    ours: sql`false`,
  };
}

/** A first, wide choice by the path, as it is written or as people read it; the links themselves are compared afterwards. */
function byLink(asked: string): Conditions {
  const { hostname, pathname } = new URL(asked);
  const path = pathname.replace(/\/+$/, "") || hostname;
  const isIn = (text: SQL) =>
    sql`(position(lower(${path}) in lower(${text})) > 0 or position(lower(${readable(path)}) in lower(${text})) > 0)`;
  return {
    aid: isIn(sql`concat_ws(' ', imported::text, kept::text, edits::text, site_url)`),
    planned: isIn(sql`prepared.content::text`),
    removed: sql`false`,
    rejected: isIn(sql`rejected.record::text`),
    ours: sql`false`,
  };
}

/** `/logement%C3%A9` as `/logementé`; as it stands where it is not so encoded. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The links in a text, as they are compared. */
function linksIn(text: string | null): (string | null)[] {
  return [...(text ?? "").matchAll(/https?:\/\/[^\s"<>\\]+/gi)].map(([link]) => comparableLink(link));
}
