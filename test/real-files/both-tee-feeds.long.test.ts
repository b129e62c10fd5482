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
  it("the wrong feed is held after the right one; applied by a person, it is linked, and the 188 common programmes keep the right dates", async () => {
    const catalogue = await fresh();
    expect((await run(catalogue, right)).outcome).toBe("applied");
    const before = await datesOf(catalogue);
    const report = await run(catalogue, wrong);
    expect(report.outcome).toBe("held");
    expect(report.guards.map(({ code }) => code)).toContain("dates-swapped-elsewhere");
    expect(report.warnings.find(({ code }) => code === "known-elsewhere")).toMatchObject({
      found: 188,
      params: { of: 190, from: right, linked: 188 },
    });
    await catalogue.plans.apply(report.planId ?? "", { token: null, now: testNow, appliedBy: "marie" });
    const after = await datesOf(catalogue);
    expect([...before].filter(([id, dates]) => after.get(id) !== dates)).toEqual([]);
    await expectContradictions(catalogue);
  });

  it("after the wrong one, the right feed is linked, and the 188 common programmes show its dates", async () => {
    const catalogue = await fresh();
    // A person applies the wrong feed, although a guard holds its dates.
    const { planId } = await run(catalogue, wrong);
    await catalogue.plans.apply(planId ?? "", { token: null, now: testNow, appliedBy: "marie" });
    const report = await run(catalogue, right);
    expect(report).toMatchObject({ outcome: "applied", counts: { linked: 188 }, remarks: { "linked-elsewhere": 188 } });
    expect(found(report)["known-elsewhere"]).toBe(188);
    const shown = new Map((await flattened(catalogue.aids.list({ connector: wrong }))).map((aid) => [aid.aidId, aid]));
    const sources = (await flattened(catalogue.aids.curated({ connector: right }))).filter(({ status }) => status === "merged");
    expect(sources).toHaveLength(188);
    const wrongDates = sources.flatMap(({ externalId, mergedInto, imported }) =>
      dateFields.flatMap((field) => {
        const date = shown.get(mergedInto ?? "")?.[field] ?? null;
        return date === imported[field] ? [] : [`${externalId} ${field} ${date} instead of ${imported[field]}`];
      }),
    );
    expect(wrongDates).toEqual([]);
    await expectContradictions(catalogue);
  });
});

const dateFields = ["startDate", "submissionDeadline"] as const;

/** Returns the dates of each aid of the right feed, as shown. */
async function datesOf(catalogue: TestCatalogue): Promise<Map<string, string>> {
  const aids = await flattened(catalogue.aids.list({ connector: right }));
  return new Map(aids.map((aid) => [aid.externalId, dateFields.map((field) => aid[field]).join(" ")]));
}

/** Expects that every date in which two linked sources differ is reported, with both values. */
async function expectContradictions(catalogue: TestCatalogue): Promise<void> {
  const all = await flattened(catalogue.aids.curated({}));
  const heads = new Map(all.map((aid) => [aid.aidId, aid]));
  let contradicted = 0;
  for (const source of all.filter(({ isFurtherSource }) => isFurtherSource)) {
    const head = heads.get(source.mergedInto ?? "");
    if (head === undefined) throw new Error(`no head of ${source.externalId}`);
    const own = head.own ?? head.imported;
    for (const field of dateFields) {
      const [one, other] = [own[field], source.imported[field]];
      const reported = head.contradictions?.find((contradiction) => contradiction.field === field);
      const differs = one !== null && other !== null && one !== other;
      expect([reported?.one.value, reported?.other.value]).toEqual(differs ? [one, other] : [undefined, undefined]);
      if (differs) contradicted++;
    }
  }
  expect(contradicted).toBeGreaterThan(20);
}
