import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { decideEdit } from "../../src/curation/decide-edit.ts";
import { decideMerge } from "../../src/curation/decide-status.ts";
import { applyActs, planActs } from "../../src/curation/plan-acts.ts";
import { RunFailed } from "../../src/model/run/run-error.ts";
import { connectorOf, type TestApi, testApi } from "../support/api-client.ts";
import { newCatalogue, postgresql, type TestCatalogue } from "../support/catalogues.ts";
import { curatedAid, edit, marie } from "../support/curate.ts";
import { flattened } from "../support/made-aids.ts";
import { importPublished } from "../support/published-aids.ts";
import { until } from "../support/until.ts";

// Only a server applies two plans at once.
describe.skipIf(postgresql.skipped)("plans of two connectors that are applied at the same time", () => {
  let catalogue: TestCatalogue;
  beforeEach(async () => {
    catalogue = await newCatalogue(postgresql);
  });
  afterEach(() => catalogue.drop());

  /** Makes a plan that edits the title of an aid, and does not apply it. */
  async function planEdit(connector: string, externalId: string, name: string): Promise<string> {
    const aid = await curatedAid(catalogue, { connector, externalId });
    const { plan } = await planActs(catalogue, marie, { connector, asked: {} }, [[aid]], (each) =>
      decideEdit(each, { values: { name }, withdrawn: [] }, marie),
    );
    if (plan === null) throw new RangeError(`no edit of ${externalId}`);
    return plan.planId;
  }

  /** Runs `meanwhile` while the plan is being applied: it has written its history, and waits for the source of an aid. */
  async function applyLate(planId: string, connector: string, meanwhile: () => Promise<void>): Promise<void> {
    const [applier, holder] = [await catalogue.again(), await catalogue.connect()];
    let applying: Promise<unknown> | undefined;
    try {
      await holder.store.transaction(async (transaction) => {
        await transaction.rows(sql`select from aid_sources where connector = ${connector} for update`);
        applying = applyActs(applier, planId, marie, true);
        await until("the first plan waits", () => waiting(1));
        await meanwhile();
      });
      await applying;
    } finally {
      await holder.close();
    }
  }

  async function waiting(sessions: number): Promise<boolean> {
    const { count } = await catalogue.store.row<{ count: number }>(
      sql`select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return count === sessions;
  }

  /** A client that follows the API by `resume`, and knows the titles of aids. */
  function follower(api: TestApi) {
    const titles = new Map<string, string>();
    let next = "/api/aids/?changed_since=2026-11-25&itemsPerPage=2";
    return async () => {
      for (let page = next; page !== null; ) {
        const { status, json } = await api.get(page);
        expect(status).toBe(200);
        for (const { aid_id, name } of json.results) titles.set(aid_id, name);
        next = json.resume;
        page = json.next;
      }
      return [...titles.values()].sort();
    };
  }

  async function apiOf(...connectors: string[]): Promise<TestApi> {
    return testApi(catalogue, { connectors: connectors.map((connector) => connectorOf(connector)) });
  }

  test("the one that began first and commits last is missed by no reader", async () => {
    await importPublished(catalogue, "lente", { a: { name: "Avant" } });
    await importPublished(catalogue, "rapide", { b: { name: "B" } });
    const read = follower(await apiOf("lente", "rapide"));
    expect(await read()).toEqual(["Avant", "B"]);
    const [other, reader] = [await catalogue.again(), await catalogue.again()];
    let position = 0;
    const planId = await planEdit("lente", "a", "Après");
    await applyLate(planId, "lente", async () => {
      await edit(other, { connector: "rapide", externalId: "b" }, { name: "B bis" });
      expect(await read()).toEqual(["Avant", "B bis"]);
      expect(await reader.search.count({ text: "bis" })).toBe(1);
      position = (await catalogue.store.row<{ seq: number }>(sql`select max(last_seq)::float8 as seq from applied_plans`)).seq;
    });
    expect(await read()).toEqual(["Après", "B bis"]);
    expect(await reader.search.count({ text: "apres" })).toBe(1);
    const changed = await flattened(catalogue.changeFeed.since({ afterSeq: position }));
    expect(changed.map(({ externalId }) => externalId)).toEqual(["a"]);
  });

  test("an instant at which the first had begun, but not committed, is before its changes", async () => {
    await importPublished(catalogue, "lente", { a: { name: "Avant" } });
    const planId = await planEdit("lente", "a", "Après");
    const begun = marie.now;
    let instant = begun;
    await applyLate(planId, "lente", async () => {
      const { waited } = await catalogue.store.row<{ waited: number }>(sql`
        select 1000 * extract(epoch from max(clock_timestamp() - xact_start))::float8 as waited from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`);
      instant = new Date(begun.getTime() + waited);
    });
    const changed = await flattened(catalogue.changeFeed.since({ from: instant }));
    expect(changed.map(({ externalId }) => externalId)).toEqual(["a"]);
  });

  test("four appliers and a reader: the reader ends with the titles of the catalogue", async () => {
    const connectors = ["un", "deux", "trois", "quatre"];
    for (const connector of connectors) await importPublished(catalogue, connector, { a: {}, b: {}, c: {} });
    const read = follower(await apiOf(...connectors));
    let isDone = false;
    const reading = (async () => {
      while (!isDone) await read();
    })();
    const applying = connectors.map(async (connector) => {
      const own: Catalogue = await catalogue.again();
      for (let round = 0; round < 8; round++)
        for (const externalId of ["a", "b", "c"])
          await edit(own, { connector, externalId }, { name: `${connector} ${externalId} ${round}` });
    });
    await Promise.all(applying).finally(() => {
      isDone = true;
    });
    await reading;
    const aids = await flattened(catalogue.aids.list());
    expect(await read()).toEqual(aids.map(({ name }) => name).sort());
    const gaps = await catalogue.store.rows(sql`
      select from (select first_seq, lag(last_seq, 1, 0::bigint) over (order by last_seq) as former from applied_plans) each where first_seq <> former + 1`);
    expect(gaps).toEqual([]);
  });

  test("two merges in opposite directions: one of them is refused", async () => {
    for (const connector of ["un", "deux"]) await importPublished(catalogue, connector, { a: { name: connector } });
    const [one, two] = [await curatedAid(catalogue, { connector: "un" }), await curatedAid(catalogue, { connector: "deux" })];
    const merge = async (aid: typeof one, into: typeof one) => {
      const { plan } = await planActs(catalogue, marie, { connector: aid.connector, asked: {} }, [[aid]], (each) =>
        decideMerge(each, into, marie),
      );
      return plan?.planId ?? "";
    };
    const [first, second] = [await merge(one, two), await merge(two, one)];
    const other = await catalogue.again();
    let applying: Promise<unknown> = Promise.resolve();
    await applyLate(first, "un", async () => {
      applying = applyActs(other, second, marie, true).catch((error: unknown) => error);
      await until("the second plan waits too", () => waiting(2));
    });
    expect(await applying).toBeInstanceOf(RunFailed);
    expect((await flattened(catalogue.aids.curated())).map(({ connector, status }) => [connector, status])).toEqual([
      ["deux", "published"],
      ["un", "merged"],
    ]);
  });
});

describe.skipIf(postgresql.skipped)("the revisions of one plan", () => {
  test("are numbered in the order of the ids of aids", async () => {
    const catalogue = await newCatalogue(postgresql);
    await importPublished(catalogue, "un", Object.fromEntries(Array.from({ length: 40 }, (_, id) => [`${id}`, {}])));
    const places = await catalogue.store.rows<{ place: number; batch: number }>(
      sql`select batch::int as batch, place from aid_history order by batch, aid_id`,
    );
    await catalogue.drop();
    expect(places.map(({ place }) => place)).toEqual([...Array(80).keys()].map((index) => (index % 40) + 1));
  });
});
