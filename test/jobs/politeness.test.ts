import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { onPostgresql } from "../support/queues.ts";
import { until } from "../support/until.ts";
import { applyGate } from "./apply-gate.ts";
import { jobSetup } from "./job-setup.ts";
import { onQueue } from "./on-queue.ts";
import { publisherSite } from "./publisher-site.ts";

const shortWaits = { MOISSON_LOCK_SECONDS: "1.5" };

onQueue(onPostgresql, "connectors of the same host", (tested) => {
  it("request it one after the other, even if an address comes from the environment", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    await house.connector("region-b", { feed: { url: "https://example.org/moved.json" } });
    const environment = { MOISSON_URL_REGION_B: `${house.site.origin}/region-b.json` };
    const release = house.site.hold();
    const requested = [await house.ask("region-a"), await house.ask("region-b")];
    await house.twoWorkers({ settings: shortWaits, environment });
    await until("one host is requested, and the other run waits", async () => {
      const { delayed } = await house.queue.depth();
      return house.site.waiting === 1 && delayed === 1;
    });
    release();
    for (const { runId } of requested) expect(await house.ended(runId)).toMatchObject({ outcome: "applied", try: 1 });
    expect(house.site.maxAtOnce).toBe(1);
    expect(house.site.requestedPaths).toHaveLength(2);
  });

  it("are woken when it is free, and ask only twice: checks and time do not start them", async () => {
    const house = await jobSetup(tested);
    const ids = ["region-a", "region-b", "region-c"];
    for (const id of ids) await house.connector(id);
    const claims: string[] = [];
    const around = (catalogue: Catalogue): Catalogue => {
      const { runQueue } = catalogue;
      const claim: typeof runQueue.claim = (runId, ask) => {
        claims.push(runId);
        return runQueue.claim(runId, ask);
      };
      return { ...catalogue, runQueue: Object.assign(Object.create(runQueue), { claim }) };
    };
    const release = house.site.hold();
    const requested = [];
    for (const id of ids) requested.push(await house.ask(id));
    await house.twoWorkers({ settings: { ...shortWaits, MOISSON_TICK_SECONDS: "0.2" }, around });
    await until("one host is requested, and the other runs wait", async () => {
      const { delayed } = await house.queue.depth();
      return house.site.waiting === 1 && delayed === 2;
    });
    // Longer than runs waited before they asked again, by the checks of the workers.
    const looks = await house.catalogue.store.row<{ at: string }>(sql`select clock_timestamp()::text as at`);
    await until("some seconds have passed", async () => {
      const { isOver } = await house.catalogue.store.row<{ isOver: boolean }>(
        sql`select clock_timestamp() > ${looks.at}::timestamptz + interval '3 seconds' as "isOver"`,
      );
      return isOver;
    });
    expect(claims).toHaveLength(3);
    release();
    for (const { runId } of requested) expect(await house.ended(runId)).toMatchObject({ outcome: "applied", try: 1 });
    expect(house.site.maxAtOnce).toBe(1);
    expect(claims.length).toBeLessThanOrEqual(6);
  });

  it("are woken by the worker that has fetched its feed, without a check", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    await house.connector("region-b");
    const release = house.site.hold();
    const requested = [await house.ask("region-a"), await house.ask("region-b")];
    await house.twoWorkers({ settings: { MOISSON_TICK_SECONDS: "3600" } });
    await until("one host is requested, and the other run waits", async () => {
      const { delayed } = await house.queue.depth();
      return house.site.waiting === 1 && delayed === 1;
    });
    release();
    for (const { runId } of requested) expect((await house.ended(runId)).outcome).toBe("applied");
  });

  it("do not wait for those of another host", async () => {
    const house = await jobSetup(tested);
    const other = await publisherSite();
    await house.connector("region-a");
    await house.connector("region-b", { feed: { url: `${other.origin}/region-b.json` } });
    const release = [house.site.hold(), other.hold()];
    const requested = [await house.ask("region-a"), await house.ask("region-b")];
    await house.twoWorkers({ settings: shortWaits, allowHosts: [house.site.host, other.host] });
    await until("both hosts are requested at the same time", () => house.site.waiting === 1 && other.waiting === 1);
    for (const open of release) open();
    for (const { runId } of requested) expect((await house.ended(runId)).outcome).toBe("applied");
  });

  it("may request it while another processes its downloaded feed", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    await house.connector("region-b");
    const gate = applyGate();
    const first = await house.ask("region-a");
    await house.twoWorkers({ settings: shortWaits, around: gate.around });
    await until("the first has its feed", async () => (await house.catalogue.runs.find(first.runId))?.snapshotHash);
    const second = await house.ask("region-b");
    await until("the second has its feed, too", async () => (await house.catalogue.runs.find(second.runId))?.snapshotHash);
    expect((await house.catalogue.runs.find(first.runId))?.state).toBe("running");
    gate.open();
    for (const { runId } of [first, second]) expect((await house.ended(runId)).outcome).toBe("applied");
  });
});
