import { createReadStream, statSync } from "node:fs";
import { basename, join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeFeed } from "../../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../src/ingest/decode/decoded.ts";
import { scanMarkup } from "../../src/kit/values/html/scan-markup.ts";
import { expectSameCleaning } from "../support/expect-same-cleaning.ts";
import { loadedConnector } from "../support/loaded-connectors.ts";
import { anyMarkup } from "../support/markup-arbitrary.ts";
import { propertyRuns } from "../support/property-runs.ts";
import { mutationsOf, publishersMarkup } from "../support/publishers-markup.ts";
import { realFeeds } from "../support/real-feeds.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";

const nowhere = { text: () => undefined, open: () => undefined, close: () => undefined, unsafe: () => undefined };

describe("the scanner and the full reader agree", () => {
  it("on texts of publishers", { timeout: 900_000 }, () => {
    fc.assert(
      fc.property(publishersMarkup, (html) => expectSameCleaning(html)),
      { numRuns: propertyRuns(150_000) },
    );
  });

  it("on bad markup", { timeout: 900_000 }, () => {
    fc.assert(
      fc.property(anyMarkup, (html) => expectSameCleaning(html)),
      { numRuns: propertyRuns(50_000) },
    );
  });
});

describe.skipIf(!hasSharedData)(`the scanner on real texts${whySkipped}`, () => {
  it("reads at least 95 % to the end, as the full reader does, also with accidents", { timeout: 900_000 }, async () => {
    const texts: string[] = [];
    for (const [id, feed] of Object.entries(realFeeds)) texts.push(...(await markupIn(id, join(sharedData, feed))));
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    const ends = texts.map((text) => scanMarkup(text, nowhere));
    expect(texts.length).toBeGreaterThan(1000);
    expect(texts.filter((text, index) => ends[index] === text.length).length / texts.length).toBeGreaterThan(0.95);
    expect(ends.reduce((sum, end) => sum + end, 0) / length).toBeGreaterThan(0.95);
    for (const text of texts) expectSameCleaning(text);
    fc.assert(
      fc.property(mutationsOf(texts), (html) => expectSameCleaning(html)),
      { numRuns: propertyRuns(20_000) },
    );
  });
});

/** Returns the texts with a tag in the records of a feed. */
async function markupIn(id: string, path: string): Promise<string[]> {
  const { definition } = await loadedConnector(id);
  const part = { name: basename(path), contentType: null, bytes: statSync(path).size, path, open: () => createReadStream(path) };
  const texts: string[] = [];
  for await (const batch of decodeFeed([part], definition.decode, defaultDecodeLimits)) {
    JSON.stringify(batch, (_key, value) => {
      if (typeof value === "string" && /<\/?[a-z]/i.test(value)) texts.push(value);
      return value;
    });
  }
  return texts;
}
