import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keepSearchUpToDate } from "../../src/catalogue/search/catch-up-search.ts";
import type { SearchFilter } from "../../src/catalogue/search/search-filter.ts";
import { decideReject } from "../../src/curation/decide-status.ts";
import type { AidContent } from "../../src/model/aid/aid.ts";
import { storedStamp } from "../../src/model/territories/edition.ts";
import { anything, beginning, some } from "../curation/any-act.ts";
import { History } from "../curation/history-commands.ts";
import { bothDatabases, newCatalogue, type TestCatalogue } from "../support/catalogues.ts";
import { act, edit, marie } from "../support/curate.ts";
import { flattened, importAids, madeAid } from "../support/made-aids.ts";
import { propertyRuns } from "../support/property-runs.ts";
import { until } from "../support/until.ts";

const drome = { scale: "department", code: "26", name: "Drôme" } as const;
const valence = { scale: "commune", code: "26362", name: "Valence" } as const;
const auvergneRhoneAlpes = { scale: "region", code: "84", name: "Auvergne-Rhône-Alpes" } as const;
const bretagne = { scale: "region", code: "53", name: "Bretagne" } as const;
const france = { scale: "country", code: "FRA", name: "France" } as const;

describe.each(bothDatabases)("the index of lists, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    /** Creates a catalogue of these aids and returns them by external id. */
    async function holding(aids: Readonly<Record<string, Partial<AidContent>>>): Promise<void> {
      await importAids(
        catalogue,
        "departement-drome",
        Object.entries(aids).map(([id, given]) => madeAid(id, given)),
      );
    }

    async function found(filter: SearchFilter): Promise<string[]> {
      const listed = await catalogue.search.list(filter, { limit: 100, offset: 0 });
      expect(await catalogue.search.count(filter)).toBe(listed.length);
      return listed.map(({ externalId }) => externalId);
    }

    test("finds words as people type them: beginnings, without accents, singular or plural", async () => {
      await holding({
        velo: { name: "Prêts pour les vélos", financers: [{ name: "Région Île-de-France", siren: null }] },
        oeuvre: { name: "Aide à l’œuvre", description: "<p>Pour la <strong>mobilité</strong>&nbsp;douce</p>" },
        "AAP-2026-12": { name: "Eau", nameInitial: "Appel eaux usées" },
      });
      expect(await found({ text: "pret velo" })).toEqual(["velo"]);
      expect(await found({ text: "VÉLOS" })).toEqual(["velo"]);
      expect(await found({ text: "oeuvre mobil" })).toEqual(["oeuvre"]);
      expect(await found({ text: "aap-2026" })).toEqual(["AAP-2026-12"]);
      expect(await found({ text: "usée" })).toEqual(["AAP-2026-12"]);
      expect(await found({ text: "strong" })).toEqual([]);
      // Beginnings of index entries that are not words.
      for (const text of ["b", "t", "m /m/contact", "/o/region"]) expect(await found({ text })).toEqual([]);
      expect(await found({ text: "velo eau" })).toEqual([]);
      expect(await found({ organisation: "ile de france" })).toEqual(["velo"]);
      expect(await found({ organisation: "velo" })).toEqual([]);
      expect(await found({ text: "'); drop table aids; -- & | ! :* <->" })).toEqual([]);
    });

    test("finds aids that apply in a territory, in one around it and, if requested, in those inside it", async () => {
      await holding({
        commune: { name: "a", perimeters: [valence] },
        department: { name: "b", perimeters: [drome] },
        region: { name: "c", perimeters: [auvergneRhoneAlpes, bretagne] },
        country: { name: "d", perimeters: [france] },
        elsewhere: { name: "e", perimeters: [bretagne] },
        without: { name: "f", perimeters: [auvergneRhoneAlpes], perimeterExclusions: [drome] },
        nowhere: { name: "g" },
      });
      expect(await found({ territories: [drome] })).toEqual(["department", "region", "country"]);
      expect(await found({ territories: [drome], isWithin: true })).toEqual(["commune", "department", "region", "country"]);
      expect(await found({ territories: [valence] })).toEqual(["commune", "department", "region", "country"]);
      expect(await found({ territories: [france], isWithin: true })).toEqual([
        "commune",
        "department",
        "region",
        "country",
        "elsewhere",
        "without",
      ]);
      expect(await found({ territories: [bretagne, valence] })).toEqual(["commune", "department", "region", "country", "elsewhere"]);
      expect(await found({ territories: [] })).toEqual([]);
      const [listed] = await catalogue.search.list({ territories: [valence] }, { limit: 1, offset: 0 });
      expect(listed?.territories).toEqual(["commune:26362"]);
    });

    test("filters by the other displayed values, with edits before the publisher's values, and sorts", async () => {
      await holding({
        a: { name: "Zeste", submissionDeadline: "2026-12-01", categories: ["eau-potable"], aidTypes: ["grant"], language: "en" },
        b: { name: "Abri", submissionDeadline: "2026-10-01", targetedAudiences: ["commune"] },
        c: { name: "Coque", outOfScope: "pour les entreprises" },
      });
      await edit(catalogue, { externalId: "a" }, { name: "Bord", targetedAudiences: ["commune"] });
      expect(await found({})).toEqual(["b", "a", "c"]);
      expect(await found({ text: "zeste" })).toEqual([]);
      expect(await found({ order: "deadline" })).toEqual(["b", "a", "c"]);
      expect(await found({ audience: "commune" })).toEqual(["b", "a"]);
      expect(await found({ categories: ["eau-potable", "voirie-et-reseaux"] })).toEqual(["a"]);
      expect(await found({ type: "grant" })).toEqual(["a"]);
      expect(await found({ language: "en" })).toEqual(["a"]);
      expect(await found({ standings: ["review"] })).toEqual(["b", "a"]);
      expect(await found({ standings: ["out-of-scope", "live"] })).toEqual(["c"]);
      expect(await found({ expiredOn: "2026-11-25" })).toEqual(["b"]);
      expect(await found({ notExpiredOn: "2026-11-25" })).toEqual(["a", "c"]);
      expect(await found({ deadlineFrom: "2026-10-01", deadlineTo: "2026-11-30" })).toEqual(["b"]);
      expect(await found({ hasNoDeadline: true })).toEqual(["c"]);
      expect(await found({ missing: "categories" })).toEqual(["b", "c"]);
      expect(await found({ connectors: ["departement-drome"] })).toHaveLength(3);
      expect(await found({ connectors: [] })).toEqual([]);
      await act(catalogue, { externalId: "b" }, (aid) => decideReject(aid, marie));
      expect(await found({ standings: ["deleted"] })).toEqual(["b"]);
      expect(await found({ status: "deleted" })).toEqual(["b"]);
    });

    test("equals a rebuilt index after any history", async () => {
      await fc.assert(
        fc.asyncProperty(some(anything, 4, 10), async (acts) => {
          const history = await History.begin(catalogue);
          for (const [number, doing] of [...beginning, ...acts].entries()) {
            await history.live(doing);
            if (number % 2 === 0) await catalogue.search.count({});
          }
          await expectSame();
        }),
        { numRuns: propertyRuns(6) },
      );
    });

    /** Expects the updated index to equal a rebuilt one. */
    async function expectSame(): Promise<void> {
      const rows = async () => {
        while ((await catalogue.search.catchUp(7)) > 0);
        return catalogue.store.rows<{ row: unknown }>(sql`select to_jsonb(aid_search) as row from aid_search order by aid_id`);
      };
      const followed = await rows();
      const aids = await flattened(catalogue.aids.list());
      expect(followed.map(({ row }) => (row as { title: string }).title).sort()).toEqual(aids.map(({ name }) => name).sort());
      await catalogue.store.rows(sql`delete from aid_search`);
      await catalogue.store.rows(sql`update search_state set up_to = 0`);
      expect(await rows()).toEqual(followed);
    }

    test("is updated in batches, by several processes at once", async () => {
      await importAids(
        catalogue,
        "a",
        Array.from({ length: 120 }, (_, number) => madeAid(`${number}`, { name: `Aide ${number}` })),
      );
      await importAids(catalogue, "b", [madeAid("1", { name: "Après" })]);
      const other = await catalogue.again();
      expect(await catalogue.search.behind()).toBe(121);
      const done = await Promise.all([catalogue.search.catchUp(50), other.search.catchUp(50), catalogue.search.catchUp(50)]);
      expect(done.reduce((sum, number) => sum + number)).toBe(120 - (await left()));
      while ((await catalogue.search.catchUp(50)) > 0);
      expect(await left()).toBe(-1);
      expect(await catalogue.search.count({ text: "apres" })).toBe(1);
      expect(await catalogue.search.behind()).toBe(0);
    });

    async function left(): Promise<number> {
      const { count } = await catalogue.store.row<{ count: number }>(sql`select count(*)::int as count from aid_search`);
      return 120 - count;
    }

    test("misses no revision that is written during an update", async () => {
      if (database.kind === "embedded") return;
      const writer = await catalogue.again();
      await importAids(catalogue, "a", [madeAid("1")]);
      let isDone = false;
      const writing = (async () => {
        for (let number = 2; number < 40; number++) await importAids(writer, "a", [madeAid(`${number}`)]);
        isDone = true;
      })();
      while (!isDone) await catalogue.search.catchUp(1);
      await writing;
      while ((await catalogue.search.catchUp(5)) > 0);
      expect(await catalogue.search.count({})).toBe(39);
    });

    test("brings in what was there, and does not wait for what a night adds meanwhile", async () => {
      if (database.kind === "embedded") return;
      const [other, writer] = [await catalogue.again(), await catalogue.again()];
      await importAids(catalogue, "a", [madeAid("1")]);
      let bringing: Promise<void> | undefined;
      // Another process indexes the first aid while the second one arrives.
      await catalogue.store.transaction(async (transaction) => {
        await transaction.rows(sql`update search_state set up_to = 1, edition = ${storedStamp() ?? ""}`);
        bringing = other.search.bringIn();
        await until("the index is waited for", () =>
          catalogue.store.any(sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`),
        );
        await importAids(writer, "a", [madeAid("1"), madeAid("2")]);
      });
      await bringing;
      expect(await catalogue.search.behind()).toBe(1);
      await catalogue.search.bringIn();
      expect(await catalogue.search.behind()).toBe(0);
    });
  });
});

test("while the database is away, the index logs its failures once a minute, not at every look", async () => {
  const closing = new AbortController();
  const logged: string[] = [];
  let looks = 0;
  const catchUp = async () => {
    if (++looks === 5) closing.abort();
    throw new Error("the database is away");
  };
  await keepSearchUpToDate({ search: { catchUp } }, { error: (_, message) => void logged.push(message) }, closing.signal, 1);
  expect([looks, logged]).toEqual([5, ["the search index could not be updated"]]);
});
