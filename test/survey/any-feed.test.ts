import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandContext } from "../../src/cli/context.ts";
import { makeConnector } from "../../src/cli/publishers/make-connector.ts";
import type { Values } from "../../src/model/run/decoded-record.ts";
import { RunError } from "../../src/model/run/run-error.ts";
import { proposeConnector } from "../../src/survey/propose/propose-connector.ts";
import type { Reading } from "../../src/survey/survey.ts";
import { surveyFeed } from "../../src/survey/survey-feed.ts";
import { writeFeed } from "../../src/survey/write/fixture/write-feed.ts";
import { partOf } from "../support/decode-bytes.ts";
import { propertyRuns } from "../support/property-runs.ts";
import { lookupOf } from "../support/read-value.ts";
import { biomeOutput } from "./biome.ts";
import { plainOptions } from "./survey-of.ts";

let folder: string;
let made = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "moisson-any-feed-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/**
 * Surveys bytes, writes the connector and checks it like `connectors check`: it loads, its term files are valid, its fixture gives the
 * expected result, every field is read or ignored. Returns false if the bytes are refused as a feed.
 */
async function becomesConnector(bytes: Uint8Array | string): Promise<boolean> {
  const id = `region-exemple-${++made}`;
  const path = join(folder, `feed-${made}`);
  await writeFile(path, bytes);
  try {
    const survey = await surveyFeed(partOf(bytes, { path }));
    const feed = { urlFrom: `MOISSON_URL_${id.toUpperCase().replaceAll("-", "_")}` };
    const proposal = proposeConnector(survey, lookupOf({}), { ...plainOptions, id, feed });
    const context = { folders: [], config: { connectorsFolder: null }, connectors: async () => ({ connectors: [], problems: [] }) };
    await makeConnector(context as unknown as CommandContext, survey, proposal, { into: folder });
    return true;
  } catch (error) {
    if (error instanceof RunError && error.outcome === "unreadable") return false;
    throw error;
  }
}

const titles = fc.oneof(
  fc.constantFrom(
    "id",
    "titre",
    "Date de clôture",
    "date_debut",
    "public",
    "thématiques",
    "lien",
    "description",
    "contact",
    "taux",
    "statut",
    "périmètre",
    "nature de l'aide",
    "AAP",
  ),
  fc.string({ unit: fc.constantFrom(..."abÉ_ .;'\"-1*/\\\u00a0"), minLength: 1, maxLength: 12 }),
);
const texts = fc.oneof(
  fc.constantFrom(
    "",
    "Communes",
    "Communes;Martiens",
    "31/12/2024",
    "2024-02-30",
    "12/25/2024",
    "2025-04-15T15:00:00+02:00",
    "https://example.org/a",
    "<p>Un texte &eacute;crit.</p>",
    "50 %",
    "oui",
    "NULL",
    "A définir",
    "Bretagne",
    "jean.dupont@ladrome.fr",
    "['a', 'b']",
    "*/ process.exit()",
  ),
  fc.string({ unit: "grapheme", maxLength: 40 }),
);
const values: fc.Arbitrary<unknown> = fc.oneof(
  texts,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(texts, { maxLength: 3 }),
  fc.array(fc.dictionary(titles, texts, { maxKeys: 2 }), { maxLength: 2 }),
  fc.dictionary(titles, texts, { maxKeys: 3 }),
);
const anyRecords = fc.array(fc.dictionary(titles, values, { maxKeys: 8 }), { minLength: 1, maxLength: 8 });
/** A table: every record has the same columns, and cells are texts. */
const anyTable = fc
  .uniqueArray(titles, { minLength: 1, maxLength: 8, selector: (title) => title.trim() })
  .filter((names) => names.every((name) => name.trim() !== ""))
  .chain((names) => fc.array(fc.tuple(...names.map(() => texts)), { minLength: 1, maxLength: 8 }).map((rows) => ({ names, rows })))
  .map(({ names, rows }) => ({ names, records: rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]]))) }));

const numRuns = propertyRuns(12);

