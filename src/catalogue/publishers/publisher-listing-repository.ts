import { sql } from "drizzle-orm";
import { storableJson } from "../storable-json.ts";
import type { Store } from "../store.ts";
import type { By } from "./publisher-repository.ts";

/** What is listed, and whose connectors are known. */
export interface Listing {
  readonly seeds: ReadonlySet<string>;
  readonly connectors: ReadonlySet<string>;
}

/** What a list says beside the facts on a publisher. */
export interface PublisherActivity {
  readonly publisherId: string;
  readonly connectors: number;
  /** Aids of its connectors that are on the site. */
  readonly liveAids: number;
  /** When something was last said with it; null: never. */
  readonly lastExchangeAt: Date | null;
  /** A licence was agreed on once; where none is noted any more, that agreement was withdrawn. */
  readonly wasAgreed: boolean;
}

/** Aids of a connector that are on the site, by the licence under which each goes out. */
export interface LiveLicence {
  readonly connector: string;
  readonly licence: string;
  readonly aids: number;
}

/** A next action whose day has come. */
export interface ActionDue {
  readonly publisherId: string;
  readonly publisher: string;
  readonly action: string;
  /** `YYYY-MM-DD` */
  readonly dueOn: string;
  /** Name of ours; null: nobody. */
  readonly personInCharge: string | null;
}

/** Kinds of entries by which something was said with a publisher, in either direction. */
const exchanged = sql`('call', 'mail', 'meeting', 'letter-sent', 'letter-answered')`;

/** What keeps the list of publishers as the connectors and aids are, and what a list says of all of them at once. */
export class PublisherListingRepository {
  constructor(private readonly store: Store) {}

  /** What is listed already: asked often, answered in one statement. */
  async listing(): Promise<Listing> {
    const { seeds, connectors } = await this.store.row<{ seeds: string[]; connectors: string[] }>(sql`
      select (select coalesce(jsonb_agg(seed), '[]') from publishers where seed is not null) as seeds,
        (select coalesce(jsonb_agg(connector), '[]') from publisher_connectors) as connectors`);
    return { seeds: new Set(seeds), connectors: new Set(connectors) };
  }

  /** Says whose connectors are, of those that are nobody's: one that somebody has given to a publisher meanwhile stays there. */
  async assignUnowned(owners: readonly { readonly connector: string; readonly publisherId: string }[]): Promise<void> {
    await this.store.rows(sql`
      insert into publisher_connectors (connector, publisher)
      select connector, publisher::uuid from jsonb_to_recordset(${storableJson(owners.map(({ connector, publisherId }) => ({ connector, publisher: publisherId })))}::jsonb)
        as given (connector text, publisher text)
      on conflict (connector) do nothing`);
  }

  /**
   * Moves those to `online` of whose connectors an aid is on the site, where they stand before it (not those that are paused or have refused), and writes both into their log.
   * One that was online once stays where a person has put it back.
   * @returns how many
   */
  async markOnline({ by, now }: By): Promise<number> {
    const at = sql`${now.toISOString()}::timestamptz`;
    const moved = await this.store.rows(sql`
      with ready as (
        select id, stage from publishers where stage in ('spotted', 'contacted', 'talking', 'agreed') and exists (
          select from publisher_connectors own join aid_search on aid_search.connector = own.connector and aid_search.standing = 'live' where own.publisher = publishers.id)
          and not exists (
            select from exchanges moved where moved.publisher = publishers.id and moved.kind = 'stage' and moved.details ->> 'to' = 'online')
        order by id for update),
      moved as (
        update publishers set stage = 'online', stage_since = ${at}, revision = revision + 1, updated_by = ${by}, updated_at = ${at} from ready where publishers.id = ready.id returning publishers.id)
      insert into exchanges (publisher, at, kind, details, by)
      select ready.id, ${at}, entry.kind, entry.details, ${by} from ready join moved on moved.id = ready.id cross join lateral (values
        (1, 'stage', jsonb_build_object('from', ready.stage, 'to', 'online')),
        (2, 'online', jsonb_build_object('connectors', (select jsonb_agg(connector order by connector) from publisher_connectors own where own.publisher = ready.id)))
      ) entry (place, kind, details) order by ready.id, entry.place returning 1`);
    return moved.length / 2;
  }

  /** Of every publisher. */
  async activity(): Promise<PublisherActivity[]> {
    const rows = await this.store.rows<Omit<PublisherActivity, "lastExchangeAt"> & { lastExchangeAt: string | null }>(sql`
      with live as (select connector, count(*)::int as aids from aid_search where standing = 'live' group by connector),
      own as (
        select publisher, count(*)::int as connectors, coalesce(sum(live.aids), 0)::int as aids
        from publisher_connectors left join live on live.connector = publisher_connectors.connector group by publisher),
      said as (
        select publisher, max(exchanges.at) filter (where kind in ${exchanged}) as at, bool_or(kind = 'agreement' and details ->> 'licence' is not null) as agreed
        from exchanges where kind in ${exchanged} or kind = 'agreement' group by publisher)
      select publishers.id as "publisherId", coalesce(own.connectors, 0) as connectors, coalesce(own.aids, 0) as "liveAids", said.at::text as "lastExchangeAt",
        coalesce(said.agreed, false) as "wasAgreed"
      from publishers left join own on own.publisher = publishers.id left join said on said.publisher = publishers.id`);
    return rows.map((row) => ({ ...row, lastExchangeAt: row.lastExchangeAt === null ? null : new Date(row.lastExchangeAt) }));
  }

  /** What is on the site of these connectors. */
  async liveLicences(connectors: readonly string[]): Promise<LiveLicence[]> {
    return this.store.rows<LiveLicence>(sql`
      select connector, licence, count(*)::int as aids from aid_search
      where standing = 'live' and connector in (select jsonb_array_elements_text(${storableJson(connectors)}::jsonb)) group by connector, licence order by connector, licence`);
  }

  /** Next actions whose day has come by `day` (`YYYY-MM-DD`), the oldest first; none of publishers that have refused. */
  async actionsDue(day: string, limit = 500): Promise<ActionDue[]> {
    return this.store.rows<ActionDue>(sql`
      select publishers.id as "publisherId", publishers.name as publisher, next_action as action, next_action_on::text as "dueOn", people.name as "personInCharge"
      from publishers left join people on people.id = person_in_charge
      where next_action_on <= ${day}::date and next_action is not null and stage <> 'refused' order by next_action_on, publishers.name limit ${limit}`);
  }

  /** Removes the contacts of publishers that refused before an instant and have not come back since. @returns how many */
  async pruneContacts(before: Date): Promise<number> {
    const gone = await this.store.rows(sql`
      delete from publisher_contacts using publishers where publishers.id = publisher_contacts.publisher
        and publishers.stage = 'refused' and publishers.stage_since < ${before.toISOString()}::timestamptz returning 1`);
    return gone.length;
  }
}
