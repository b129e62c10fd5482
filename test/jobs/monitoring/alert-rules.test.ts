import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { createMetrics } from "../../../src/jobs/monitoring/metrics.ts";
import { inProcess } from "../../support/queues.ts";
import { jobSetup } from "../job-setup.ts";

const read = (page: string) => readFile(new URL(`../../../docs/${page}`, import.meta.url), "utf8");
const all = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([found]) => found))];

it("every metric of the alert rules exists, and operations.md says what to do for each alarm", async () => {
  const house = await jobSetup(inProcess);
  await house.connector("region-a");
  await house.worker();
  await house.ended((await house.ask("region-a")).runId);
  const text = await createMetrics(house.jobs()).text();
  const exported = all(text, /(?<=^# TYPE )moisson_\w+/gm);
  const rules = await read("alerts.yml");
  const used = all(rules, /moisson_[a-z_]+/g);
  expect(used.length).toBeGreaterThan(10);
  expect(used.filter((name) => !exported.includes(name))).toEqual([]);
  const operations = await read("operations.md");
  const alarms = all(rules, /(?<=alert: )\w+/g);
  expect(alarms.filter((alarm) => !operations.includes(`\`${alarm}\``))).toEqual([]);
});
