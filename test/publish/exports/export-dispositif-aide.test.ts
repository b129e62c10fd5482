import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import type { Aid } from "../../../src/model/aid/aid.ts";
import type { DispositifAideRow } from "../../../src/publish/exports/dispositif-aide-schema.ts";
import { exportDispositifAide } from "../../../src/publish/exports/export-dispositif-aide.ts";
import { isExported } from "../../../src/publish/exports/is-exported.ts";
import type { LeftOut } from "../../../src/publish/exports/left-out.ts";
import { validateDispositifAide } from "../../../src/publish/exports/validate-dispositif-aide.ts";
import { anyAid, exampleAid, inSchemaOrder, joined, territory } from "../../support/example-aid.ts";
import { propertyRuns } from "../../support/property-runs.ts";
import { publicAids } from "../../support/public-aids.ts";

async function write(
  aids: readonly Aid[],
  options: { anyLicence?: boolean; publishedOnly?: boolean } = {},
): Promise<{ text: string; rows: DispositifAideRow[]; leftOut: LeftOut }> {
  const { pieces, leftOut } = exportDispositifAide(publicAids(inSchemaOrder(aids)), {
    anyLicence: false,
    publishedOnly: false,
    ...options,
  });
  const text = await joined(pieces);
  const { data, errors } = Papa.parse<DispositifAideRow>(text, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return { text, rows: data, leftOut };
}

async function writeOne(changes: Partial<Aid>): Promise<DispositifAideRow | undefined> {
  return (await write([exampleAid(changes)])).rows[0];
}

describe("exportDispositifAide", () => {
  it("writes the fifteen columns, with every cell quoted", async () => {
    const { text } = await write([exampleAid()]);
    expect(text).toBe(
      [
        '"id","titre","promesse","description","eligibilite","types_aides","porteurs","programmes_parents","url_source","cibles",' +
          '"eligibilite_geographique","eligibilite_geographique_exclusions","date_ouverture","date_cloture","date_mise_a_jour"',
        '"0b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a1","Rénover un gymnase","","Le toit et le sol.","Communes de moins de 5 000 habitants.",' +
          '"financement","[{""nom"":""Région Exemple"",""siren"":""200053767"",""roles"":[""financeur""]}]","","https://exemple.fr/aides/17",' +
          '"secteur public","REG-53","","2023-06-02T00:00:00Z","2024-01-15T21:59:59Z","2025-10-06T00:00:00Z"',
        "",
      ].join("\n"),
    );
  });

  it("writes only a header for an empty catalogue", async () => {
    const { text, leftOut } = await write([]);
    expect(text.split("\n")).toHaveLength(2);
    expect(leftOut.size).toBe(0);
  });

  it("keeps the publisher's identifier if it is a UUID", async () => {
    expect((await writeOne({ externalId: "65d5b6c7-102c-4440-ac3b-768f708edc0a" }))?.id).toBe("65d5b6c7-102c-4440-ac3b-768f708edc0a");
    expect((await writeOne({ externalId: "65d5b6c7" }))?.id).toBe("0b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a1");
  });

  it("writes types in the schema's words, else our labels, in a fixed order", async () => {
    const row = await writeOne({ aidTypes: ["cee", "technical-engineering", "other", "loan", "grant"] });
    expect(row?.types_aides).toBe("financement|prêt|Certificat d'économie d'énergie (CEE)|Autre aide financière|étude");
  });

  it.each<[Aid["targetedAudiences"], string | undefined]>([
    [["private-sector"], "professionnels"],
    [["farmer", "private-sector"], "professionnels"],
    [["association"], "associations"],
    [["private-person"], "particuliers"],
    [["commune"], "secteur public"],
    [["epci"], "secteur public"],
    [["department"], "secteur public"],
    [["region"], "secteur public"],
    [["special"], "secteur public"],
    [["public-org"], "secteur public"],
    [["public-cies"], "secteur public"],
    [["public-cies", "researcher", "private-sector"], "professionnels|secteur public"],
    [["researcher"], undefined],
  ])("%j are %s", async (targetedAudiences, cibles) => expect((await writeOne({ targetedAudiences }))?.cibles).toBe(cibles));

  it("merges an organisation in both roles into one carrier, in the publisher's order", async () => {
    const row = await writeOne({
      instructors: [
        { name: "Bpifrance", siren: "320252489" },
        { name: "ADEME", siren: null },
      ],
      financers: [
        { name: "État", siren: null },
        { name: "Bpifrance", siren: "320252489" },
      ],
    });
    expect(JSON.parse(row?.porteurs ?? "")).toEqual([
      { nom: "Bpifrance", siren: "320252489", roles: ["instructeur", "financeur"] },
      { nom: "ADEME", siren: null, roles: ["instructeur"] },
      { nom: "État", siren: null, roles: ["financeur"] },
    ]);
  });

  it("writes one carrier for an organisation whose SIREN is known in one role only", async () => {
    const row = await writeOne({ instructors: [{ name: "Ademe", siren: null }], financers: [{ name: "ADEME", siren: "385290309" }] });
    expect(JSON.parse(row?.porteurs ?? "")).toEqual([{ nom: "Ademe", siren: "385290309", roles: ["instructeur", "financeur"] }]);
  });

  it("joins programmes in a fixed order", async () => {
    expect((await writeOne({ programs: ["LEADER", "FEDER", "LEADER"] }))?.programmes_parents).toBe("FEDER|LEADER");
  });

  it.each(["=HYPERLINK(1)", "+33", "-10 %", "@SUM(A1)", "\tx", 'a"b,c;d', "ligne 1\nligne 2"])(
    "does not alter the title %j",
    async (name) => {
      expect((await writeOne({ name }))?.titre).toBe(name);
    },
  );

  it.each<[string, Partial<Aid>]>([
    ["missing-description", { description: null }],
    ["missing-eligibility", { eligibility: null }],
    ["missing-type", { aidTypes: [] }],
    ["missing-audience", { targetedAudiences: ["researcher"] }],
    ["missing-organisation", { financers: [], instructors: [], financerSuggestion: "La Région" }],
    ["missing-perimeter", { perimeters: [] }],
    ["missing-source-updated-date", { sourceUpdatedDate: null }],
    ["description-too-long", { description: `<p>${"a".repeat(5001)}</p>` }],
    ["perimeter-without-insee-code", { perimeters: [territory("continent", "EU")] }],
    ["perimeter-without-insee-code", { perimeters: [territory("department", "2A")] }],
    ["perimeter-without-insee-code", { perimeterExclusions: [territory("basin", "04")] }],
    ["separator-in-program", { programs: ["Eau | Air"] }],
    ["unreadable-url", { originUrl: "https://exemple.fr/été" }],
    ["impossible-date", { startDate: "2023-02-31" }],
    ["licence", { importShareLicence: "agreement" }],
    ["licence", { importShareLicence: "unknown" }],
  ])("%s: left out, and named", async (reason, changes) => {
    const { rows, leftOut } = await write([exampleAid(changes)]);
    expect(rows).toEqual([]);
    expect([...leftOut]).toEqual([[reason, { count: 1, first: ["region-exemple/17"] }]]);
  });

  it("writes the day of our last change for an aid whose publisher states none, and does not credit it to the publisher", async () => {
    const aid = exampleAid({ sourceUpdatedDate: null });
    const { pieces, sources, leftOut } = exportDispositifAide(publicAids([aid]), {
      anyLicence: false,
      publishedOnly: false,
      changeDays: new Map([[aid.aidId, "2026-12-01"]]),
    });
    expect(await joined(pieces)).toContain('"2026-12-01T00:00:00Z"\n');
    expect([leftOut.size, [...sources.values()].map(({ updated }) => updated)]).toEqual([0, [null]]);
  });

  it("accepts a description of 5,000 characters", async () => {
    expect((await writeOne({ description: `<p>${"a".repeat(5000)}</p>` }))?.description).toHaveLength(5000);
  });

  it("returns source, licence and last update apart, because the schema has no column for them", async () => {
    const { pieces, sources } = exportDispositifAide(
      publicAids(
        inSchemaOrder([
          exampleAid({ externalId: "1", aidId: "0b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a2", sourceUpdatedDate: "2025-10-07" }),
          exampleAid({ externalId: "2" }),
          exampleAid({ externalId: "3", aidId: "0b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a3", importShareLicence: "odbl" }),
          exampleAid({ externalId: "4", importShareLicence: "unknown" }),
          exampleAid({ externalId: "5", description: null }),
        ]),
      ),
      { anyLicence: false, publishedOnly: false },
    );
    await joined(pieces);
    expect([...sources.values()]).toEqual([
      { connector: "region-exemple", licence: "openlicence20", aids: 2, updated: "2025-10-07" },
      { connector: "region-exemple", licence: "odbl", aids: 1, updated: "2025-10-06" },
    ]);
  });

  it("anyLicence includes aids without an open licence", async () => {
    expect((await write([exampleAid({ importShareLicence: "unknown" })], { anyLicence: true })).rows).toHaveLength(1);
  });

  it.each<[Partial<Aid>, number, number]>([
    [{ status: "published" }, 1, 1],
    [{ status: "reviewable" }, 1, 0],
    [{ status: "draft" }, 0, 0],
    [{ status: "deleted" }, 0, 0],
    [{ status: "merged" }, 0, 0],
    [{ status: "published", withdrawnAt: "2025-01-01" }, 0, 0],
  ])("%j: %i row, %i with publishedOnly, and none is reported as left out", async (changes, all, published) => {
    const aid = exampleAid(changes);
    expect((await write([aid])).rows).toHaveLength(all);
    const { rows, leftOut } = await write([aid], { publishedOnly: true });
    expect(rows).toHaveLength(published);
    expect(leftOut.size).toBe(0);
  });

  it("keeps no row in memory: each is written before the next aid is read, and aids in another order are refused", async () => {
    const read: string[] = [];
    function* source() {
      for (const externalId of ["1", "2", "3", "1"]) {
        read.push(externalId);
        yield exampleAid({ externalId, aidId: `0b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a${externalId}` });
      }
    }
    const { pieces } = exportDispositifAide(publicAids(source()), { anyLicence: false, publishedOnly: false });
    await pieces.next();
    for (const externalId of ["1", "2", "3"]) {
      expect((await pieces.next()).value).toContain(`b8a${externalId}`);
      expect(read.at(-1)).toBe(externalId);
    }
    await expect(pieces.next()).rejects.toThrow("not in the order of their identifiers");
  });

  it("names three of the aids left out for a reason, and counts all", async () => {
    const aids = Array.from({ length: 5 }, (_, id) => exampleAid({ externalId: `${id}`, description: null }));
    const { leftOut } = await write(aids);
    expect([...leftOut]).toEqual([
      ["missing-description", { count: 5, first: ["region-exemple/0", "region-exemple/1", "region-exemple/2"] }],
    ]);
  });

  it("writes an aid of two feeds once, even if the case of its UUID differs", async () => {
    const externalId = "65d5b6c7-102c-4440-ac3b-768f708edc0a";
    const { rows, leftOut } = await write([
      exampleAid({ externalId }),
      exampleAid({ connector: "autre", externalId: externalId.toUpperCase() }),
    ]);
    expect(rows).toHaveLength(1);
    expect([...leftOut.keys()]).toEqual(["duplicate-id"]);
  });

  it("for any catalogue, rows are valid, ids unique and sorted, and every aid is written or reported as left out", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAid, { maxLength: 12 }), fc.boolean(), fc.boolean(), async (aids, anyLicence, publishedOnly) => {
        const { rows, leftOut } = await write(aids, { anyLicence, publishedOnly });
        expect(rows.flatMap((row) => validateDispositifAide(row) ?? [])).toEqual([]);
        const ids = rows.map((row) => row.id.toLowerCase());
        expect(ids).toEqual([...new Set(ids)].sort());
        const omitted = [...leftOut.values()].reduce((sum, { count }) => sum + count, 0);
        expect(rows.length + omitted).toBe(aids.filter((aid) => isExported(aid, publishedOnly)).length);
      }),
      { numRuns: propertyRuns(150) },
    );
  });
});
