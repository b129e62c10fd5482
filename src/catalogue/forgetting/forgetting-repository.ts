import { sql } from "drizzle-orm";
import { ConnectorRepository } from "../connectors/connector-repository.ts";
import { beginRevisions, orderRevisions } from "../plans/order-changes.ts";
import { requeue } from "../runs/queued-runs.ts";
import { forgetOutdated } from "../search/catch-up-search.ts";
import { deleteChunks } from "../snapshots/delete-chunks.ts";
import type { Store } from "../store.ts";
import {
  aidsTable,
  contentsTable,
  type FoundRow,
  findPeople,
  type PersonalTable,
  type PersonSearch,
  patternsCondition,
  personalTables,
  writeRow,
} from "./find-people.ts";
import { type Forgetter, forgetInAid, forgetInContent } from "./forget-in-aids.ts";

/** A trace of a forgotten person: a keyed hash of a name, address or number. */
export interface StoredTrace {
  readonly trace: string;
  readonly kind: "name" | "email" | "phone";
}

/** The number of rows of a table that contain the people. */
export interface Found {
  readonly place: string;
  readonly rows: number;
}

/** A stored feed and the runs that read it. */
export interface SnapshotUse {
  readonly hash: string;
  readonly runs: readonly { readonly runId: string; readonly connector: string }[];
}

/** Stores the traces of forgotten people, and removes people from all stored data. */
export class ForgettingRepository {
  constructor(private readonly store: Store) {}

  /** Lists the traces of all forgotten people. */
  async traces(): Promise<StoredTrace[]> {
    return this.store.rows<StoredTrace>(sql`select trace, kind from forgotten order by trace`);
  }

  /** Adds traces. Existing ones stay unchanged. */
  async addTraces(traces: readonly StoredTrace[], { by, now }: Pick<Forgetter, "by" | "now">): Promise<void> {
    for (const { trace, kind } of traces) {
      await this.store.rows(sql`
        insert into forgotten (trace, kind, at, by) values (${trace}, ${kind}, ${now.toISOString()}::timestamptz, ${by}) on conflict do nothing`);
    }
  }

  /** Searches every table without writing. */
  async search(search: PersonSearch): Promise<Found[]> {
    const found: Found[] = [];
    for (const place of [...personalTables, aidsTable, contentsTable]) {
      let rows = 0;
      for await (const page of findPeople(this.store, place, search, false)) rows += page.length;
      found.push({ place: place.table, rows });
    }
    for (const table of listTables) found.push({ place: table.place, rows: (await textsHolding(this.store, table, search)).length });
    return found;
  }

