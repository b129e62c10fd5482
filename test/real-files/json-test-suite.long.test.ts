import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";
import { filesOf, runFile } from "./run-file.ts";

describe.skipIf(!hasSharedData)(`JSONTestSuite through a throw-away connector${whySkipped}`, () => {
  const files = filesOf("robustness/JSONTestSuite");

  it("names the expected result of each file, except the tests of transformations", () => {
    expect(files.filter((file) => !/\/(?:[yni]_[^/]+|test_transform\/[^/]+)$/.test(file))).toEqual([]);
    expect(files).toHaveLength(340);
  });

  it.each(files)("%s", async (file) => {
    const run = await runFile(file, { format: "json" });
    const isRead = run.error === null && run.broken === 0;
    if (/\/y_|test_transform/.test(file)) {
      const value: unknown = JSON.parse(readFileSync(join(sharedData, file), "utf8"));
      expect([isRead, run.read]).toEqual([true, Array.isArray(value) ? value.length : 1]);
    } else if (file.includes("/n_")) expect(isRead).toBe(false);
    else if (run.error === null) expect(run.tally.received).toBeGreaterThan(0);
  });
});
