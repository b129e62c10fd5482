import { randomUUID } from "node:crypto";
import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PublisherStage } from "../../model/publisher/publisher-stage.ts";
import { storableJson } from "../../model/text/storable.ts";
import { publishers } from "../schema/partner-tables.ts";
import { isUuid, type RowOf, type Store } from "../store.ts";

const { id, corrections: _, ...others } = getTableColumns(publishers);
const columns = { publisherId: id, ...others };

/** A publisher, with or without aids. `seed`: source it was listed from; null if a person added it. Days as `YYYY-MM-DD`. */
export type StoredPublisher = RowOf<typeof columns>;

/** The editable facts of a publisher. `agreedBy`: personal data. `agreementDocument`: link or reference of the agreement. */
export type PublisherFacts = Omit<
  StoredPublisher,
  "publisherId" | "seed" | "stage" | "stageSince" | "revision" | "createdBy" | "createdAt" | "updatedBy" | "updatedAt"
>;

/** A publisher from a source. `seed`: its permanent identifier there. */
export interface SeededPublisher extends Pick<PublisherFacts, "name" | "siren" | "kind" | "territory" | "website"> {
  readonly seed: string;
}

/** The move of a connector to another publisher. `from`: null if it had no publisher. `why`: the reason. */
export interface ConnectorMove {
  readonly from: Pick<StoredPublisher, "publisherId" | "name"> | null;
  readonly to: Pick<StoredPublisher, "publisherId" | "name">;
  readonly why: string;
}

/** Author and time of a change. */
export interface By {
  readonly by: string;
  readonly now: Date;
}

/** Publishers as partners, and their connectors and drafts. Callers log their acts in `ExchangeRepository`. */
export class PublisherRepository {
  constructor(private readonly store: Store) {}

  async find(publisherId: string): Promise<StoredPublisher | null> {
    return isUuid(publisherId) ? this.#one(sql`publishers.id = ${publisherId}::uuid`) : null;
  }

  /** Finds the publisher of a connector. */
  async findByConnector(connector: string): Promise<StoredPublisher | null> {
    return this.#one(sql`publishers.id = (select publisher from publisher_connectors where connector = ${connector})`);
  }

  /** Finds the publisher a draft was begun for. */
  async findByDraft(draftId: string): Promise<StoredPublisher | null> {
    return this.#one(sql`publishers.id = (select publisher from publisher_drafts where draft = ${draftId}::uuid)`);
  }

  /** Lists all publishers by name. There are a few thousand at most. */
  async list(): Promise<StoredPublisher[]> {
    return this.#all(sql`true order by publishers.name, publishers.id`);
  }

  /**
   * Adds publishers whose seed is not listed yet.
   * @returns number added
   */
  async seed(found: readonly SeededPublisher[], { by, now }: By): Promise<number> {
    const rows = found.map((one) => ({ id: randomUUID(), ...one }));
    const added = await this.store.rows(sql`
      insert into publishers (id, seed, name, siren, kind, territory, website, stage, stage_since, revision, created_by, created_at, updated_by, updated_at)
      select id, seed, name, siren, kind, territory, website, 'spotted', ${now.toISOString()}::timestamptz, 1, ${by}, ${now.toISOString()}::timestamptz, ${by}, ${now.toISOString()}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as found (id uuid, seed text, name text, siren text, kind text, territory text, website text)
      on conflict (seed) do nothing returning 1`);
    return added.length;
  }

  /**
   * Adds a publisher at the first stage.
   * @returns its id
   */
  async add(facts: PublisherFacts, { by, now }: By): Promise<string> {
    const publisherId = randomUUID();
    const at = sql`${now.toISOString()}::timestamptz`;
    await this.store.rows(sql`
      insert into publishers (id, name, siren, kind, territory, website, licence, agreed_on, agreed_by, agreement_document, person_in_charge, next_action, next_action_on,
        stage, stage_since, revision, created_by, created_at, updated_by, updated_at)
      values (${publisherId}::uuid, ${facts.name}, ${facts.siren}, ${facts.kind}, ${facts.territory}, ${facts.website}, ${facts.licence}, ${facts.agreedOn}::date, ${facts.agreedBy},
        ${facts.agreementDocument}, ${facts.personInCharge}::uuid, ${facts.nextAction}, ${facts.nextActionOn}::date, 'spotted', ${at}, 1, ${by}, ${at}, ${by}, ${at})`);
    return publisherId;
  }

  /**
   * Adds a publisher, unless `find` finds it among the existing ones. Concurrent calls take turns.
   * @returns the id of the new or found publisher
   */
  async addUnless(
    facts: PublisherFacts,
    by: By,
    find: (all: readonly StoredPublisher[]) => StoredPublisher | null,
  ): Promise<{ readonly publisherId: string } | { readonly found: StoredPublisher }> {
    return this.store.transaction(async (transaction) => {
      await transaction.lock("publisher");
      const publishers = new PublisherRepository(transaction);
      const found = find(await publishers.list());
      return found === null ? { publisherId: await publishers.add(facts, by) } : { found };
    });
  }

