import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { onPostgresql } from "../support/queues.ts";
import { until } from "../support/until.ts";
import { type JobSetup, jobSetup } from "./job-setup.ts";
import { onQueue } from "./on-queue.ts";

const lockSeconds = 2;
const shortLock = { MOISSON_LOCK_SECONDS: `${lockSeconds}` };

/** Waits until twice the lock time has passed since the start of the run, by the database's clock. */
async function twoLocksLater(house: JobSetup, runId: string): Promise<void> {
  const begun = await house.catalogue.store.row<{ at: string }>(
    sql`select clock_timestamp()::text as at from runs where id = ${runId}::uuid`,
  );
  await until("two locks have passed", async () => {
    const [late] = await house.catalogue.store.rows<{ late: boolean }>(
      sql`select clock_timestamp() - ${begun.at}::timestamptz > make_interval(secs => ${2.2 * lockSeconds}) as late`,
    );
    return late?.late;
  });
}

onQueue(onPostgresql, "a slow healthy run", (tested) => {
  it("is not abandoned while its server makes it wait", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-exemple");
    const release = house.site.hold();
    const { runId } = await house.ask("region-exemple");
    await house.twoWorkers({ settings: shortLock });
    await until("the feed is requested", () => house.site.waiting === 1);
    await twoLocksLater(house, runId);
    release();
    expect(await house.ended(runId)).toMatchObject({ outcome: "applied", try: 1 });
    await house.quiet();
    expect(await house.runs("region-exemple")).toHaveLength(1);
  });

  // PGlite has one connection, so nothing else could lock the table.
  it.skipIf(tested.database.kind === "embedded")("is not abandoned during a long transaction", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-exemple");
    const other = await house.catalogue.connect();
    let runId = "";
    await other.store.transaction(async (transaction) => {
      await transaction.rows(sql`lock table aid_history in share row exclusive mode`);
      runId = (await house.ask("region-exemple")).runId;
      await house.twoWorkers({ settings: shortLock });
      await until("it writes", async () => (await house.catalogue.runs.find(runId))?.progress?.stage === "apply");
      await twoLocksLater(house, runId);
    });
    await other.close();
    expect(await house.ended(runId)).toMatchObject({ outcome: "applied", try: 1 });
    await house.quiet();
    expect(await house.runs("region-exemple")).toHaveLength(1);
  });
});
