import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { madeAid, madeReport, planCreations, startRun, testNow } from "../support/made-aids.ts";

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`plans of runs that did not come to their end, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    async function planOf(connector: string, waits: boolean) {
      const run = await startRun(catalogue, connector);
      const aids = [madeAid("1"), madeAid("2")];
      return { run, planId: await planCreations(catalogue, run, aids, { waits }) };
    }
    const stateOf = async (planId: string) => (await catalogue.plans.find(planId))?.state;

    test("the run fails between plan and write: its plan is closed, but a plan that waits for a person stays open", async () => {
      const [lost, held] = [await planOf("a", false), await planOf("b", true)];
      for (const { run } of [lost, held])
        await catalogue.runs.end(run.runId, { outcome: "failed", report: madeReport(run, "failed"), now: testNow });
      expect([await stateOf(lost.planId), await stateOf(held.planId)]).toEqual(["overtaken", "open"]);
    });

    test("run and database crash, so the staged aids are lost: the same happens", async () => {
      const [lost, held] = [await planOf("c", false), await planOf("d", true)];
      await catalogue.store.rows(sql`truncate staged_aids`);
      for (const connector of ["c", "d"]) await catalogue.connectors.takeToken(connector, testNow);
      expect([await stateOf(lost.planId), await stateOf(held.planId)]).toEqual(["overtaken", "open"]);
    });

    test("the connection breaks during the commit: the run stays applied, even if its worker reports a failure", async () => {
      const { run, planId } = await planOf("e", false);
      const report = madeReport(run, "applied");
      await catalogue.plans.apply(planId, { token: run.token, now: testNow, appliedBy: "run", report });
      const again = { afterSeconds: 0, because: "failed" as const };
      const failed = { outcome: "failed" as const, report: madeReport(run, "failed"), now: testNow, again };
      expect(await catalogue.runs.end(run.runId, failed)).toBeNull();
      expect(await catalogue.runs.find(run.runId)).toMatchObject({ state: "ended", outcome: "applied", appliedBy: "run" });
    });
  });
}
