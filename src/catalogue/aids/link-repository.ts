import { type SQL, sql } from "drizzle-orm";
import type { AidLink, LinkState, LinkVerdict } from "../../model/publisher/link-verdict.ts";
import { storableJson } from "../../model/text/storable.ts";
import { linkWords } from "../search/search-words.ts";
import { isoInstant, type Store } from "../store.ts";
import { isLive, shownField } from "./shown-field.ts";

/** A claimed link. Only the caller may check it and contact its host. `heldUntil`: end of the claim, in the database's format. */
export interface TakenLink {
  readonly url: string;
  readonly host: string;
  readonly heldUntil: string;
}

/** Links that live aids display, one row per aid and field. */
const liveLinks = sql`(
  select aids.aid_id, aids.connector, aids.external_id, ${shownField("name")} as name, shown.field, shown.url
  from aids_with_source aids cross join lateral (
    values ('originUrl', ${shownField("originUrl")}), ('applicationUrl', ${shownField("applicationUrl")})) as shown (field, url)
  where ${isLive} and shown.url is not null)`;

/** Returns the condition that a link was never checked, or not for a week. */
function dueCondition(now: Date): SQL {
  return sql`(links.checked_at is null or links.checked_at <= ${now.toISOString()}::timestamptz - interval '7 days')`;
}

/** Links of live aids and their check results. The database's clock, not `now`, measures how long a host rests. */
export class LinkRepository {
  constructor(private readonly store: Store) {}

  /** Adds links that live aids newly display and removes links that none displays any more. */
  async sync(): Promise<{ added: number; dropped: number }> {
    return this.store.transaction(async (transaction) => {
      const dropped = await transaction.rows(sql`
        delete from links where not exists (select from ${liveLinks} live where live.url = links.url) returning 1`);
      const found = await transaction.values<string>(sql`
        select distinct live.url from ${liveLinks} live where not exists (select from links where links.url = live.url)`);
      const added = found.map((url) => ({ url, host: hostOf(url) }));
      const rows = sql`jsonb_to_recordset(${storableJson(added)}::jsonb) as added (url text, host text)`;
      await transaction.rows(sql`
        insert into hosts (host, not_before) select distinct host, clock_timestamp() from ${rows} order by host on conflict do nothing`);
      await transaction.rows(sql`
        insert into links (url, host, state) select url, host, 'unchecked' from ${rows} order by url on conflict do nothing`);
      return { added: added.length, dropped: dropped.length };
    });
  }

  /**
   * Claims a due link of the host that has rested longest. Returns null if all hosts with due links are busy or resting. Nobody else
   * contacts the host for `holdMs`, or until `record` or `release` is called.
   */
  async take(now: Date, holdMs: number): Promise<TakenLink | null> {
    return this.store.transaction(async (transaction) => {
      const free = await transaction.findValue<string>(sql`
        select host from hosts where not_before <= clock_timestamp()
          and exists (select from links where links.host = hosts.host and ${dueCondition(now)})
        order by not_before, host limit 1 for update skip locked`);
      if (free === null) return null;
      // A separate statement, so that it sees what the previous holder of this host has just recorded.
      return transaction.find<TakenLink>(sql`
        with chosen as (
          select url, host from links where host = ${free} and ${dueCondition(now)} order by checked_at nulls first, url limit 1
        ), claimed as (
          update hosts set not_before = clock_timestamp() + ${milliseconds(holdMs)} from chosen where hosts.host = chosen.host returning not_before
        )
        select chosen.url, chosen.host, claimed.not_before::text as "heldUntil" from chosen, claimed`);
    });
  }

  /** Returns the milliseconds until `take` may return a link, or null if none is due. */
  async untilNext(now: Date): Promise<number | null> {
    return this.store.findValue<number>(sql`
      select greatest(0, ceil(extract(epoch from min(not_before) - clock_timestamp()) * 1000))::float8 as wait from hosts
      where exists (select from links where links.host = hosts.host and ${dueCondition(now)}) having count(*) > 0`);
  }