  /**
   * Removes the people from every table, with a transaction for each, and returns the numbers of rows. Can be repeated. The tables of aids
   * come last, and wait until no plan is being applied.
   */
  async forget(search: PersonSearch, forgetter: Forgetter): Promise<Found[]> {
    const found: Found[] = [];
    for (const place of personalTables) found.push({ place: place.table, rows: await this.#forgetIn(place, search) });
    await this.store.transaction(async (transaction) => {
      await lockHistory(transaction);
      const batch = await beginRevisions(transaction, null);
      const aids = await counted(findPeople(transaction, aidsTable, search, true), (row) =>
        forgetInAid(transaction, batch, row, forgetter),
      );
      const contents = await counted(findPeople(transaction, contentsTable, search, true), (row) => forgetInContent(transaction, row));
      await orderRevisions(transaction, batch, forgetter.now);
      await forgetOutdated(transaction);
      found.push({ place: "aids", rows: aids }, { place: "contents", rows: contents });
    });
    for (const table of listTables) found.push({ place: table.place, rows: await deleteRows(this.store, table, search) });
    return found;
  }

  /** Lists `connector/externalId`, in order, of aids that contain the people. `identifiers`: aids whose identifier contains them. */
  async aidsHolding(search: PersonSearch): Promise<{ readonly aids: string[]; readonly identifiers: string[] }> {
    const aidIds: string[] = [];
    for await (const page of findPeople(this.store, aidsTable, search, false)) aidIds.push(...page.map(({ key }) => String(key.aid_id)));
    const aids = await this.store.values<string>(sql`
      select connector || '/' || external_id as name from aids
      where aid_id in (select id::uuid from jsonb_array_elements_text(${JSON.stringify(aidIds)}::jsonb) as picked (id)) order by connector, external_id`);
    const named = await this.store.rows<{ name: string; externalId: string }>(sql`
      select connector || '/' || external_id as name, external_id as "externalId" from aids where ${patternsCondition(sql`external_id`, search)}
      order by connector, external_id`);
    const identifiers = named.filter(({ externalId }) => search.clean(externalId) !== externalId);
    return { aids, identifiers: identifiers.map(({ name }) => name) };
  }

  /**
   * Ends all running runs, because they began without the new traces: a new fencing token for each connector makes their writes fail.
   * Requeues the runs that came from the queue. Returns the number of ended runs.
   */
  async interruptRuns(now: Date): Promise<number> {
    const running = await this.store.rows<{ runId: string; askedBy: string | null }>(
      sql`select id as "runId", asked_by as "askedBy" from runs where state = 'running'`,
    );
    const connectors = await this.store.values<string>(sql`select id from connectors order by id`);
    for (const id of connectors) await new ConnectorRepository(this.store).takeToken(id, now);
    for (const { runId, askedBy } of running) {
      if (askedBy !== null) await requeue(this.store, { runId, now, because: "handed-back", afterSeconds: 0 });
    }
    return running.length;
  }

  /** Lists every stored feed, including those being stored. */
  async snapshots(): Promise<SnapshotUse[]> {
    await this.store.transaction((transaction) => transaction.rows(sql`lock table snapshots in share row exclusive mode`));
    return this.store.rows<SnapshotUse>(sql`
      select hash, coalesce(jsonb_agg(jsonb_build_object('runId', runs.id, 'connector', runs.connector) order by runs.started_at, runs.id)
        filter (where runs.id is not null), '[]') as runs
      from snapshots left join runs on runs.snapshot_hash = snapshots.hash group by hash order by hash`);
  }

  /** Deletes a stored feed, and the chunks that no other feed uses. Runs keep its hash but cannot be replayed. */
  async removeSnapshot(hash: string): Promise<void> {
    await this.store.transaction(async (transaction) => {
      const gone = await transaction.values<number>(sql`delete from snapshots where hash = ${hash} returning id::float8 as id`);
      await deleteChunks(transaction, gone);
    });
  }

  /** Makes the next run of these connectors read the feed even if it has not changed. */
  async readAgain(connectors: readonly string[]): Promise<void> {
    await this.store.rows(sql`
      update connectors set must_read = true where id in (select jsonb_array_elements_text(${JSON.stringify(connectors)}::jsonb))`);
  }

  #forgetIn(place: PersonalTable, search: PersonSearch): Promise<number> {
    return this.store.transaction(async (transaction) => {
      if (place.table === "aid_history") await lockHistory(transaction);
      return counted(findPeople(transaction, place, search, true), (row) => forgetInRow(transaction, place, row));
    });
  }
}

/**
 * Tables whose rows consist of a text. Rows that contain a person are deleted. These tables are cleaned after the aids, because the index
 * would create the old slug again from an aid that is not cleaned yet.
 */
const listTables = [
  { place: "links", text: sql`url` },
  { place: "aid_slugs", text: sql`slug` },
  { place: "named_numbers", text: sql`name` },
  { place: "search_misses", text: sql`keyword` },
  // Sessions and links go with the account. Audit entries name it by its id only.
  { place: "publisher_accounts", text: sql`email || ' ' || name` },
  { place: "publisher_link_requests", text: sql`email` },
] as const;

/** Returns the texts of a table that contain the people. */
async function textsHolding(store: Store, { place, text }: (typeof listTables)[number], search: PersonSearch): Promise<string[]> {
  const texts = await store.values<string>(
    sql`select distinct ${text} as text from ${sql.identifier(place)} where ${patternsCondition(text, search)} order by text`,
  );
  return texts.filter((one) => search.clean(one) !== one);
}

async function deleteRows(store: Store, table: (typeof listTables)[number], search: PersonSearch): Promise<number> {
  const texts = JSON.stringify(await textsHolding(store, table, search));
  const gone = await store.rows(sql`
    delete from ${sql.identifier(table.place)} where ${table.text} in (select jsonb_array_elements_text(${texts}::jsonb)) returning 1`);
  return gone.length;
}

/** Waits until no plan is being applied, and keeps others from being applied until the end of the transaction. */
async function lockHistory(transaction: Store): Promise<void> {
  await transaction.rows(sql`lock table aid_history in share row exclusive mode`);
}

async function forgetInRow(transaction: Store, place: PersonalTable, row: FoundRow): Promise<void> {
  await writeRow(transaction, place, row);
  if (place.table !== "rejected_contents") return;
  // A run must not recognise the record, but read it again.
  await transaction.rows(sql`update rejected_contents set id = gen_random_uuid() where id = ${String(row.key.id)}::uuid`);
}

async function counted(pages: AsyncIterable<readonly FoundRow[]>, write: (row: FoundRow) => Promise<void>): Promise<number> {
  let rows = 0;
  for await (const page of pages) {
    for (const row of page) await write(row);
    rows += page.length;
  }
  return rows;
}
