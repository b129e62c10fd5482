import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { runIngestion } from "../../src/ingest/run.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { loadedConnector } from "../support/loaded-connectors.ts";
import { flattened, testNow } from "../support/made-aids.ts";
import { realFeeds } from "../support/real-feeds.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";
import { testServices } from "../support/test-services.ts";

const [right, wrong] = ["tee-programmes", "transition-ecologique-entreprises"] as const;

async function run(catalogue: TestCatalogue, id: string): Promise<RunReport> {
  return runIngestion(await loadedConnector(id), testServices(catalogue), { file: join(sharedData, realFeeds[id] ?? "") });
}

async function fresh(): Promise<TestCatalogue> {
  const catalogue = await newCatalogue(testDatabase);
  onTestFinished(() => catalogue.drop());
  return catalogue;
}

const found = ({ warnings, guards }: RunReport) => Object.fromEntries([...guards, ...warnings].map(({ code, found }) => [code, found]));

describe.skipIf(!hasSharedData || testDatabase.skipped)(`both feeds of TEE, of which one swaps day and month${whySkipped}`, () => {
  it("the wrong feed is held after the right one, so the 188 common programmes keep the right dates", async () => {
    const catalogue = await fresh();
    expect((await run(catalogue, right)).outcome).toBe("applied");
    const report = await run(catalogue, wrong);
    expect(report.outcome).toBe("held");
    expect(report.guards.map(({ code }) => code)).toContain("dates-swapped-elsewhere");
    expect(report.warnings.find(({ code }) => code === "known-elsewhere")).toMatchObject({ found: 188, params: { of: 190, from: right } });
  });

  it("after the wrong one, the right feed is applied, and every date that differs is reported with both values", async () => {
    const catalogue = await fresh();
    // A person applies the wrong feed, although a guard holds its dates.
    const { planId } = await run(catalogue, wrong);
    await catalogue.plans.apply(planId ?? "", { token: null, now: testNow, appliedBy: "marie" });
    const report = await run(catalogue, right);
    expect(report.outcome).toBe("applied");
    expect(found(report)["known-elsewhere"]).toBe(188);
    const remarks = (await catalogue.plans.remarks(report.planId ?? "")).filter(({ code }) => code === "known-elsewhere");
    expect(remarks).toHaveLength(188);
    const aids = new Map((await flattened(catalogue.aids.list({}))).map((aid) => [`${aid.connector}/${aid.externalId}`, aid]));
    const unreported = remarks.flatMap(({ externalId, params }) => {
      const [ours, theirs] = [aids.get(`${right}/${externalId}`), aids.get(String(params.of))];
      const reported = ((params.contradicts ?? []) as { field: string }[]).map(({ field }) => field);
      return (["startDate", "submissionDeadline"] as const).flatMap((field) => {
        const [date, other] = [ours?.[field] ?? null, theirs?.[field] ?? null];
        return date === other || other === null || date === null || reported.includes(field)
          ? []
          : [`${externalId} ${field} ${date} ${other}`];
      });
    });
    expect(unreported).toEqual([]);
  });
});
