import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeNightlyOpenData, type OpenDataContext } from "../../../src/jobs/tasks/make-nightly-open-data.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { importLiveAids } from "../../support/live-aids.ts";

const goOn = new AbortController().signal;

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`the open-data task, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    let logged: unknown[];
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
      logged = [];
      await importLiveAids(catalogue, "region-exemple", [{ externalId: "1" }]);
    });
    afterEach(() => catalogue.drop());

    function contextAt(instant: string, changes: Partial<OpenDataContext> = {}): OpenDataContext {
      const clock = { now: () => new Date(instant), fixed: null, elapsed: () => 0 };
      const logger = { info: (said: unknown) => logged.push(said) } as unknown as OpenDataContext["logger"];
      return { catalogue, clock, logger, registry: async () => ({ connectors: [], problems: [] }), ...changes };
    }

    const startedAt = async () => (await catalogue.openData.latest())?.startedAt;

    it("is done once a night, at five in Paris, by a single worker", async () => {
      await makeNightlyOpenData(contextAt("2026-11-24T12:00:00Z"), goOn);
      expect(await startedAt()).toBe("2026-11-24T12:00:00.000Z");
      await makeNightlyOpenData(contextAt("2026-11-25T03:59:59Z"), goOn);
      expect(await startedAt()).toBe("2026-11-24T12:00:00.000Z");
      await Promise.all([1, 2, 3].map(() => makeNightlyOpenData(contextAt("2026-11-25T04:00:00Z"), goOn)));
      expect(await startedAt()).toBe("2026-11-25T04:00:00.000Z");
      await makeNightlyOpenData(contextAt("2026-11-25T04:30:00Z"), goOn);
      expect(await startedAt()).toBe("2026-11-25T04:00:00.000Z");
      expect(logged).toEqual([1, 2].map(() => ({ aids: 1, inNationalSchema: 1, leftOut: {}, ms: 0 })));
    });

    it("after a failure the old dump stays online, and the task runs again half an hour later", async () => {
      await makeNightlyOpenData(contextAt("2026-11-24T04:00:00Z"), goOn);
      const registry = () => Promise.reject(new Error("the worker dies"));
      await expect(makeNightlyOpenData(contextAt("2026-11-25T04:00:00Z", { registry }), goOn)).rejects.toThrow("the worker dies");
      await makeNightlyOpenData(contextAt("2026-11-25T04:29:00Z"), goOn);
      expect(await startedAt()).toBe("2026-11-24T04:00:00.000Z");
      await makeNightlyOpenData(contextAt("2026-11-25T04:30:00Z"), goOn);
      expect(await startedAt()).toBe("2026-11-25T04:30:00.000Z");
    });

    it("does nothing when cancelled, and leaves the task to another worker", async () => {
      await makeNightlyOpenData(contextAt("2026-11-25T04:00:00Z"), AbortSignal.abort());
      expect(await startedAt()).toBeUndefined();
      await makeNightlyOpenData(contextAt("2026-11-25T04:00:00Z"), goOn);
      expect(await startedAt()).toBe("2026-11-25T04:00:00.000Z");
    });
  });
}
