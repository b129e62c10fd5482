import { sql } from "drizzle-orm";
import type { PublisherAction } from "../../model/run/digest.ts";
import { storableJson } from "../../model/text/storable.ts";
import type { Store } from "../store.ts";
import type { By } from "./publisher-repository.ts";

/** Seeds of the listed publishers, and connectors that have a publisher. */
export interface Listing {
  readonly seeds: ReadonlySet<string>;
  readonly connectors: ReadonlySet<string>;
}

/** Activity of a publisher, shown in lists. */
export interface PublisherActivity {
  readonly publisherId: string;
  readonly connectors: number;
  /** Aids of its connectors on the site. */
  readonly liveAids: number;
  /** Time of the last exchange with it. Null: never. */
  readonly lastExchangeAt: Date | null;
  /** A licence was agreed on at some time. If no licence is recorded now, the agreement was withdrawn. */
  readonly wasAgreed: boolean;
}

/** Aids of a connector on the site, by licence. */
export interface LiveLicence {
  readonly connector: string;
  readonly licence: string;
  readonly aids: number;
}

/** A next action that is due. */
export interface ActionDue extends Omit<PublisherAction, "isOverdue" | "page"> {
  readonly publisherId: string;
}

/** Kinds of log entries that are an exchange with the publisher, in either direction. */
const exchanged = sql`('call', 'mail', 'meeting', 'letter-sent', 'letter-answered')`;

/** Keeps the list of publishers in line with connectors and aids, and reads facts over all publishers. */
export class PublisherListingRepository {
  constructor(private readonly store: Store) {}

  /** Returns the listed seeds and connectors. A single statement, because it runs often. */
  async listing(): Promise<Listing> {
    const { seeds, connectors } = await this.store.row<{ seeds: string[]; connectors: string[] }>(sql`
      select (select coalesce(jsonb_agg(seed), '[]') from publishers where seed is not null) as seeds,
        (select coalesce(jsonb_agg(connector), '[]') from publisher_connectors) as connectors`);
    return { seeds: new Set(seeds), connectors: new Set(connectors) };
  }

  /** Assigns publishers to connectors. A connector that already has a publisher keeps it. */
  async assignUnowned(owners: readonly { readonly connector: string; readonly publisherId: string }[]): Promise<void> {
    await this.store.rows(sql`
      insert into publisher_connectors (connector, publisher)
      select connector, publisher::uuid from jsonb_to_recordset(${storableJson(owners.map(({ connector, publisherId }) => ({ connector, publisher: publisherId })))}::jsonb)
        as given (connector text, publisher text)
      on conflict (connector) do nothing`);
  }

  /**
   * Moves publishers to the stage `online` once an aid of their connectors is on the site, and logs it. Skips publishers at the
   * stages `paused` and `refused`, and publishers that a person moved back from `online`.
   * @returns number of publishers moved
   */
  async markOnline({ by, now }: By): Promise<number> {
    const at = sql`${now.toISOString()}::timestamptz`;
    const moved = await this.store.rows(sql`
      with ready as (
        select id, stage from publishers where stage in ('spotted', 'contacted', 'talking', 'agreed') and exists (
          select from publisher_connectors own cross join lateral (
            select from aid_search where aid_search.connector = own.connector and aid_search.standing = 'live' limit 1) live where own.publisher = publishers.id)
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

  /** Lists the sites of publishers that have no connector, and did not refuse the partnership. */
  async sitesWithoutFeed(): Promise<{ readonly name: string; readonly website: string }[]> {
    return this.store.rows(sql`
      select name, website from publishers
      where website is not null and stage <> 'refused' and not exists (select from publisher_connectors where publisher = publishers.id)
      order by id`);
  }

  /** Lists the activity of every publisher. */
  async activity(): Promise<PublisherActivity[]> {
    const select = sql`
      with live as (select connector, count(*)::int as aids from aid_search where standing = 'live' group by connector),
      own as (
        select publisher, count(*)::int as connectors, coalesce(sum(live.aids), 0)::int as aids
        from publisher_connectors left join live on live.connector = publisher_connectors.connector group by publisher),
      log as (
        select publisher, max(exchanges.at) filter (where kind in ${exchanged}) as at, bool_or(kind = 'agreement' and details ->> 'licence' is not null) as agreed
        from exchanges where kind in ${exchanged} or kind = 'agreement' group by publisher)
      select publishers.id as "publisherId", coalesce(own.connectors, 0) as connectors, coalesce(own.aids, 0) as "liveAids", log.at::text as "lastExchangeAt",
        coalesce(log.agreed, false) as "wasAgreed"
      from publishers left join own on own.publisher = publishers.id left join log on log.publisher = publishers.id`;
    return this.store.datedRows<PublisherActivity>(["lastExchangeAt"], select);
  }

  /** Counts aids of these connectors on the site, by licence. */
  async liveLicences(connectors: readonly string[]): Promise<LiveLicence[]> {
    return this.store.rows<LiveLicence>(sql`
      select connector, licence, count(*)::int as aids from aid_search
      where standing = 'live' and connector in (select jsonb_array_elements_text(${storableJson(connectors)}::jsonb)) group by connector, licence order by connector, licence`);
  }

  /** Lists next actions due by `day` (`YYYY-MM-DD`), oldest first. Leaves out publishers at the stage `refused`. */
  async actionsDue(day: string, limit = 500): Promise<ActionDue[]> {
    return this.store.rows<ActionDue>(sql`
      select publishers.id as "publisherId", publishers.name as publisher, next_action as action, next_action_on::text as "dueOn", people.name as "personInCharge"
      from publishers left join people on people.id = person_in_charge
      where next_action_on <= ${day}::date and next_action is not null and stage <> 'refused' order by next_action_on, publishers.name limit ${limit}`);
  }

  /**
   * Deletes the contacts of publishers that have been at the stage `refused` since before an instant.
   * @returns number of contacts deleted
   */
  async pruneContacts(before: Date): Promise<number> {
    const gone = await this.store.rows(sql`
      delete from publisher_contacts using publishers where publishers.id = publisher_contacts.publisher
        and publishers.stage = 'refused' and publishers.stage_since < ${before.toISOString()}::timestamptz returning 1`);
    return gone.length;
  }
}