  /**
   * Records a check result and lets the host rest for `restMs`. A link is dead if it fails again a week after the first failure, without a
   * success in between.
   */
  async record(taken: TakenLink, { state, status, reason }: LinkVerdict, { now, restMs }: { now: Date; restMs: number }): Promise<void> {
    const at = sql`${now.toISOString()}::timestamptz`;
    const isFailing = state === "failing";
    // Not 7 days, because the check a week later may be some hours earlier in the day.
    const next = isFailing ? sql`case when first_failed_at <= ${at} - interval '6.5 days' then 'dead' else 'failing' end` : sql`${state}`;
    await this.store.transaction(async (transaction) => {
      await transaction.rows(sql`
        update links set state = ${next}, checked_at = ${at}, status = ${status}::integer, reason = ${reason}::text,
          first_failed_at = ${isFailing ? sql`coalesce(first_failed_at, ${at})` : sql`null`}
        where url = ${taken.url}`);
      await new LinkRepository(transaction).release(taken, restMs);
    });
  }

  /** Releases a link and lets its host rest for `restMs`, or longer if somebody else requested a longer rest. */
  async release({ host, heldUntil }: TakenLink, restMs: number): Promise<void> {
    await this.store.rows(sql`
      update hosts set not_before = greatest(
        clock_timestamp() + ${milliseconds(restMs)}, case when not_before <> ${heldUntil}::timestamptz then not_before end)
      where host = ${host}`);
  }

  /** Lists links of live aids in these states, by state, address and aid. Without a connector, the search index must be up to date. */
  async list(filter: { readonly states: readonly LinkState[]; readonly connector?: string | undefined }): Promise<AidLink[]> {
    const isInState = sql`links.state in (select jsonb_array_elements_text(${storableJson(filter.states)}::jsonb))`;
    if (filter.connector !== undefined) return this.listed(sql`${isInState} and live.connector = ${filter.connector}`);
    const urls = await this.store.values<string>(sql`select url from links where ${isInState}`);
    if (urls.length === 0) return [];
    return this.listed(sql`${isInState} and ${displaysOneOf(urls)}`);
  }

  /** Lists dead links of live aids, of one connector or all: see `list`. */
  async deadLinks(connector?: string): Promise<AidLink[]> {
    return this.list({ states: ["dead"], connector });
  }

  /** Lists the links of an aid in any state. Empty if the aid is not live. */
  async ofAid(aidId: string): Promise<AidLink[]> {
    return this.listed(sql`live.aid_id = ${aidId}::uuid`);
  }

  /** Counts links by state. States without links are left out. */
  async count(): Promise<Partial<Record<LinkState, number>>> {
    return Object.fromEntries(await this.store.map<LinkState, number>(sql`select state, count(*)::int as count from links group by state`));
  }

  private async listed(where: SQL): Promise<AidLink[]> {
    return this.store.rows<AidLink>(sql`
      select live.aid_id as "aidId", live.connector, live.external_id as "externalId", live.name, live.field, live.url, links.state,
        ${isoInstant(sql`coalesce(links.first_failed_at, links.checked_at)`)} as since, ${isoInstant(sql`links.checked_at`)} as "checkedAt",
        links.status, links.reason
      from ${liveLinks} live join links on links.url = live.url where ${where}
      order by links.state, live.url, live.connector, live.external_id, live.field desc`);
  }
}

/** Returns a condition on `live` that is true for aids that display one of the links. The index does not contain home pages of sites. */
function displaysOneOf(urls: readonly string[]): SQL {
  const words = urls.map((url) => linkWords([url])[0]);
  if (words.includes(undefined)) return sql`true`;
  const query = words.map((word) => `'${word}'`).join(" | ");
  return sql`live.aid_id = any(array(select aid_id from aid_search where words @@ ${query}::tsquery))`;
}

function milliseconds(count: number): SQL {
  return sql`make_interval(secs => ${count / 1000}::float8)`;
}

/** Returns host and port in the form of `hosts`, or an empty text for an invalid address. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}