describe("the connector proposed for any feed is valid", () => {
  it("JSON with or without an envelope", async () => {
    const inEnvelope = fc.constantFrom<((records: unknown) => unknown)[]>(
      (records) => records,
      (records) => ({ count: 3, results: records }),
      (records) => ({ data: { "les aides": records } }),
    );
    await fc.assert(
      fc.asyncProperty(anyRecords, inEnvelope, async (records, around) => {
        await becomesConnector(JSON.stringify(around(records)));
      }),
      { numRuns },
    );
  });

  const readings = fc.constantFrom<Reading[]>(
    { format: "csv", delimiter: ";", encoding: "utf-8" },
    { format: "csv", delimiter: ",", encoding: "windows-1252", headerRow: 3 },
    { format: "excel", sheet: 1 },
    { format: "excel", sheet: "Aides", headerRow: 4, skipRows: 1 },
  );
  it("CSV and workbooks", async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, readings, async ({ names, records }, reading) => {
        await becomesConnector(writeFeed(records as Values[], reading, names).bytes);
      }),
      { numRuns },
    );
  });

  it("XML", async () => {
    const named = fc.array(
      fc.dictionary(
        fc.constantFrom("id", "titre", "description", "date_fin", "cible", "lien"),
        fc.oneof(texts, fc.array(texts, { minLength: 1, maxLength: 3 })),
        { minKeys: 1 },
      ),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(named, async (records) => {
        await becomesConnector(writeFeed(records as Values[], { format: "xml", recordPath: "/flux/aide" }, []).bytes);
      }),
      { numRuns },
    );
  });

  it("most generated inputs are feeds, so that the property tests something", async () => {
    expect(await becomesConnector(JSON.stringify([{ id: "A-1", titre: "Aide" }]))).toBe(true);
    expect(await becomesConnector("id;titre\n1;Aide\n")).toBe(true);
    expect(await becomesConnector("<flux><aide><id>1</id></aide><aide><id>2</id></aide></flux>")).toBe(true);
  });

  it("its code has the format of Biome", async () => {
    expect(await biomeOutput(folder, "connectors")).toMatch(/^Checked \d{2,} files in .*No fixes applied\.$/);
  });
});

describe("hostile bytes give an error or a connector, never a crash", () => {
  it("random bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        await becomesConnector(bytes);
      }),
      { numRuns },
    );
  });

  it("feeds with missing bytes", async () => {
    const whole = Buffer.from(
      JSON.stringify(
        Array.from({ length: 6 }, (_, n) => ({ id: `${n}`, titre: `Aide ${n}`, date_fin: "31/12/2024", public: ["Communes"] })),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.uint8Array({ maxLength: 6 }), async (at, noise) => {
        await becomesConnector(Buffer.concat([whole.subarray(0, at), noise, whole.subarray(at + noise.length)]));
      }),
      { numRuns },
    );
  });

  const attacks: readonly (readonly [string, string])[] = [
    ["nesting without end", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["objects without end", `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`],
    ["a prototype", '[{"__proto__":{"titre":"x"},"id":"1","constructor":"y","titre":"Aide"}]'],
    ["keys that are values", JSON.stringify(Array.from({ length: 30 }, (_, n) => ({ [`clé ${n}`]: n, titre: `Aide ${n}` })))],
    ["a key without a name", '[{"":"x","id":"1","titre":"Aide"},{"":"y","id":"2","titre":"Prêt"}]'],
    ["a comment's end, code and blanks in keys", '[{"*/ throw 1 //":"a","#{x}":"b","titre\\n2":"c","id":"1"}]'.replace("#", "$")],
    ["ten thousand columns", `${Array.from({ length: 10_000 }, (_, n) => `c${n}`).join(";")}\n${"1;".repeat(9_999)}1\n`],
    ["one endless text", JSON.stringify([{ id: "1", titre: "Aide", texte: "a, ".repeat(400_000) }])],
    ["separators only", `id;titre;public\n1;Aide;${",".repeat(50_000)}\n`],
  ];
  it.each(attacks)("%s", async (_, feed) => {
    await becomesConnector(feed);
  });
});
