import { describe, expect, it } from "vitest";
import { hasSharedData, whySkipped } from "../support/shared-data.ts";
import { type Counts, decodeByEnding } from "./expectation.ts";
import { filesOf, runFile } from "./run-file.ts";

/** Tests that a throw-away connector reads the counted number of records from every file of these folders, except JSONTestSuite. */
export function sweep(folders: readonly string[], counts: Counts): void {
  describe.skipIf(!hasSharedData)(`every file of ${folders.join(", ")} through a throw-away connector${whySkipped}`, () => {
    const files = filesOf(...folders).filter((file) => !file.includes("/JSONTestSuite/"));

    it("the counts list every file, and no other", () => {
      expect(files).toEqual(Object.keys(counts).toSorted());
    });

    it.each(files)("%s", async (file) => {
      const expected = counts[file];
      if (expected === undefined) throw new Error("the records of this file are not counted");
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
  });
}
