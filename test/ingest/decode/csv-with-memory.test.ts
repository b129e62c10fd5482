import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeFeed } from "../../../src/ingest/decode/decode-feed.ts";
import { type Decoded, defaultDecodeLimits, type RecordMemory } from "../../../src/ingest/decode/decoded.ts";
import { recordMemory } from "../../../src/ingest/run.ts";
import type { StoredHead } from "../../../src/model/plan/plan.ts";
import { partOf } from "../../support/decode-bytes.ts";
import { propertyRuns } from "../../support/property-runs.ts";

const options = { format: "csv", delimiter: ";", headerRow: 1 } as const;

async function decode(feed: string, memory?: RecordMemory): Promise<Decoded[]> {
  const decoded: Decoded[] = [];
  for await (const batch of decodeFeed([partOf(feed, { chunk: 50 })], options, defaultDecodeLimits, memory)) decoded.push(...batch);
  return decoded;
}

/** Returns a memory of the rows of a feed. */
async function memoryOf(feed: string): Promise<RecordMemory> {
  const known = new Map<string, StoredHead>();
  for (const found of await decode(
    feed,
    recordMemory("m", async () => new Map()),
  )) {
    if (found.kind === "record" && found.hash !== undefined) {
      known.set(found.hash, {
        externalId: String(found.values.id),
        recordHash: found.hash,
        memo: { issues: [], unmapped: [], filled: "0" },
      });
    }
  }
  return recordMemory("m", async (hashes) => new Map([...known].filter(([hash]) => hashes.includes(hash))));
}

const withoutHash = (decoded: readonly Decoded[]) =>
  decoded.map((found) => (found.kind === "record" ? { ...found, hash: undefined } : found));

describe("a CSV read with a memory", () => {
  it("yields the same as without it if nothing is recalled", async () => {
    const cell = fc.stringMatching(/^[a-z;"\n é]{0,8}$/).map((text) => `"${text.replaceAll('"', '""')}"`);
    const rows = fc.array(
      fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => cells.join(";")),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(rows, async (lines) => {
        const feed = ["id;nom;lieu", ...lines].join("\n");
        const nothing = recordMemory("m", async () => new Map());
        expect(withoutHash(await decode(feed, nothing))).toEqual(withoutHash(await decode(feed)));
      }),
      { numRuns: propertyRuns(60) },
    );
  });

  it("skips recalled rows, and decodes changed rows in order", async () => {
    const feed = 'id;nom\n1;Un\n2;"De\nux"\n\n3;Trois;trop\n4;Quatre\n';
    const again = await decode(feed.replace("Quatre", "QUATRE"), await memoryOf(feed));
    expect(again.map((found) => [found.kind, "locator" in found ? found.locator : null])).toEqual([
      ["fields", null],
      ["known", "row 2"],
      ["known", "row 3"],
      ["broken", "row 5"],
      ["record", "row 6"],
    ]);
  });

  it("does not recall the same row under other titles or another mapping", async () => {
    const feed = "id;nom\n1;Un\n";
    const known = new Map<string, StoredHead>();
    const recall = async (hashes: readonly string[]) => new Map([...known].filter(([hash]) => hashes.includes(hash)));
    for (const found of await decode(feed, recordMemory("m", recall))) {
      if (found.kind === "record")
        known.set(found.hash ?? "", { externalId: "1", recordHash: "", memo: { issues: [], unmapped: [], filled: "0" } });
    }
    const kinds = async (text: string, mapping: string) => (await decode(text, recordMemory(mapping, recall))).map(({ kind }) => kind);
    expect(await kinds(feed, "m")).toEqual(["fields", "known"]);
    expect(await kinds("id;titre\n1;Un\n", "m")).toEqual(["fields", "record"]);
    expect(await kinds(feed, "other")).toEqual(["fields", "record"]);
  });
});
