import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compareRuns } from "../../../src/jobs/morning/expected-runs.ts";
import { timesBetween } from "../../../src/jobs/schedule/due.ts";
import { readConnectors } from "../../../src/registry/load-connectors.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";

const at = (paris: string) => new Date(`${paris.replace(" ", "T")}:00+01:00`);
const [friday, monday] = [at("2026-11-20 06:30"), at("2026-11-23 06:30")];

describe.each(testedDatabases)("expected runs, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    let harvest: Harvest;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
      harvest = await newHarvest(catalogue, { schedule: "15 2 * * *", state: "active" });
      await catalogue.schedule.begin([harvest.connector], at("2026-11-01 12:00"));
    });
    afterEach(() => catalogue.drop());

    const compare = async (since = friday, until = monday) => {
      const { expected, missing, late } = await compareRuns(
        catalogue,
        (await readConnectors([harvest.folder])).connectors,
        {},
        { since, until },
      );
      return { expected, missing: missing.map(({ dueAt }) => dueAt.slice(8, 16)), late: late.map(({ state }) => state) };
    };
    const ask = (asked: string, by = "schedule") =>
      catalogue.runQueue.request({ connector: harvest.connector, options: {}, by, now: at(asked) });
    const end = async (runId: string, ended: string) => catalogue.runQueue.cancel(runId, "test", at(ended));

    it("are the due times of the period; each night without a run is missing, even if a worker noted it as done", async () => {
      expect(await compare()).toEqual({ expected: 3, missing: ["21T01:15", "22T01:15", "23T01:15"], late: ["not-begun"] });
      await catalogue.schedule.claim(harvest.connector, at("2026-11-25 02:15"));
      expect((await compare()).missing).toHaveLength(3);
      await end((await ask("2026-11-21 02:15")).runId, "2026-11-21 02:20");
      await end((await ask("2026-11-23 02:40")).runId, "2026-11-23 02:50");
      expect(await compare()).toEqual({ expected: 3, missing: ["22T01:15"], late: [] });
    });

    it("are late, not missing, while their run is queued", async () => {
      await ask("2026-11-20 12:00", "marie");
      expect(await compare()).toEqual({ expected: 3, missing: [], late: ["queued"] });
    });

    it("are neither missing nor late while the database has a fault, and are again when it is over", async () => {
      await catalogue.machineFaults.note("temporary-disk-full", "host-a", 0);
      expect((await compare()).missing).toHaveLength(3);
      await catalogue.machineFaults.note("disk-full", "database", 60);
      expect(await compare()).toEqual({ expected: 3, missing: [], late: [] });
      await catalogue.machineFaults.endOver();
      expect((await compare()).missing).toHaveLength(3);
    });

    it("do not include due times of less than half an hour ago", async () => {
      expect((await compare(friday, at("2026-11-21 02:40"))).expected).toBe(0);
      expect((await compare(friday, at("2026-11-21 02:45"))).expected).toBe(1);
    });

    it("begin anew after a pause, and when a connector becomes active", async () => {
      await catalogue.schedule.pause({ connector: harvest.connector, by: "marie", at: friday, reason: null });
      expect((await compare()).expected).toBe(0);
      await catalogue.schedule.resume(harvest.connector, at("2026-11-22 09:00"));
      expect(await compare()).toMatchObject({ expected: 1, missing: ["23T01:15"] });
      await catalogue.schedule.expectNothing([harvest.connector], at("2026-11-23 06:00"));
      expect((await compare()).expected).toBe(0);
    });

    it("include those of a connector that no worker has seen", async () => {
      const other = await newHarvest(catalogue, { schedule: "15 2 * * *", state: "active" });
      const { connectors } = await readConnectors([other.folder]);
      const { missing } = await compareRuns(catalogue, connectors, {}, { since: friday, until: monday });
      expect(missing).toHaveLength(3);
    });
  });
});

it("due times in a period are after its start, up to its end", () => {
  const times = timesBetween("15 2 * * *", at("2026-11-20 02:15"), at("2026-11-22 02:15"));
  expect(times).toEqual([at("2026-11-21 02:15"), at("2026-11-22 02:15")]);
  expect(timesBetween("no pattern", friday, monday)).toEqual([]);
});
