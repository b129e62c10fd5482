import { sql } from "drizzle-orm";
import { ConnectorRepository } from "../connectors/connector-repository.ts";
import { requeue } from "../runs/requeue.ts";
import { forgetOutdated } from "../search/catch-up-search.ts";
import type { Store } from "../store.ts";
import { type FoundRow, findPeople, matchesPatterns, type PersonSearch, writeRow } from "./find-people.ts";
import { type Forgetter, forgetInAid, refreshPrepared } from "./forget-in-aids.ts";
import { aidsTable, type PersonalTable, personalTables } from "./personal-tables.ts";

/** A keyed trace of somebody who was forgotten. */
export interface StoredTrace {
  readonly trace: string;
  readonly kind: "name" | "email" | "phone";
}

/** How many rows of a table held somebody. */
export interface Found {
  readonly place: string;
  readonly rows: number;
}

/** A stored feed, and the runs that read it. */
export interface SnapshotUse {
  readonly hash: string;
  readonly runs: readonly { readonly runId: string; readonly connector: string }[];
}

/** Forgetting people: what is kept so that they do not come back, and looking for them in all that is held. */
export class ForgettingRepository {
  constructor(private readonly store: Store) {}

  /** Traces of all who were forgotten. */
  async traces(): Promise<StoredTrace[]> {
    return this.store.rows<StoredTrace>(sql`select trace, kind from forgotten order by trace`);
  }

  /** Keeps traces; those that are there stay as they are. */
  async addTraces(traces: readonly StoredTrace[], { by, now }: Pick<Forgetter, "by" | "now">): Promise<void> {
    for (const { trace, kind } of traces) {
      await this.store.rows(sql`
        insert into forgotten (trace, kind, at, by) values (${trace}, ${kind}, ${now.toISOString()}::timestamptz, ${by}) on conflict do nothing`);
    }
  }

  /** Looks through every table; writes nothing. */
  async search(search: PersonSearch): Promise<Found[]> {
    const found: Found[] = [];
    for (const place of [...personalTables, aidsTable]) {
      let rows = 0;
      for await (const page of findPeople(this.store, place, search, false)) rows += page.length;
      found.push({ place: place.table, rows });
    }
    for (const table of listTables) found.push({ place: table.place, rows: (await said(this.store, table, search)).length });
    return found;
  }

