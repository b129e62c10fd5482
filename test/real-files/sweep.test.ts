import { afterAll, describe, expect, it } from "vitest";
import { hasSharedData, whySkipped } from "../support/shared-data.ts";
import { decodeByEnding } from "./expectation.ts";
import { robustnessCounts } from "./robustness-counts.ts";
import { filesOf, runFile } from "./run-file.ts";
import { subsidyAndAidCounts } from "./subsidy-and-aid-counts.ts";

const counts = { ...robustnessCounts, ...subsidyAndAidCounts };

describe.skipIf(!hasSharedData)(`every real file through a throw-away connector${whySkipped}`, () => {
  const peakBefore = process.resourceUsage().maxRSS;
  const files = filesOf("robustness", "subsidies", "xml", "aids").filter((file) => !file.includes("/JSONTestSuite/"));

  it("no file is left out, none is gone", () => {
    expect(files).toEqual(Object.keys(counts).toSorted());
  });

  it.each(files)("%s", async (file) => {
    const expected = counts[file];
    if (expected === undefined) throw new Error("nobody has counted this file");
    if (typeof expected === "object" && "ends" in expected) {
      const { error } = await runFile(file, decodeByEnding(file));
      expect(error).toMatchObject({ code: expected.ends, params: expected.found === undefined ? {} : { found: expected.found } });
      return;
    }
    const readings = typeof expected === "number" ? [{ decode: decodeByEnding(file), records: expected }] : expected;
    for (const { decode, records } of readings) {
      const run = await runFile(file, decode);
      expect(run.error).toBeNull();
      expect(run.read + run.broken, JSON.stringify(decode)).toBe(records);
    }
  });

  afterAll(() => {
    expect((process.resourceUsage().maxRSS - peakBefore) / 1024, "megabytes that the peak has grown by").toBeLessThan(400);
  });
});
