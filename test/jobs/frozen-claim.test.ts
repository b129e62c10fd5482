import { expect, it } from "vitest";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import { RunQueueRepository } from "../../src/catalogue/runs/run-queue-repository.ts";
import { testNow } from "../support/made-aids.ts";
import { onPostgresql } from "../support/queues.ts";
import { jobSetup } from "./job-setup.ts";
import { onQueue } from "./on-queue.ts";

onQueue(onPostgresql, "a worker that freezes while it claims a run", (tested) => {
  // The embedded catalogue belongs to one process, which would freeze as a whole.
  it.skipIf(tested.kind === "in-process")("does not stop the night: the server rolls its claim back, and others do all runs", async () => {
    const house = await jobSetup(tested);
    // All feeds are on one host, whose row the claim locks.
    const ids = ["region-a", "region-b"];
    for (const id of ids) await house.connector(id);
    const asked: string[] = [];
    for (const id of ids) asked.push((await house.ask(id)).runId);
    const { databaseUrl, schema } = house.catalogue;
    const connection = await connectPostgresql({ url: databaseUrl ?? "", schema, leaseSeconds: 1 });
    let wake: () => void = () => undefined;
    const wakes = new Promise<void>((resolve) => {
      wake = resolve;
    });
    let claimed: () => void = () => undefined;
    const hasClaimed = new Promise<void>((resolve) => {
      claimed = resolve;
    });
    const frozen = connection.store.transaction(async (transaction) => {
      const ask = { worker: "frozen", leaseSeconds: 3, pauseSeconds: 0, host: house.site.host, mappingFingerprint: "", now: testNow };
      const claim = await new RunQueueRepository(transaction).claim(String(asked[0]), ask);
      expect(claim).toMatchObject({ kind: "claimed" });
      claimed();
      await wakes;
      await transaction.limitLockWaits(1);
    });
    await hasClaimed;
    await house.testQueue.takeAndDie();
    await house.twoWorkers({ settings: { MOISSON_LOCK_SECONDS: "1" } });
    for (const runId of asked) expect(await house.ended(runId)).toMatchObject({ outcome: "applied", try: 1 });
    wake();
    await expect(frozen).rejects.toThrow("connection-lost");
    await connection.close();
  });
});
