import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { LinkRepository } from "../../../src/catalogue/aids/link-repository.ts";
import type { Store } from "../../../src/catalogue/store.ts";
import { checkDueLinks, type LinkPace } from "../../../src/jobs/links/check-due-links.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { type FeedServer, feedServer, startFeedServer } from "../../support/feed-server.ts";
import { importAids, madeAid } from "../../support/made-aids.ts";
import { testServices } from "../../support/test-services.ts";

const going = new AbortController().signal;
const quick: LinkPace = { paceMs: 1, withinMs: 10_000 };

/** The day of the first check, and later days. */
function on(day: number): string {
  return new Date(Date.UTC(2026, 10, 25 + day, 3)).toISOString();
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`checking due links, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(async () => {
      for (const table of ["aids", "aid_sources", "contents", "aid_history", "links", "hosts", "due_times"]) {
        await catalogue.store.rows(sql`delete from ${sql.identifier(table)}`);
      }
    });
    afterAll(() => catalogue.drop());

    function services(servers: readonly FeedServer[], now = on(0), store: Store = catalogue.store) {
      const clock = { now: () => new Date(now), fixed: now, elapsed: () => performance.now() };
      const warned: object[] = [];
      const logger = { warn: (what: object) => void warned.push(what) } as unknown as ReturnType<typeof testServices>["logger"];
      const links = new LinkRepository(store);
      return {
        ...testServices(catalogue, { clock, logger }),
        catalogue: { ...catalogue, links },
        allowHosts: servers.map(({ host }) => host),
        warned,
      };
    }

    async function importLinks(urls: readonly string[], connector = "region-test"): Promise<void> {
      await importAids(
        catalogue,
        connector,
        urls.map((originUrl, index) => madeAid(String(index + 1), { originUrl })),
      );
    }

    /** Opens a connection like another process; PGlite has one only. */
    async function otherStore(): Promise<Store> {
      if (database.kind === "embedded") return catalogue.store;
      const { store, close } = await catalogue.connect();
      onTestFinished(close);
      return store;
    }

    /** Returns the state of each link by path. */
    async function states(): Promise<Record<string, string>> {
      const rows = await catalogue.store.rows<{ url: string; state: string }>(sql`select url, state from links`);
      return Object.fromEntries(rows.map(({ url, state }) => [new URL(url).pathname, state]));
    }

    it("adds the links of live aids and stores each result", async () => {
      const [one, other] = [await feedServer(), await feedServer()];
      await importLinks([
        one.on("/there", { body: "yes" }),
        one.on("/gone", { status: 404 }),
        one.on("/forbidden", { status: 403 }),
        other.on("/broken", { status: 500 }),
      ]);
      const progress: number[] = [];
      const counts = await checkDueLinks(services([one, other]), going, {
        ...quick,
        onChecked: ({ alive, failing, "to-check": unknown }) => progress.push(alive + failing + unknown),
      });
      expect(counts).toEqual({ alive: 1, "to-check": 2, failing: 1 });
      expect(progress).toEqual([1, 2, 3, 4]);
      expect(await states()).toEqual({ "/there": "alive", "/gone": "failing", "/forbidden": "to-check", "/broken": "to-check" });
    });

    it("times out, and leaves a silent host alone", async () => {
      const server = await feedServer();
      await importLinks([server.on("/silent", { silent: true }), `${server.origin}/zzz`]);
      expect(await checkDueLinks(services([server]), going, { paceMs: 1, withinMs: 100 })).toEqual({ alive: 0, "to-check": 1, failing: 0 });
      expect(await states()).toEqual({ "/silent": "to-check", "/zzz": "unchecked" });
    });

    it("checks again after a week: two failures make a dead link, and a page that returns is alive", async () => {
      const server = await feedServer();
      await importLinks([
        server.on("/page", { status: 404 }, { status: 410 }, { body: "back" }),
        server.on("/wall", { status: 403 }, { status: 403 }, { status: 403 }),
      ]);
      await checkDueLinks(services([server]), going, quick);
      await checkDueLinks(services([server], on(3)), going, quick);
      expect(await states()).toEqual({ "/page": "failing", "/wall": "to-check" });
      await checkDueLinks(services([server], on(7)), going, quick);
      expect(await states()).toEqual({ "/page": "dead", "/wall": "to-check" });
      await checkDueLinks(services([server], on(14)), going, quick);
      expect(await states()).toEqual({ "/page": "alive", "/wall": "to-check" });
    });

    it("finds new links at the next full hour", async () => {
      const server = await feedServer();
      await importLinks([server.on("/first", {})]);
      await checkDueLinks(services([server], "2026-11-25T03:10:00Z"), going, quick);
      await importLinks([server.on("/second", {})], "region-other");
      expect(await checkDueLinks(services([server], "2026-11-25T03:50:00Z"), going, quick)).toMatchObject({ alive: 0 });
      expect(await checkDueLinks(services([server], "2026-11-25T04:00:00Z"), going, quick)).toMatchObject({ alive: 1 });
    });

    it("respects a host's requested pause, and continues with the others", async () => {
      const [tired, well] = [await feedServer(), await feedServer()];
      const answer = { status: 429, headers: { "retry-after": "60" } };
      await importLinks([`${tired.origin}/a`, `${tired.origin}/b`, well.on("/c", {}), well.on("/d", {})]);
      tired.on("/a", answer);
      expect(await checkDueLinks(services([tired, well]), going, quick)).toEqual({ alive: 2, "to-check": 1, failing: 0 });
      expect(await checkDueLinks(services([tired, well]), going, quick), "later").toEqual({ alive: 0, "to-check": 0, failing: 0 });
      expect(await states()).toMatchObject({ "/a": "to-check", "/b": "unchecked" });
    });

    it("respects its limit of links", async () => {
      const server = await feedServer();
      await importLinks([server.on("/1", {}), server.on("/2", {}), `${server.origin}/3`]);
      expect(await checkDueLinks(services([server]), going, { ...quick, limit: 2 })).toMatchObject({ alive: 2 });
    });

    it("starts no check after its time, and none at all once cancelled", async () => {
      const server = await feedServer();
      await importLinks([`${server.origin}/1`]);
      await checkDueLinks(services([server]), going, { ...quick, sliceMs: 0 });
      await checkDueLinks(services([server]), AbortSignal.abort(), quick);
      expect(await states()).toEqual({ "/1": "unchecked" });
    });

    it("returns a link if it is cancelled during the check", async () => {
      const server = await feedServer();
      const controller = new AbortController();
      await importLinks([server.on("/1", { silent: true }, { body: "there" })]);
      const looking = checkDueLinks(services([server]), controller.signal, quick);
      await vi.waitFor(() => expect(server.requests).toHaveLength(1));
      controller.abort();
      await looking;
      expect(await states()).toEqual({ "/1": "unchecked" });
      expect(await checkDueLinks(services([server]), going, quick), "somebody else does it").toMatchObject({ alive: 1 });
    });

    it("never checks a link twice nor exceeds a host's pace, with any number of workers", async () => {
      const paceMs = 100;
      const servers = [await feedServer(), await feedServer(), await feedServer()];
      const requestTimes = new Map<FeedServer, number[]>(servers.map((server) => [server, []]));
      const urls = servers.flatMap((server) =>
        Array.from({ length: 5 }, (_, index) => {
          async function* page() {
            requestTimes.get(server)?.push(performance.now());
            yield "there";
          }
          return server.on(`/${server.port}/${index}`, { headers: { "content-type": "text/html" }, body: page() });
        }),
      );
      await importLinks(urls);
      const stores = [catalogue.store, await otherStore()];
      const pace = { ...quick, paceMs };
      const counts = await Promise.all(stores.map((store) => checkDueLinks(services(servers, on(0), store), going, pace)));
      expect(counts.reduce((sum, { alive }) => sum + alive, 0)).toBe(15);
      const gaps = [...requestTimes.values()].flatMap((times) => times.slice(1).map((time, index) => time - (times[index] ?? 0)));
      expect(gaps).toHaveLength(12);
      // The clocks of the database and of this process differ slightly.
      expect(Math.min(...gaps)).toBeGreaterThan(paceMs - 5);
    });

    it("ignores results if no host can be reached, and trusts a dead host if another answers", async () => {
      const gone = await Promise.all([1, 2, 3].map(() => startFeedServer()));
      await Promise.all(gone.map((server) => server.close()));
      await importLinks(gone.map(({ origin }, index) => `${origin}/${index}`));
      const offline = services(gone);
      expect(await checkDueLinks(offline, going, quick)).toEqual({ alive: 0, "to-check": 0, failing: 0 });
      expect(offline.warned).toHaveLength(1);
      expect(new Set(Object.values(await states()))).toEqual(new Set(["unchecked"]));
      const well = await feedServer();
      await importLinks([well.on("/there", {})], "region-other");
      await catalogue.store.rows(sql`update hosts set not_before = clock_timestamp()`);
      await checkDueLinks(services([...gone, well], "2026-11-25T05:00:00Z"), going, quick);
      expect(await states()).toEqual({ "/0": "failing", "/1": "failing", "/2": "failing", "/there": "alive" });
    });
  });
}
