import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differingFields } from "../../../src/curation/adoption/compare-contents.ts";
import { type Aid, type AidContent, type AidField, aidFields, type Organisation } from "../../../src/model/aid/aid.ts";
import { wholeContent } from "../../../src/model/aid/filled-content.ts";
import { sameValue } from "../../../src/model/aid/same-value.ts";
import { aidesTerritoiresRecord, exportAidesTerritoires } from "../../../src/publish/exports/aides-territoires-record.ts";
import { anyAid, exampleAid, joined } from "../../support/example-aid.ts";
import { projectRoot } from "../../support/loaded-connectors.ts";
import { propertyRuns } from "../../support/property-runs.ts";
import { readExport } from "./read-export.ts";

/** Fields without a key in Aides-territoires' API, so they cannot be read back. */
const untold: readonly AidField[] = [
  "contactEmail",
  "contactPhone",
  "contactDetail",
  "originUrlText",
  "applicationUrlText",
  "inFranceRelance",
  "submissionDeadlineTime",
  "keywords",
  "financerSuggestion",
  "instructorSuggestion",
  "perimeterSuggestion",
  "otherFinancialAidComment",
  "outOfScope",
];

interface FixtureAid extends AidContent {
  readonly externalId: string;
}

/** Connector and aids of every golden file. */
const fixtures = readdirSync(join(projectRoot, "fixtures"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".expected.json"))
  .map((path) => {
    const { aids } = JSON.parse(readFileSync(join(projectRoot, "fixtures", path), "utf8")) as { aids: FixtureAid[] };
    return { path, aids: aids.map((aid) => exampleAid({ ...aid, ...wholeContent(aid), status: "published" })) };
  });

async function readBack(aids: readonly Aid[], prefix = "") {
  return readExport(
    JSON.stringify(aids.map((aid, index) => ({ ...aidesTerritoiresRecord(aid, { importIdPrefix: prefix, publisher: null }), id: index }))),
  );
}

function contentOf(aid: Aid): AidContent {
  return Object.fromEntries(aidFields.map((field) => [field, aid[field]])) as AidContent;
}

function onceEach(organisations: readonly Organisation[]): Organisation[] {
  return [...new Map(organisations.map((organisation) => [organisation.name, organisation])).values()];
}

/** What the site calls an aid, which our export says only of aids that the site knows. */
const identity: readonly AidField[] = ["siteNumber", "siteSlug", "sourceCreatedDate"];

function told(aid: Aid): AidField[] {
  const missing = [...untold, ...identity, ...(aid.sourceUpdatedDate === null ? ["sourceUpdatedDate"] : [])];
  return aidFields.filter((field) => !missing.includes(field));
}

describe("our export is read back", () => {
  it.each(fixtures)("$path: every field is read and equal", async ({ aids }) => {
    if (aids.length === 0) return;
    const live = await readBack(aids, "PRE_");
    expect(live).toHaveLength(aids.length);
    for (const [index, aid] of aids.entries()) {
      const read = live[index];
      expect(read).toMatchObject({ importId: `PRE_${aid.externalId}`, nameInitial: aid.nameInitial, unread: [] });
      const keys = Object.keys(read?.content ?? {}).filter((key) => !identity.includes(key as AidField));
      expect(keys.sort()).toEqual(told(aid).sort());
      for (const field of told(aid)) expect(sameValue(field, aid[field], read?.content[field]), `${aid.externalId} ${field}`).toBe(true);
      expect(differingFields(contentOf(aid), read?.content ?? {})).toEqual([]);
    }
  });

  it("has fixtures to read", () => {
    expect(fixtures.flatMap(({ aids }) => aids).length).toBeGreaterThan(50);
  });

  it("for any aid", async () => {
    await fc.assert(
      fc.asyncProperty(anyAid, async (made) => {
        // Connectors never read an organisation twice.
        const aid = { ...made, financers: onceEach(made.financers), instructors: onceEach(made.instructors) };
        const [live] = await readBack([aid]);
        expect(live?.unread).toEqual([]);
        expect(differingFields(contentOf(aid), live?.content ?? {})).toEqual([]);
      }),
      { numRuns: propertyRuns(200) },
    );
  });

  it("the file as `moisson aids --format aides-territoires` writes it", async () => {
    const file = await joined(
      exportAidesTerritoires([exampleAid({ externalId: "007" })], {
        publishedOnly: false,
        sourceOf: () => ({ importIdPrefix: "REX_", publisher: null }),
      }),
    );
    expect(await readExport(file)).toMatchObject([
      { id: exampleAid().aidId, importId: "REX_007", content: { name: "Rénover un gymnase" } },
    ]);
  });
});
