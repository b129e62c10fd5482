import { sql } from "drizzle-orm";
import { storableJson } from "../../model/text/storable.ts";
import { isoInstant, isUuid, type Store } from "../store.ts";

/** A publisher's open-data file as it was made. `leftOut`: number of aids that the schema cannot represent, by reason. */
export interface MadeOffer {
  readonly csv: Uint8Array;
  readonly zip: Uint8Array;
  /** Of the CSV. */
  readonly sha256: string;
  readonly aids: number;
  readonly leftOut: Readonly<Record<string, number>>;
}

/** Facts about a publisher's file, without its contents. Instants are ISO texts. */
export interface OpenDataOffer extends Omit<MadeOffer, "csv" | "zip"> {
  readonly publisherId: string;
  readonly publisher: string;
  /** Name in the daily address. */
  readonly slug: string;
  readonly madeAt: string;
  /** When its contents changed last. */
  readonly changedAt: string;
  readonly offeredBy: string;
  readonly offeredAt: string;
  /** The person of the publisher who validated the file, and its function. Null before. */
  readonly validatedBy: string | null;
  readonly validatedAs: string | null;
  readonly validatedAt: string | null;
  readonly revokedBy: string | null;
  readonly revokedAt: string | null;
}

const facts = sql`files.publisher::text as "publisherId", publishers.name as publisher, files.slug, files.sha256, files.aids, files.left_out as "leftOut",
  ${isoInstant(sql`files.made_at`)} as "madeAt", ${isoInstant(sql`files.changed_at`)} as "changedAt", files.offered_by as "offeredBy",
  ${isoInstant(sql`files.offered_at`)} as "offeredAt", files.validated_by as "validatedBy", files.validated_as as "validatedAs",
  ${isoInstant(sql`files.validated_at`)} as "validatedAt", files.revoked_by as "revokedBy", ${isoInstant(sql`files.revoked_at`)} as "revokedAt"`;
const from = sql`open_data_offers files join publishers on publishers.id = files.publisher`;

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
    const rows = await this.store.rows(sql`
      update open_data_offers set csv = decode(${base64(csv)}, 'base64'), zip = decode(${base64(zip)}, 'base64'), aids = ${aids}, left_out = ${storableJson(leftOut)}::jsonb,
        made_at = ${at}, changed_at = case when sha256 = ${sha256} then changed_at else ${at} end, sha256 = ${sha256}
      where publisher = ${publisherId}::uuid returning 1`);
    return rows.length > 0;
  }

  /** Returns the day in Paris on which each aid of these connectors changed last, by id. */
  async changeDays(connectors: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.store.rows<{ aidId: string; day: string }>(sql`
      select aid_id::text as "aidId", (updated_at at time zone 'Europe/Paris')::date::text as day from aids
      where connector in (select jsonb_array_elements_text(${storableJson(connectors)}::jsonb))`);
    return new Map(rows.map(({ aidId, day }) => [aidId, day]));
  }

  /** Lists the files of all publishers, by name. */
  list(): Promise<OpenDataOffer[]> {
    return this.store.rows<OpenDataOffer>(sql`select ${facts} from ${from} order by publishers.name, files.publisher`);
  }

  /** Returns the facts about a publisher's file, or null. */
  async find(publisherId: string): Promise<OpenDataOffer | null> {
    if (!isUuid(publisherId)) return null;
    const [found] = await this.store.rows<OpenDataOffer>(sql`select ${facts} from ${from} where files.publisher = ${publisherId}::uuid`);
    return found ?? null;
  }

  /** Returns the facts about the file of a connector's publisher, or null. */
  async findByConnector(connector: string): Promise<OpenDataOffer | null> {
    const [found] = await this.store.rows<OpenDataOffer>(sql`
      select ${facts} from ${from} join publisher_connectors own on own.publisher = files.publisher where own.connector = ${connector}`);
    return found ?? null;
  }

  /** Returns the facts about the file with this name in its daily address, or null. */
  async findBySlug(slug: string): Promise<OpenDataOffer | null> {
    const [found] = await this.store.rows<OpenDataOffer>(sql`select ${facts} from ${from} where files.slug = ${slug}`);
    return found ?? null;
  }

  /** Returns the CSV or the zip of a publisher's file, or null. */
  async contents(publisherId: string, name: "csv" | "zip"): Promise<Uint8Array | null> {
    const column = name === "csv" ? sql`csv` : sql`zip`;
    const [found] = await this.store.rows<{ text: string }>(sql`
      select encode(${column}, 'base64') as text from open_data_offers where publisher = ${publisherId}::uuid`);
    return found === undefined ? null : Buffer.from(found.text, "base64");
  }

  /**
   * Records that a person of the publisher has validated its file. `sha256`: of the file that the person saw. Returns false if the file has
   * changed since, or is validated already.
   */
  async validate(
    publisherId: string,
    { sha256, by, as, now }: { readonly sha256: string; readonly by: string; readonly as: string; readonly now: Date },
  ): Promise<boolean> {
    const rows = await this.store.rows(sql`
      update open_data_offers set validated_by = ${by}, validated_as = ${as}, validated_at = ${now.toISOString()}::timestamptz, revoked_by = null, revoked_at = null
      where publisher = ${publisherId}::uuid and sha256 = ${sha256} and (validated_at is null or revoked_at is not null) returning 1`);
    return rows.length > 0;
  }

  /** Revokes a validation: the daily address serves nothing any more. Returns false without a validation in force. */
  async revoke(publisherId: string, { by, now }: { readonly by: string; readonly now: Date }): Promise<boolean> {
    const rows = await this.store.rows(sql`
      update open_data_offers set revoked_by = ${by}, revoked_at = ${now.toISOString()}::timestamptz
      where publisher = ${publisherId}::uuid and validated_at is not null and revoked_at is null returning 1`);
    return rows.length > 0;
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
