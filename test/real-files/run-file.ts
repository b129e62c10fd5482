import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { expect } from "vitest";
import type { AidContent } from "../../src/model/aid/aid.ts";
import { expectSafeHtml } from "../support/expect-safe-html.ts";
import { hasSharedData, sharedData } from "../support/shared-data.ts";
import type { Reading } from "./expectation.ts";
import { type ThrowAwayRun, throwAwayRun } from "./throw-away-run.ts";

/** Returns every file of the folders, by its path in the shared data. */
export function filesOf(...folders: readonly string[]): string[] {
  if (!hasSharedData) return [];
  const paths = folders.flatMap((folder) =>
    readdirSync(join(sharedData, folder), { recursive: true, encoding: "utf8" }).map((name) => join(sharedData, folder, name)),
  );
  const files = paths.filter((path) => statSync(path).isFile()).map((path) => relative(sharedData, path));
  return files.toSorted();
}

/** Returns the maximum CPU seconds for a file with all rules on all fields, on a slow machine. Reading in quadratic time takes far longer. */
function patience(file: string): number {
  return 20 + 20 * (statSync(join(sharedData, file)).size / 1024 ** 2);
}

/** Runs a file of the shared data and checks every run's invariants: the sums, the time, no unsafe markup from hostile files. */
export async function runFile(file: string, decode: Reading["decode"]): Promise<ThrowAwayRun> {
  const before = process.cpuUsage();
  const isHostile = file.startsWith("robustness/");
  const run = await throwAwayRun(join(sharedData, file), decode, (content) => isHostile && expectSafeTexts(content));
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6, "seconds").toBeLessThan(patience(file));
  expect(run.tally.received).toBe(run.read + run.broken);
  expect(run.tally.received).toBe(run.tally.skipped + run.tally.rejected + run.tally.valid);
  return run;
}

function expectSafeTexts({ description, eligibility, projectExamples, contact }: AidContent): void {
  for (const html of [description, eligibility, projectExamples, contact]) expectSafeHtml(html ?? "");
}
