import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Aid } from "../../../src/model/aid/aid.ts";
import { communes } from "../../../src/model/territories/communes.ts";
import { exportAidesTerritoires } from "../../../src/publish/exports/aides-territoires-record.ts";
import { isExported } from "../../../src/publish/exports/is-exported.ts";
import { anyAid, exampleAid, joined, territory } from "../../support/example-aid.ts";
import { propertyRuns } from "../../support/property-runs.ts";

interface Envelope {
  count: number;
  previous: null;
  next: null;
  results: Record<string, unknown>[];
}

async function write(aids: readonly Aid[], publishedOnly = false): Promise<Envelope> {
  const sourceOf = (connector: string) =>
    connector === "region-exemple" ? { importIdPrefix: "REX_", publisher: "Région Exemple" } : { importIdPrefix: "", publisher: null };
  return JSON.parse(await joined(exportAidesTerritoires(aids, { publishedOnly, sourceOf })));
}

async function writeOne(changes: Partial<Aid> = {}): Promise<Record<string, unknown>> {
  return (await write([exampleAid(changes)])).results[0] ?? {};
}

describe("exportAidesTerritoires", () => {
  it("writes the site's envelope, also without aids", async () => {
    expect(await write([])).toEqual({ count: 0, previous: null, next: null, results: [] });
    expect(await write([exampleAid(), exampleAid({ externalId: "18" })])).toMatchObject({ count: 2, previous: null, next: null });
  });

  it("uses the public API's names, and labels", async () => {
    const record = await writeOne({
      aidTypes: ["grant", "technical-engineering"],
      targetedAudiences: ["commune", "public-cies"],
      destinations: ["investment"],
      mobilizationSteps: ["op"],
      categories: ["sport", "equipement-public"],
      programs: ["LEADER"],
      projectReferences: ["Rénovation d'un gymnase"],
      europeanAid: "sectorial",
      subventionRateUpperBound: 80,
      isCallForProject: false,
      submissionDeadlineTime: "15:00",
    });
    expect(record).toEqual({
      id: "0b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a1",
      slug: "0b9a-renover-un-gymnase",
      url: "/aides/0b9a-renover-un-gymnase/",
      name: "Rénover un gymnase",
      name_initial: "Rénovation des gymnases",
      short_title: null,
      financers: ["Région Exemple"],
      financers_full: [{ id: null, slug: "region-exemple", name: "Région Exemple", logo: null, siren: "200053767" }],
      instructors: [],
      instructors_full: [],
      programs: ["LEADER"],
      description: "<p>Le toit et le sol.</p>",
      eligibility: "<p>Communes de moins de 5 000 habitants.</p>",
      perimeter: "Bretagne",
      perimeter_id: 13_000_053,
      perimeter_scale: "Région",
      perimeter_codes: ["REG-53"],
      perimeters_full: [{ id: 13_000_053, scale: "Région", code: "53", ref: "region:53", name: "Bretagne", insee_code: "REG-53" }],
      perimeter_exclusion_codes: [],
      perimeter_exclusions_full: [],
      mobilization_steps: ["Mise en œuvre / réalisation"],
      origin_url: "https://exemple.fr/aides/17",
      categories: [
        "Culture et identité collective / patrimoine / sports / Sports et loisirs",
        "Urbanisme / logement / aménagement / Equipement public",
      ],
      is_call_for_project: false,
      application_url: null,
      targeted_audiences: ["Commune", "Entreprise publique locale (Sem, Spl, SemOp)"],
      aid_types: ["Subvention", "Ingénierie technique"],
      aid_types_full: [
        { id: 1, slug: "grant", name: "Subvention", group: { id: 1, slug: "financial", name: "Aide financière" } },
        {
          id: 6,
          slug: "technical-engineering",
          name: "Ingénierie technique",
          group: { id: 2, slug: "engineering", name: "Aide en ingénierie" },
        },
      ],
      is_charged: null,
      destinations: ["Dépenses d’investissement"],
      start_date: "2023-06-02",
      predeposit_date: null,
      submission_deadline: "2024-01-15",
      subvention_rate_lower_bound: null,
      subvention_rate_upper_bound: 80,
      subvention_comment: null,
      loan_amount: null,
      recoverable_advance_amount: null,
      contact: null,
      recurrence: "Ponctuelle",
      project_examples: null,
      project_references: ["Rénovation d'un gymnase"],
      european_aid: "sectorial",
      import_uniqueid: "REX_17",
      import_data_source: "Région Exemple",
      import_data_url: null,
      import_data_mention: null,
      import_share_licence: "openlicence20",
      language: "fr",
      date_created: null,
      date_updated: "2025-10-06",
    });
  });

  it("writes several territories as one named group with all codes", async () => {
    const perimeters = [territory("region", "53"), territory("region", "28"), territory("basin", "04")];
    expect(await writeOne({ perimeters })).toMatchObject({
      perimeter: "Bretagne, Normandie, Loire-Bretagne",
      perimeter_scale: "Ad-hoc",
      perimeter_codes: ["REG-53", "REG-28"],
      perimeters_full: [
        { insee_code: "REG-53" },
        { insee_code: "REG-28" },
        { code: "04", scale: "Bassin hydrographique", insee_code: null },
      ],
    });
  });

  it("names an excluded territory", async () => {
    const record = await writeOne({ perimeters: [territory("country", "FRA")], perimeterExclusions: [territory("region", "94")] });
    expect(record).toMatchObject({
      perimeter: "France, sauf Corse",
      perimeter_scale: "Ad-hoc",
      perimeter_codes: ["PAYS-99100"],
      perimeter_exclusion_codes: ["REG-94"],
    });
  });

  it("gives a group of hundreds of communes a name within the site's limit, and every code", async () => {
    const perimeters = [...communes().current.keys()].slice(0, 400).map((code) => territory("commune", code));
    const record = await writeOne({ perimeters });
    expect(String(record.perimeter).length).toBeLessThanOrEqual(255);
    expect(record.perimeter).toMatch(/^L'Abergement-Clémenciat, .* et \d+ autres$/);
    expect(record.perimeter_codes).toHaveLength(400);
    const excluding = await writeOne({ perimeters: [territory("country", "FRA")], perimeterExclusions: perimeters });
    expect(String(excluding.perimeter).length).toBeLessThanOrEqual(255);
  });

  it.each([
    ["commune", "26362", "commune"],
    ["epci", "200040459", "epci"],
    ["department", "26", "Département"],
    ["collectivity", "975", "Ad-hoc"],
    ["mainland", "FRA-MET", "Ad-hoc"],
    ["overseas", "FRA-OM", "Ad-hoc"],
    ["country", "FRA", "Pays"],
  ] as const)("names the scale of %s:%s as the site does", async (scale, code, name) => {
    expect(await writeOne({ perimeters: [territory(scale, code)] })).toMatchObject({ perimeter_scale: name });
  });

  it("writes no group for an aid without territory", async () => {
    expect(await writeOne({ perimeters: [] })).toMatchObject({ perimeter: null, perimeter_scale: null, perimeter_codes: [] });
  });

  it("keeps the publisher's identifier if the connector has no prefix; a removed connector is the source itself", async () => {
    expect(await writeOne({ connector: "autre", externalId: "007" })).toMatchObject({
      import_uniqueid: "007",
      import_data_source: "autre",
    });
  });

  it("writes aids of any licence, unless withdrawn, deleted, merged or draft", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAid, { maxLength: 8 }), fc.boolean(), async (aids, publishedOnly) => {
        const { count, results } = await write(aids, publishedOnly);
        const expected = aids.filter((aid) => isExported(aid, publishedOnly));
        expect(results.map((record) => record.id)).toEqual(expected.map((aid) => aid.aidId));
        expect(count).toBe(expected.length);
        for (const { slug } of results) expect(slug).toMatch(/^[0-9a-f]{4}(-[a-z0-9]+)*$/);
      }),
      { numRuns: propertyRuns(100) },
    );
  });

  it("limits the address of an aid to 255 characters, even with a title of 255 letters", async () => {
    expect(String((await writeOne({ name: "œ ".repeat(127) })).slug).length).toBeLessThanOrEqual(255);
  });
});
