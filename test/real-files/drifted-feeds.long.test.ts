import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { runIngestion } from "../../src/ingest/run.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { applyHeld } from "../support/apply-held.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { misread } from "../support/encode-twice.ts";
import { loadedConnector } from "../support/loaded-connectors.ts";
import { withOldBytes } from "../support/old-bytes.ts";
import { realFeeds } from "../support/real-feeds.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";
import { testServices } from "../support/test-services.ts";

let catalogue: TestCatalogue;
beforeAll(async () => {
  catalogue = await newCatalogue(testDatabase);
});
afterAll(() => catalogue.drop());

/** Imports the real feed of a connector, and then the feed as the publisher could send it another day. Returns the second report. */
async function importTwice(id: string, drift: (feed: Buffer) => string | Uint8Array): Promise<RunReport> {
  const file = join(sharedData, realFeeds[id] ?? "");
  const folder = await mkdtemp(join(tmpdir(), "moisson-drifted-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const drifted = join(folder, `drifted${extname(file)}`);
  await writeFile(drifted, drift(readFileSync(file)));
  const connector = await loadedConnector(id);
  const services = testServices(catalogue);
  const before = await runIngestion(connector, services, { file, force: true });
  // The export of TEE, whose dates were read with the month first.
  await applyHeld(catalogue, before);
  return runIngestion(connector, services, { file: drifted });
}

/** Returns the counts of the issues with this code. */
const countOf = (report: RunReport, code: string) => report.issues.filter((group) => group.code === code).map(({ count }) => count);

/** Writes the characters of a JSON without escapes. */
const withoutEscapes = (id: string, text: string) => (realFeeds[id]?.endsWith(".json") ? JSON.stringify(JSON.parse(text)) : text);

/** The feed with each record twice. */
function withCopies(id: string, text: string): string {
  if (realFeeds[id]?.endsWith(".csv")) {
    const [header = "", ...rows] = text.split(/\r?\n(?=(?:[^"]*"[^"]*")*[^"]*$)/);
    return [header, ...rows, ...rows].filter((row) => row !== "").join("\n");
  }
  const twice = (value: unknown): unknown => {
    if (Array.isArray(value)) return [...value, ...value];
    return Object.fromEntries(
      Object.entries(value as object).map(([key, member]) => [key, Array.isArray(member) && member.length > 0 ? twice(member) : member]),
    );
  };
  return JSON.stringify(twice(JSON.parse(text)));
}

const unchanged = { created: 0, updated: 0, restored: 0, withdrawn: 0, missing: 0, rejected: 0, proposals: 0 };

const textFeeds = Object.entries(realFeeds).flatMap(([id, file]) => (/\.(?:csv|json)$/.test(file) ? [id] : []));

describe.skipIf(!hasSharedData)(`real feeds that arrive damaged but certain to repair${whySkipped}`, () => {
  it.each(textFeeds)("%s, encoded in UTF-8 twice: nothing changes", async (id) => {
    const report = await importTwice(id, (feed) => misread(withoutEscapes(id, feed.toString("utf8")), "windows-1252"));
    expect([report.outcome, report.counts]).toMatchObject(["unchanged", unchanged]);
    expect(countOf(report, "encoded-twice")[0]).toBeGreaterThan(0);
  });

  it.each(textFeeds)("%s, with single bytes of windows-1252: nothing changes", async (id) => {
    const report = await importTwice(id, (feed) => withOldBytes(withoutEscapes(id, feed.toString("utf8"))));
    expect([report.outcome, report.counts]).toMatchObject(["unchanged", unchanged]);
    expect(countOf(report, "wrong-encoding")[0]).toBeGreaterThan(0);
  });

  it.each(textFeeds)("%s, with a copy of every record: nothing changes", async (id) => {
    const report = await importTwice(id, (feed) => withCopies(id, feed.toString("utf8")));
    const { received, skipped, valid } = report.counts;
    expect([report.outcome, report.counts]).toMatchObject(["unchanged", unchanged]);
    expect(countOf(report, "exact-copy")).toEqual([valid]);
    expect(skipped + valid).toBe(received);
  });
});
