import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { RecordWriter } from "../../src/ingest/record-writer.ts";

test("rejected records are written one batch after the other, in feed order", async () => {
  const written: string[] = [];
  let going = 0;
  let most = 0;
  const reject = async (rejections: readonly { locator: string }[]) => {
    most = Math.max(most, ++going);
    await turn();
    written.push(...rejections.map(({ locator }) => locator));
    going--;
  };
  const writer = new RecordWriter({ stage: async () => undefined, reject });
  const locators = Array.from({ length: 3000 }, (_, index) => `row ${index}`);
  for (let first = 0; first < locators.length; first += 300) {
    const rejected = locators.slice(first, first + 300).map((locator) => ({ hash: "", locator, record: null }));
    await writer.write({ rejected, memoOf: new Int32Array(0) } as never);
  }
  await writer.end();
  expect(written).toEqual(locators);
  expect(most).toBe(1);
});
