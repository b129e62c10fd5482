import { expect, it } from "vitest";
import { runErrorMessage } from "../../src/cli/english/runs.ts";

it.each([
  [{ limitMb: 200 }, "a page of the feed is larger than 200 MB"],
  [{ at: "row 2", limitMb: 16 }, "a record is larger than 16 MB (row 2)"],
  [{ at: "row 1", limitColumns: 16_384 }, "the table has more than 16384 columns (row 1)"],
  [{ at: "line 1, column 90", limitAttributes: 1000 }, "an element has more than 1000 attributes (line 1, column 90)"],
])("names the limit that was exceeded: %j", (params, sentence) => {
  expect(runErrorMessage("too-large", params)).toBe(sentence);
});
