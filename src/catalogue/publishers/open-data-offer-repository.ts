import { getTableColumns, sql } from "drizzle-orm";
import { storableJson } from "../../model/text/storable.ts";
import { openDataOffers, publishers } from "../schema/partner-tables.ts";
import { isoInstants, isUuid, type RowOf, type Store } from "../store.ts";

const { publisher, csv: _csv, zip: _zip, ...others } = getTableColumns(openDataOffers);
const facts = isoInstants({ publisherId: publisher, publisher: publishers.name, ...others });
const from = sql`from open_data_offers join publishers on publishers.id = open_data_offers.publisher`;

/**
 * Facts about a publisher's file, without its contents. `slug`: name in the daily address. `sha256`: of the CSV. `leftOut`: number of aids that
 * the schema cannot represent, by reason. `changedAt`: when its contents changed last. `validatedBy`, `validatedAs`: the person of the
 * publisher who validated the file, and its function; null before.
 */
export type OpenDataOffer = RowOf<typeof facts>;

/** A publisher's open-data file as it was made. */
export interface MadeOffer extends Pick<OpenDataOffer, "sha256" | "aids" | "leftOut"> {
  readonly csv: Uint8Array;
  readonly zip: Uint8Array;
}

/** Files of publishers' aids that they may validate as their open data. */
export class OpenDataOfferRepository {
  constructor(private readonly store: Store) {}

  /** Stores the file of a publisher, or replaces its contents. `slug`: used if it is new; another publisher's slug gets a number. */
  async offer(
    publisherId: string,
    file: MadeOffer,
    offer: { readonly slug: string; readonly by: string; readonly now: Date },
  ): Promise<void> {
    const at = offer.now.toISOString();
    await this.store.transaction(async (transaction) => {
      await transaction.lock("open data offers");
      await transaction.rows(sql`
        insert into open_data_offers (publisher, slug, csv, zip, sha256, aids, left_out, made_at, changed_at, offered_by, offered_at)
        select ${publisherId}::uuid, (
            select candidate from (select ${offer.slug} || case when number = 1 then '' else '-' || number end as candidate, number from generate_series(1, 1000) number) slugs
            where not exists (select from open_data_offers other where other.slug = candidate and other.publisher <> ${publisherId}::uuid) order by number limit 1),
          decode(${base64(file.csv)}, 'base64'), decode(${base64(file.zip)}, 'base64'), ${file.sha256}, ${file.aids}, ${storableJson(file.leftOut)}::jsonb,
          ${at}::timestamptz, ${at}::timestamptz, ${offer.by}, ${at}::timestamptz
        on conflict (publisher) do nothing`);
    });
    await this.update(publisherId, file, offer.now);
  }

  /** Replaces the contents of a publisher's file. Returns false if the publisher has none. */
  async update(publisherId: string, { csv, zip, sha256, aids, leftOut }: MadeOffer, now: Date): Promise<boolean> {
    const at = sql`${now.toISOString()}::timestamptz`;
    return this.store.any(sql`
      update open_data_offers set csv = decode(${base64(csv)}, 'base64'), zip = decode(${base64(zip)}, 'base64'), aids = ${aids}, left_out = ${storableJson(leftOut)}::jsonb,
        made_at = ${at}, changed_at = case when sha256 = ${sha256} then changed_at else ${at} end, sha256 = ${sha256}
      where publisher = ${publisherId}::uuid returning 1`);
  }

  /** Returns the day in Paris on which each aid changed last, by id: aids of these connectors, or all. */
  async changeDays(connectors?: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const chosen = sql`where connector in (select jsonb_array_elements_text(${storableJson(connectors ?? [])}::jsonb))`;
    return this.store.map<string, string>(sql`
      select aid_id::text as "aidId", (updated_at at time zone 'Europe/Paris')::date::text as day from aids ${connectors === undefined ? sql`` : chosen}`);
  }

  /** Lists the files of all publishers, by name. */
  list(): Promise<OpenDataOffer[]> {
    return this.store.select(facts, sql`${from} order by publishers.name, open_data_offers.publisher`);
  }

  /** Returns the facts about a publisher's file, or null. */
  async find(publisherId: string): Promise<OpenDataOffer | null> {
    if (!isUuid(publisherId)) return null;
    return this.store.selectOne(facts, sql`${from} where open_data_offers.publisher = ${publisherId}::uuid`);
  }

  /** Returns the facts about the file of a connector's publisher, or null. */
  async findByConnector(connector: string): Promise<OpenDataOffer | null> {
    return this.store.selectOne(
      facts,
      sql`${from} join publisher_connectors own on own.publisher = publishers.id where own.connector = ${connector}`,
    );
  }

  /** Returns the facts about the file with this name in its daily address, or null. */
  async findBySlug(slug: string): Promise<OpenDataOffer | null> {
    return this.store.selectOne(facts, sql`${from} where open_data_offers.slug = ${slug}`);
  }

  /** Returns the CSV or the zip of a publisher's file, or null. */
  async contents(publisherId: string, name: "csv" | "zip"): Promise<Uint8Array | null> {
    const column = name === "csv" ? sql`csv` : sql`zip`;
    const text = await this.store.findValue<string>(sql`
      select encode(${column}, 'base64') as text from open_data_offers where publisher = ${publisherId}::uuid`);
    return text === null ? null : Buffer.from(text, "base64");
  }

  /**
   * Records that a person of the publisher has validated its file. `sha256`: of the file that the person saw. Returns false if the file has
   * changed since, or is validated already.
   */
  async validate(
    publisherId: string,
    { sha256, by, as, now }: { readonly sha256: string; readonly by: string; readonly as: string; readonly now: Date },
  ): Promise<boolean> {
    return this.store.any(sql`
      update open_data_offers set validated_by = ${by}, validated_as = ${as}, validated_at = ${now.toISOString()}::timestamptz, revoked_by = null, revoked_at = null
      where publisher = ${publisherId}::uuid and sha256 = ${sha256} and (validated_at is null or revoked_at is not null) returning 1`);
  }

  /** Revokes a validation: the daily address serves nothing any more. Returns false without a validation in force. */
  async revoke(publisherId: string, { by, now }: { readonly by: string; readonly now: Date }): Promise<boolean> {
    return this.store.any(sql`
      update open_data_offers set revoked_by = ${by}, revoked_at = ${now.toISOString()}::timestamptz
      where publisher = ${publisherId}::uuid and validated_at is not null and revoked_at is null returning 1`);
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
