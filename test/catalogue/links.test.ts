import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { LinkRepository, TakenLink } from "../../src/catalogue/aids/link-repository.ts";
import { decideWithdraw } from "../../src/curation/decide-status.ts";
import type { LinkVerdict } from "../../src/model/publisher/link-verdict.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { act, curatedAid, edit, marie, publish } from "../support/curate.ts";
import { importAids, madeAid } from "../support/made-aids.ts";

const connector = "region-test";
const first = new Date("2026-11-25T03:00:00Z");
const alive: LinkVerdict = { state: "alive", status: 200, reason: null };
const absent: LinkVerdict = { state: "failing", status: 404, reason: "not-found" };
const forbidden: LinkVerdict = { state: "to-check", status: 403, reason: "http-status" };

/** An instant this many days after the first check. */
function later(days: number): Date {
  return new Date(first.getTime() + days * 86_400_000);
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`links of live aids, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    let links: LinkRepository;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      ({ links } = catalogue);
    });
    afterEach(async () => {
      for (const table of ["aids", "aid_sources", "contents", "aid_history", "links", "hosts"])
        await catalogue.store.rows(sql`delete from ${sql.identifier(table)}`);
    });
    afterAll(() => catalogue.drop());

    const known = async () =>
      (await catalogue.store.rows<{ url: string; state: string }>(sql`select url, state from links order by url`)).map(
        ({ url, state }) => `${url} ${state}`,
      );

    async function bring(...urls: string[]): Promise<void> {
      await importAids(
        catalogue,
        connector,
        urls.map((originUrl, index) => madeAid(String(index + 1), { originUrl })),
      );
      await links.sync();
      await catalogue.search.bringIn();
    }

    /** Takes a link, which must exist. */
    async function taken(now: Date, holdMs = 60_000): Promise<TakenLink> {
      const link = await links.take(now, holdMs);
      if (link === null) throw new Error("no link is to be had");
      return link;
    }

    async function look(verdict: LinkVerdict, now: Date): Promise<void> {
      await links.record(await taken(now), verdict, { now, restMs: 0 });
    }

    it("are the displayed links of published aids and aids in review, each once", async () => {
      await importAids(catalogue, connector, [
        madeAid("1", { originUrl: "https://a.example/1", applicationUrl: "https://a.example/apply" }),
        madeAid("2", {
          originUrl: "https://a.example/2",
          applicationUrl: "https://a.example/apply",
          description: "<p>Aide</p>",
          recurrence: "ongoing",
          targetedAudiences: ["commune"],
        }),
        madeAid("3", { originUrl: "https://a.example/3" }),
        madeAid("4", { originUrl: "https://a.example/4" }),
      ]);
      await publish(catalogue, { connector, externalId: "2" });
      await edit(catalogue, { connector, externalId: "3" }, { originUrl: "https://b.example/edited" });
      await act(catalogue, { connector, externalId: "4" }, (aid) => decideWithdraw(aid, marie));
      expect(await links.sync()).toEqual({ added: 4, dropped: 0 });
      expect(await known()).toEqual([
        "https://a.example/1 unchecked",
        "https://a.example/2 unchecked",
        "https://a.example/apply unchecked",
        "https://b.example/edited unchecked",
      ]);
      expect(await links.sync(), "nothing changed").toEqual({ added: 0, dropped: 0 });
    });

    it("are removed when no live aid displays them any more; the others keep their results", async () => {
      await bring("https://a.example/1", "https://a.example/2");
      await look(absent, first);
      await look(forbidden, first);
      await edit(catalogue, { connector, externalId: "2" }, { originUrl: "https://a.example/new" });
      expect(await links.sync()).toEqual({ added: 1, dropped: 1 });
      expect(await known()).toEqual(["https://a.example/1 failing", "https://a.example/new unchecked"]);
    });

    it("are checked once a week, new links first", async () => {
      await bring("https://a.example/1");
      await look(alive, first);
      expect(await links.take(later(6.9), 1_000)).toBeNull();
      expect(await links.untilNext(later(6.9))).toBeNull();
      await importAids(catalogue, "region-other", [madeAid("1", { originUrl: "https://a.example/new" })]);
      await links.sync();
      expect((await taken(later(7.1), 0)).url).toBe("https://a.example/new");
      await look(alive, later(7.1));
      expect((await taken(later(7.1), 0)).url).toBe("https://a.example/1");
    });

    it("are dead after two failures a week apart, and alive after one success", async () => {
      await bring("https://a.example/1");
      await look(absent, first);
      expect(await links.deadLinks()).toEqual([]);
      await look(absent, later(7));
      expect(await known()).toEqual(["https://a.example/1 dead"]);
      const aid = await curatedAid(catalogue, { connector, externalId: "1" });
      expect(await links.deadLinks(connector)).toEqual([
        {
          aidId: aid.aidId,
          connector,
          externalId: "1",
          name: "Aide à la rénovation",
          field: "originUrl",
          url: "https://a.example/1",
          state: "dead",
          since: "2026-11-25T03:00:00.000Z",
          checkedAt: "2026-12-02T03:00:00.000Z",
          status: 404,
          reason: "not-found",
        },
      ]);
      expect(await links.deadLinks("region-other")).toEqual([]);
      await look(absent, later(14));
      expect(await known(), "a dead link is looked at again").toEqual(["https://a.example/1 dead"]);
      await look(alive, later(21));
      expect(await links.ofAid(aid.aidId)).toMatchObject([
        { state: "alive", status: 200, reason: null, since: "2026-12-16T03:00:00.000Z" },
      ]);
    });

    it("are not dead if the failures are less than a week apart, or if there was another result in between", async () => {
      await bring("https://a.example/1");
      await look(absent, first);
      await catalogue.store.rows(sql`update links set checked_at = null`);
      await look(absent, later(6));
      expect(await known()).toEqual(["https://a.example/1 failing"]);
      await look(forbidden, later(13));
      await look(absent, later(20));
      expect(await known(), "the first failure is forgotten").toEqual(["https://a.example/1 failing"]);
      await look(absent, later(27));
      expect(await known()).toEqual(["https://a.example/1 dead"]);
    });

    it("are never dead if the results are undecided", async () => {
      await bring("https://a.example/1");
      for (const day of [0, 7, 14, 21]) await look(forbidden, later(day));
      expect(await links.list({ states: ["to-check"] })).toMatchObject([
        { url: "https://a.example/1", status: 403, since: "2026-12-16T03:00:00.000Z" },
      ]);
      expect(await links.deadLinks()).toEqual([]);
    });

    it("are claimed one per host, and the host rests for as long as it asks", async () => {
      await bring("https://a.example/1", "https://a.example/2", "https://b.example/1");
      const [one, other] = [await taken(first), await taken(first)];
      expect([one.host, other.host].sort()).toEqual(["a.example", "b.example"]);
      expect(await links.take(first, 1_000), "a.example is being asked").toBeNull();
      const ofA = one.host === "a.example" ? one : other;
      await links.record(ofA, forbidden, { now: first, restMs: 30_000 });
      expect(await links.take(first, 1_000), "a.example wants to be left alone").toBeNull();
      const wait = await links.untilNext(first);
      expect(wait).toBeGreaterThan(20_000);
      expect(wait).toBeLessThanOrEqual(30_000);
    });

    it("are due again after a released check, and after an expired claim", async () => {
      await bring("https://a.example/1");
      await links.release(await taken(first), 0);
      expect((await taken(first, 0)).url, "given back").toBe("https://a.example/1");
      expect((await taken(first, 0)).url, "its time was over").toBe("https://a.example/1");
    });

    it("do not shorten a rest that the host requested from somebody else", async () => {
      await bring("https://a.example/1");
      const link = await taken(first, 1_000);
      await catalogue.schedule.restHost("a.example", 300);
      await links.record(link, alive, { now: first, restMs: 0 });
      expect(await links.untilNext(later(8))).toBeGreaterThan(200_000);
    });

    it("of several aids are listed for each aid and counted once", async () => {
      await bring("https://a.example/same", "https://a.example/same", "https://b.example/other");
      await look(forbidden, first);
      await look(alive, first);
      expect((await links.list({ states: ["to-check", "alive"] })).map(({ externalId, state }) => `${externalId} ${state}`)).toHaveLength(
        3,
      );
      expect(await links.count()).toEqual({ "to-check": 1, alive: 1 });
    });

    it("are listed even if one is the home page of a site, which is not in the search index", async () => {
      await bring("https://a.example/1", "https://b.example/2", "https://c.example/");
      for (let link = 0; link < 2; link++) await look(forbidden, first);
      const listed = async () => (await links.list({ states: ["to-check"] })).map(({ url }) => url);
      expect(await listed()).toEqual(["https://a.example/1", "https://b.example/2"]);
      await look(forbidden, first);
      expect(await listed()).toEqual(["https://a.example/1", "https://b.example/2", "https://c.example/"]);
    });

    it("that are invalid do not block the others", async () => {
      await bring("https://a.example/1");
      await edit(catalogue, { connector, externalId: "1" }, { applicationUrl: "https://[nowhere" });
      await links.sync();
      const urls = [(await taken(first)).url, (await taken(first)).url];
      expect(urls.sort()).toEqual(["https://[nowhere", "https://a.example/1"]);
    });
  });
}
