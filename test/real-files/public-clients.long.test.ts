import { createReadStream } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLiveAids } from "../../src/curation/adoption/read-live-aids.ts";
import { termLookup } from "../../src/kit/rules/term-lookup.ts";
import { expectClient } from "../publish/api/clients/expect-client.ts";
import { publicClients } from "../publish/api/clients/public-clients.ts";
import { type TestApi, testApi } from "../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { importPublished } from "../support/published-aids.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";

/** The live aids of November 2021, with deadlines that have passed left out, and the fields that publication requires filled, so that lists have as many aids as they can. */
describe.each(testedDatabases)(`public clients on an API filled with real aids, $title${whySkipped}`, (database) => {
  describe.skipIf(database.skipped || !hasSharedData)("", () => {
    let catalogue: TestCatalogue;
    let api: TestApi;
    beforeAll(async () => {
      const file = join(sharedData, "aids/AT_aides_full_2021-11.json");
      const live = await readLiveAids({ file, bytes: createReadStream(file) }, termLookup(new Map()));
      catalogue = await newCatalogue(database);
      const filled = live.map(({ id, content }) => {
        const known = Object.fromEntries(
          Object.entries(content).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
        );
        return [
          id,
          {
            destinations: ["investment"],
            ...known,
            recurrence: "ongoing",
            startDate: null,
            submissionDeadline: null,
            importShareLicence: "openlicence20",
          } as never,
        ] as const;
      });
      await importPublished(catalogue, "aides-territoires", Object.fromEntries(filled));
      for (let done = -1; done !== 0; ) done = await catalogue.search.catchUp();
      api = await testApi(catalogue);
      expect((await api.get("/api/aids/")).json.count).toBe(live.length);
    }, 300_000);
    afterAll(() => catalogue?.drop());

    it.each(publicClients)("$name", (client) => expectClient(api, client));

    it("finds as many aids for a union of words as for each word, counted once", async () => {
      const idsOf = async (keyword: string) => {
        const ids: number[] = [];
        for (let next: string | null = `/api/aids/?keyword=${encodeURIComponent(keyword)}&itemsPerPage=100`; next !== null; ) {
          const { json }: Awaited<ReturnType<TestApi["get"]>> = await api.get(next);
          ids.push(...json.results.map(({ id }: { id: number }) => id));
          next = json.next;
        }
        return ids;
      };
      const [water, bikes, both] = [await idsOf("eau"), await idsOf("vélo"), await idsOf("eau,vélo")];
      expect(both.length).toBeGreaterThan(0);
      expect([...both].sort()).toEqual([...new Set([...water, ...bikes])].sort());
      expect(new Set(await idsOf("eau vélo"))).toEqual(new Set(water.filter((id) => bikes.includes(id))));
    });
  });
});
