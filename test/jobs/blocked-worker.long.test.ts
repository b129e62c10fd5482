import { expect, it } from "vitest";
import { rowsOf } from "../support/harvest.ts";
import { onPostgresql } from "../support/queues.ts";
import { until } from "../support/until.ts";
import { applyGate } from "./apply-gate.ts";
import { jobSetup } from "./job-setup.ts";
import { onQueue } from "./on-queue.ts";

const shortLock = { MOISSON_LOCK_SECONDS: "2" };

onQueue(onPostgresql, "blocked workers", (tested) => {
  it("write nothing afterwards, and their run stays abandoned", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-exemple");
    const { runId } = await house.ask("region-exemple");
    const gate = applyGate();
    await house.worker({ settings: { ...shortLock, MOISSON_RUNS_AT_ONCE: "1" }, beatMs: 2 ** 30, around: gate.around });
    await until("the first worker is about to write", gate.isReached);
    await house.worker({ settings: shortLock });
    expect(await house.ended(runId)).toMatchObject({ outcome: "abandoned" });
    const second = await until("it is tried again", async () =>
      (await house.runs("region-exemple")).find(({ triesAgain }) => triesAgain === runId),
    );
    expect((await house.ended(second.runId)).outcome).toBe("applied");
    const rows = await rowsOf(house.catalogue, "region-exemple");
    gate.open();
    await house.quiet();
    await until("the blocked worker has ended its run", async () => (await house.runs("region-exemple"))[0]?.report !== null);
    expect(await house.ended(runId)).toMatchObject({ outcome: "abandoned", report: { error: { code: "token-taken-over" } } });
    expect(await rowsOf(house.catalogue, "region-exemple")).toEqual(rows);
  });
});
