import { expect, it } from "vitest";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { inProcess } from "../support/queues.ts";
import { until } from "../support/until.ts";
import { jobSetup } from "./job-setup.ts";
import { onQueue } from "./on-queue.ts";

onQueue(inProcess, "failed runs", (tested) => {
  it("are retried after temporary server errors, and counted", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-exemple");
    house.site.answer("/region-exemple.json", { status: 503 });
    const { runId } = await house.ask("region-exemple");
    await house.worker();
    expect(await house.ended(runId)).toMatchObject({ outcome: "unreachable", try: 1 });
    house.site.answer("/region-exemple.json", {});
    await house.quiet();
    const runs = await house.runs("region-exemple");
    expect(runs.at(-1)).toMatchObject({ outcome: "applied", askedBy: "marie" });
    expect(runs.map((run) => run.try)).toEqual(runs.map((_, index) => index + 1));
  });

  it("wait as long as the server asks, and so do other runs of its host", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-seconds");
    await house.connector("region-same-host");
    house.site.answer("/region-seconds.json", { status: 429, headers: { "retry-after": "900" } });
    const first = await house.ask("region-seconds");
    await house.worker();
    expect(await house.ended(first.runId)).toMatchObject({ outcome: "unreachable" });
    const [again] = await house.catalogue.runQueue.waiting("region-seconds");
    expect(again?.seconds).toBeGreaterThan(890);
    expect(again?.seconds).toBeLessThanOrEqual(900);
    const other = await house.ask("region-same-host");
    const left = await until("the other connector leaves the host alone", async () =>
      (await house.catalogue.runQueue.waiting("region-same-host")).find(({ seconds }) => seconds > 0),
    );
    expect(left).toMatchObject({ runId: other.runId, try: 1 });
    expect(left.seconds).toBeGreaterThan(890);
    expect(house.site.requestedPaths).toEqual(["/region-seconds.json"]);
  });

  it("end only after their host's pause is known, because the next run would request it", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-exemple");
    house.site.answer("/region-exemple.json", { status: 429, headers: { "retry-after": "900" } });
    const order: string[] = [];
    const around = (catalogue: Catalogue): Catalogue => {
      const schedule = Object.create(catalogue.schedule) as Catalogue["schedule"];
      const runs = Object.create(catalogue.runs) as Catalogue["runs"];
      schedule.restHost = async (...args) => {
        await catalogue.schedule.restHost(...args);
        order.push("host rests");
      };
      runs.end = async (...args) => {
        order.push("run ends");
        return catalogue.runs.end(...args);
      };
      return { ...catalogue, schedule, runs };
    };
    const { runId } = await house.ask("region-exemple");
    await house.worker({ around });
    await house.ended(runId);
    expect(order).toEqual(["host rests", "run ends"]);
  });

  it("wait until the server's date", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-exemple");
    const date = new Date();
    const headers = { date: date.toUTCString(), "retry-after": new Date(date.getTime() + 600_000).toUTCString() };
    house.site.answer("/region-exemple.json", { status: 503, headers });
    const { runId } = await house.ask("region-exemple");
    await house.worker();
    await house.ended(runId);
    const [again] = await house.catalogue.runQueue.waiting("region-exemple");
    expect(again?.seconds).toBeGreaterThan(590);
    expect(again?.seconds).toBeLessThanOrEqual(600);
  });

  it("pause a host for one night at most, whatever it asks", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-exemple");
    await house.connector("region-same-host");
    house.site.answer("/region-exemple.json", { status: 429, headers: { "retry-after": "99999999" } });
    const { runId } = await house.ask("region-exemple");
    await house.worker();
    await house.ended(runId);
    expect(await house.catalogue.runQueue.waiting("region-exemple")).toEqual([]);
    await house.ask("region-same-host");
    const left = await until("the host rests", async () => (await house.catalogue.runQueue.waiting()).find(({ seconds }) => seconds > 0));
    expect(left.seconds).toBeLessThanOrEqual(3 * 3600);
  });

  it("are not retried if a person must act, and do not block others", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-gone");
    await house.connector("region-page");
    await house.connector("region-secret", {
      feed: { url: `${house.site.origin}/region-secret.json`, headersFrom: { "x-api-key": "REGION_SECRET_KEY" } },
    });
    await house.connector("region-well");
    house.site.answer("/region-gone.json", { status: 404 });
    house.site.answer("/region-page.json", {
      headers: { "content-type": "text/html" },
      text: "<!doctype html><html><body>En travaux</body></html>",
    });
    for (const id of ["region-gone", "region-page", "region-secret", "region-well"]) await house.ask(id);
    await house.twoWorkers();
    await house.quiet();
    const outcomes = async (id: string) => (await house.runs(id)).map(({ outcome, report }) => [outcome, report?.error?.code]);
    expect(await outcomes("region-gone")).toEqual([["refused", "http-refused"]]);
    expect(await outcomes("region-page")).toEqual([["unreadable", "html-page"]]);
    expect(await outcomes("region-secret")).toEqual([["refused", "missing-secret"]]);
    expect((await house.runs("region-secret"))[0]?.report?.error?.params).toEqual({ variable: "REGION_SECRET_KEY" });
    expect(await outcomes("region-well")).toEqual([["applied", undefined]]);
  });
});
