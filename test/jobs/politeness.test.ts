import { expect, it } from "vitest";
import { until } from "../support/until.ts";
import { applyGate } from "./apply-gate.ts";
import { jobSetup } from "./job-setup.ts";
import { onEveryQueue } from "./on-every-queue.ts";
import { publisherSite } from "./publisher-site.ts";

const shortWaits = { MOISSON_LOCK_SECONDS: "1.5" };

onEveryQueue("connectors of the same host", (tested) => {
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