  /**
   * Saves facts that a person edited from this revision.
   * @returns false, without writing, if somebody else saved meanwhile
   */
  async save(
    { publisherId, revision }: Pick<StoredPublisher, "publisherId" | "revision">,
    facts: PublisherFacts,
    { by, now }: By,
  ): Promise<boolean> {
    return this.store.any(sql`
      update publishers set name = ${facts.name}, siren = ${facts.siren}, kind = ${facts.kind}, territory = ${facts.territory}, website = ${facts.website}, licence = ${facts.licence},
        agreed_on = ${facts.agreedOn}::date, agreed_by = ${facts.agreedBy}, agreement_document = ${facts.agreementDocument}, person_in_charge = ${facts.personInCharge}::uuid,
        next_action = ${facts.nextAction}, next_action_on = ${facts.nextActionOn}::date, revision = revision + 1, updated_by = ${by}, updated_at = ${now.toISOString()}::timestamptz
      where id = ${publisherId}::uuid and revision = ${revision} returning 1`);
  }

  /**
   * Moves a publisher to a stage and logs it. `from`: only if it is still at this stage.
   * @returns false, without writing, if it was not moved
   */
  async moveTo(publisherId: string, stage: PublisherStage, { by, now, from }: By & { readonly from?: PublisherStage }): Promise<boolean> {
    const isSeen = from === undefined ? sql`true` : sql`stage = ${from}`;
    const at = sql`${now.toISOString()}::timestamptz`;
    return this.store.any(sql`
      with before as (select id, stage from publishers where id = ${publisherId}::uuid and stage <> ${stage} and ${isSeen} for update),
      moved as (update publishers set stage = ${stage}, stage_since = ${at}, revision = revision + 1, updated_by = ${by}, updated_at = ${at} from before where publishers.id = before.id returning publishers.id)
      insert into exchanges (publisher, at, kind, details, by)
      select before.id, ${at}, 'stage', jsonb_build_object('from', before.stage, 'to', ${stage}::text), ${by} from before join moved on moved.id = before.id returning 1`);
  }

  /** Assigns a connector to a publisher, even if it belonged to another one. */
  async giveConnector(connector: string, publisherId: string): Promise<void> {
    await this.store.rows(sql`
      insert into publisher_connectors (connector, publisher) values (${connector}, ${publisherId}::uuid) on conflict (connector) do update set publisher = excluded.publisher`);
  }

  /**
   * Moves a connector and its draft from one publisher to another, and logs the reason with both.
   * @returns false, without writing, if the connector no longer belongs to `from`
   */
  async moveConnector(connector: string, { from, to, why }: ConnectorMove, { by, now }: By): Promise<boolean> {
    return this.store.transaction(async (transaction) => {
      const moved = await transaction.rows(
        from === null
          ? sql`insert into publisher_connectors (connector, publisher) values (${connector}, ${to.publisherId}::uuid) on conflict (connector) do nothing returning 1`
          : sql`update publisher_connectors set publisher = ${to.publisherId}::uuid where connector = ${connector} and publisher = ${from.publisherId}::uuid returning 1`,
      );
      if (moved.length === 0) return false;
      await transaction.rows(sql`
        update publisher_drafts set publisher = ${to.publisherId}::uuid from drafts where drafts.id = publisher_drafts.draft and drafts.connector = ${connector}`);
      const entry = (publisherId: string, details: Readonly<Record<string, string>>) => ({
        publisherId,
        details: { connector, ...details },
      });
      const entries = from === null ? [] : [entry(from.publisherId, { to: to.name })];
      await transaction.rows(sql`
        insert into exchanges (publisher, at, kind, text, details, by)
        select "publisherId", ${now.toISOString()}::timestamptz, 'connector-moved', ${why}, details, ${by}
        from jsonb_to_recordset(${storableJson([...entries, entry(to.publisherId, from === null ? {} : { from: from.name })])}::jsonb) as entry ("publisherId" uuid, details jsonb)`);
      return true;
    });
  }

  /** Assigns a draft to a publisher. */
  async giveDraft(draftId: string, publisherId: string): Promise<void> {
    await this.store.rows(sql`
      insert into publisher_drafts (draft, publisher) values (${draftId}::uuid, ${publisherId}::uuid) on conflict (draft) do update set publisher = excluded.publisher`);
  }

  /** Returns the publisher id of each connector that has one. */
  async connectorOwners(): Promise<ReadonlyMap<string, string>> {
    return this.store.map<string, string>(sql`select connector, publisher from publisher_connectors order by connector`);
  }

  /** Lists existing drafts begun for a publisher, last updated first. */
  async draftsOf(publisherId: string): Promise<{ readonly draftId: string; readonly title: string; readonly connector: string | null }[]> {
    return this.store.rows(sql`
      select drafts.id as "draftId", drafts.title, drafts.connector from publisher_drafts begun join drafts on drafts.id = begun.draft
      where begun.publisher = ${publisherId}::uuid order by drafts.updated_at desc`);
  }

  async #one(condition: SQL): Promise<StoredPublisher | null> {
    return (await this.#all(condition))[0] ?? null;
  }

  #all(condition: SQL): Promise<StoredPublisher[]> {
    return this.store.select(columns, sql`from publishers where ${condition}`);
  }
}