  /**
   * Takes the people out of every table, one transaction for each; `found`: where they were. Run again it finds nothing. The tables of the aids come last
   * and wait for whoever is applying a plan.
   */
  async forget(search: PersonSearch, forgetter: Forgetter): Promise<Found[]> {
    const found: Found[] = [];
    for (const place of personalTables) found.push({ place: place.table, rows: await this.#forgetIn(place, search) });
    const rows = await this.store.transaction(async (transaction) => {
      await transaction.rows(sql`lock table aid_history in share row exclusive mode`);
      const found = await counted(findPeople(transaction, aidsTable, search, true), (row) => forgetInAid(transaction, row, forgetter));
      await forgetOutdated(transaction);
      return found;
    });
    found.push({ place: "aids", rows });
    for (const table of listTables) found.push({ place: table.place, rows: await takeOut(this.store, table, search) });
    return found;
  }

  /** `connector/externalId` of aids that hold them, and of those whose very identifier does, which stays; in order. */
  async aidsHolding(search: PersonSearch): Promise<{ readonly aids: string[]; readonly identifiers: string[] }> {
    const aidIds: string[] = [];
    for await (const page of findPeople(this.store, aidsTable, search, false)) aidIds.push(...page.map(({ key }) => String(key.aid_id)));
    const aids = await this.store.rows<{ name: string }>(sql`
      select connector || '/' || external_id as name from aids
      where aid_id in (select id::uuid from jsonb_array_elements_text(${JSON.stringify(aidIds)}::jsonb) as picked (id)) order by connector, external_id`);
    const named = await this.store.rows<{ name: string; externalId: string }>(sql`
      select connector || '/' || external_id as name, external_id as "externalId" from aids where ${matchesPatterns(sql`external_id`, search)}
      order by connector, external_id`);
    const identifiers = named.filter(({ externalId }) => search.clean(externalId) !== externalId);
    return { aids: aids.map(({ name }) => name), identifiers: identifiers.map(({ name }) => name) };
  }

  /**
   * Ends every run that goes on, as another worker would that takes its connector over: it has read without knowing whom to leave out. Those that were asked
   * for through the queue are put there again. Gives their number.
   */
  async interruptRuns(now: Date): Promise<number> {
    const running = await this.store.rows<{ runId: string; askedBy: string | null }>(
      sql`select id as "runId", asked_by as "askedBy" from runs where state = 'running'`,
    );
    const connectors = await this.store.rows<{ id: string }>(sql`select id from connectors order by id`);
    for (const { id } of connectors) await new ConnectorRepository(this.store).takeToken(id, now);
    for (const { runId, askedBy } of running) {
      if (askedBy !== null) await requeue(this.store, { runId, now, afterSeconds: 0, countsAsTry: false });
    }
    return running.length;
  }

  /** Every stored feed, those on their way into the catalogue too. */
  async snapshots(): Promise<SnapshotUse[]> {
    await this.store.transaction((transaction) => transaction.rows(sql`lock table snapshots in share row exclusive mode`));
    return this.store.rows<SnapshotUse>(sql`
      select hash, coalesce(jsonb_agg(jsonb_build_object('runId', runs.id, 'connector', runs.connector) order by runs.started_at, runs.id)
        filter (where runs.id is not null), '[]') as runs
      from snapshots left join runs on runs.snapshot_hash = snapshots.hash group by hash order by hash`);
  }

  /** Removes a stored feed; runs keep its hash, and cannot be replayed. */
  async removeSnapshot(hash: string): Promise<void> {
    await this.store.rows(sql`delete from snapshots where hash = ${hash}`);
  }

  /** The next feed of these connectors is read though it has not changed. */
  async readAgain(connectors: readonly string[]): Promise<void> {
    await this.store.rows(sql`
      update connectors set must_read = true where id in (select jsonb_array_elements_text(${JSON.stringify(connectors)}::jsonb))`);
  }

  #forgetIn(place: PersonalTable, search: PersonSearch): Promise<number> {
    return this.store.transaction(async (transaction) => {
      if (place.table === "aid_history") await transaction.rows(sql`lock table aid_history in share row exclusive mode`);
      return counted(findPeople(transaction, place, search, true), (row) => forgetInRow(transaction, place, row));
    });
  }
}

/**
 * Tables whose rows are nothing without the text that names them: a row in which somebody stands goes whole. After the aids: the index gives an aid that
 * was cleaned the name in addresses that it has then.
 */
const listTables = [
  { place: "links", text: sql`url` },
  { place: "aid_slugs", text: sql`slug` },
  { place: "search_misses", text: sql`keyword` },
] as const;

/** The texts of a table that name them. */
async function said(store: Store, { place, text }: (typeof listTables)[number], search: PersonSearch): Promise<string[]> {
  const rows = await store.rows<{ text: string }>(
    sql`select distinct ${text} as text from ${sql.identifier(place)} where ${matchesPatterns(text, search)} order by text`,
  );
  return rows.map((row) => row.text).filter((one) => search.clean(one) !== one);
}

async function takeOut(store: Store, table: (typeof listTables)[number], search: PersonSearch): Promise<number> {
  const texts = JSON.stringify(await said(store, table, search));
  const gone = await store.rows(sql`
    delete from ${sql.identifier(table.place)} where ${table.text} in (select jsonb_array_elements_text(${texts}::jsonb)) returning 1`);
  return gone.length;
}

async function forgetInRow(transaction: Store, place: PersonalTable, row: FoundRow): Promise<void> {
  await writeRow(transaction, place, row);
  if (place.table === "planned_aids" || place.table === "staged_aids") await refreshPrepared(transaction, place.table, row);
}

async function counted(pages: AsyncIterable<readonly FoundRow[]>, write: (row: FoundRow) => Promise<void>): Promise<number> {
  let rows = 0;
  for await (const page of pages) {
    for (const row of page) await write(row);
    rows += page.length;
  }
  return rows;
}
