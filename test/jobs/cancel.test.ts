import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { rowsOf } from "../support/harvest.ts";
import { onPostgresql } from "../support/queues.ts";
import { until } from "../support/until.ts";
import { applyGate } from "./apply-gate.ts";
import { jobSetup } from "./job-setup.ts";
import { onQueue } from "./on-queue.ts";

const now = new Date("2026-11-25T03:00:00Z");

onQueue(onPostgresql, "a cancelled run", (tested) => {
  it("ends at once if it is queued, and no worker does it", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    await house.connector("region-b");
    const cancelled = await house.ask("region-a");
    expect(await house.catalogue.runQueue.cancel(cancelled.runId, "paul", now)).toBe("queued");
    const other = await house.ask("region-b");
    await house.worker();
    await house.ended(other.runId);
    await until("the queue drops its job", async () => Object.values(await house.queue.depth()).every((jobs) => jobs === 0));
    expect(await house.ended(cancelled.runId)).toMatchObject({ outcome: "cancelled" });
    expect(house.site.requestedPaths).toEqual(["/region-b.json"]);
    expect(await house.catalogue.runQueue.cancel(cancelled.runId, "paul", now)).toBeNull();
  });

  it("stops at the next safe point, leaves every row unchanged, and is not retried", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    const first = await house.ask("region-a");
    await house.worker();
    await house.ended(first.runId);
    const rows = await rowsOf(house.catalogue, "region-a");
    expect(rows).toHaveLength(2);
    house.site.answer("/region-a.json", { records: [{ id: "3", titre: "Une autre" }] });
    const release = house.site.hold();
    const { runId } = await house.ask("region-a");
    await until("the feed is requested", () => house.site.waiting === 1);
    expect(await house.catalogue.runQueue.cancel(runId, "paul", now)).toBe("running");
    expect(await house.ended(runId)).toMatchObject({
      outcome: "cancelled",
      report: { error: { code: "cancelled", params: { by: "paul" } } },
    });
    release();
    await house.quiet();
    expect(await rowsOf(house.catalogue, "region-a")).toEqual(rows);
    expect(await house.runs("region-a")).toHaveLength(2);
    const after = await house.ask("region-a");
    expect((await house.ended(after.runId)).outcome).toBe("applied");
  });

  it("cannot be stopped once it writes, and says so", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    const gate = applyGate();
    const { runId } = await house.ask("region-a");
    await house.worker({ around: gate.around });
    await until("it says that it writes", async () => (await house.catalogue.runs.find(runId))?.progress?.stage === "apply");
    expect(await house.catalogue.runQueue.cancel(runId, "paul", now)).toBe("applying");
    gate.open();
    expect(await house.ended(runId)).toMatchObject({ outcome: "applied" });
    expect(await rowsOf(house.catalogue, "region-a")).toHaveLength(2);
  });

  it("is one whose connector's definition stays refused for an hour, and says so", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    const { runId } = await house.ask("region-a");
    await house.connector("region-a", { schedule: "never" });
    await house.catalogue.store.rows(
      sql`update runs set asked_at = asked_at - interval '2 hours', started_at = started_at - interval '2 hours'`,
    );
    await house.worker();
    expect(await house.ended(runId)).toMatchObject({ outcome: "cancelled" });
    const why = await house.catalogue.store.value(sql`select cancel_asked_by as why from runs where id = ${runId}::uuid`);
    expect(why).toBe("the definition of its connector is refused (moisson doctor)");
  });
});
