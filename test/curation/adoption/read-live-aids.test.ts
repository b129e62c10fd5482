import { describe, expect, it } from "vitest";
import { ExportUnreadable } from "../../../src/curation/adoption/find-live-records.ts";
import { largestExportMegabytes } from "../../../src/curation/adoption/read-live-aids.ts";
import { readExport, readOne } from "./read-export.ts";

const aid = (id: number) => ({ id, name: `Aide ${id}` });

describe("readLiveAids", () => {
  it("reads a list, an envelope, one aid per line, one page per line, and these as PowerShell saves them", async () => {
    const lines = [aid(1), aid(2)].map((one) => JSON.stringify(one)).join("\n");
    const pages = [
      { count: 2, next: "https://exemple.fr/?page=2", results: [aid(1)] },
      { count: 2, next: null, results: [aid(2)] },
    ];
    const written = [
      JSON.stringify([aid(1), aid(2)], null, 2),
      JSON.stringify({ count: 2, next: null, results: [aid(1), aid(2)] }),
      lines,
      `\ufeff${lines}\r\n\n`,
      pages.map((page) => JSON.stringify(page)).join("\n"),
      Buffer.from(`\ufeff${JSON.stringify([aid(1), aid(2)])}`, "utf16le"),
    ];
    for (const file of written)
      expect((await readExport(file)).map(({ id, content }) => [id, content.name])).toEqual([
        ["1", "Aide 1"],
        ["2", "Aide 2"],
      ]);
    const bytes = Buffer.from(JSON.stringify([{ id: 1, name: "Été" }]));
    expect((await readExport(...Array.from(bytes, (byte) => Uint8Array.of(byte))))[0]?.content.name).toBe("Été");
  });

  it("reads the site's data about the aid, which counts as published without a status", async () => {
    const told = {
      slug: "ab12-renover",
      url: "/aides/ab12-renover/",
      import_uniqueid: "IDF_007",
      name_initial: "Aide aux gymnases",
      status: "En revue",
    };
    expect(await readOne({ id: 7, ...told })).toMatchObject({
      id: "7",
      slug: "ab12-renover",
      url: "/aides/ab12-renover/",
      importId: "IDF_007",
      nameInitial: "Aide aux gymnases",
      status: "reviewable",
    });
    expect(await readOne({})).toMatchObject({ slug: null, url: null, importId: null, nameInitial: null, status: "published" });
  });

  it("leaves out a field without a key, and reads an empty value as empty", async () => {
    expect((await readOne({})).content).toEqual({ name: "Rénover un gymnase", siteNumber: "1" });
    expect((await readOne({ eligibility: "", start_date: null, programs: [] })).content).toEqual({
      name: "Rénover un gymnase",
      siteNumber: "1",
      eligibility: null,
      startDate: null,
      programs: [],
    });
  });

  it("knows the labels of 2021, 2023 and 2025, plural and singular", async () => {
    const { content, unread } = await readOne({
      targeted_audiences: ["EPCI à fiscalité propre", "Commune", "Collectivité d’outre-mer à statut particulier", "Établissement public"],
      destinations: ["Dépenses d’investissement"],
      categories: [
        "Culture et identité collective / patrimoine / sports|Culture et identité collective",
        "Eau et milieux aquatiques / Cours d'eau / canaux / plans d'eau",
        "Urbanisme / logement / aménagement|Cimetières",
        "Mobilité / transports / Information voyageur, billettique multimodale",
      ],
      recurrence: "Récurrente",
      european_aid: "sectorial",
      import_share_licence: "Inconnu",
      project_references: ["Éclairage public"],
    });
    expect(unread).toEqual([]);
    expect(content).toMatchObject({
      targetedAudiences: ["commune", "epci", "special", "public-org"],
      destinations: ["investment"],
      categories: ["culture", "cours-deau-canaux-plans-deau", "information-voyageur-billettique-multimodale", "cimetieres"],
      recurrence: "recurring",
      europeanAid: "sectorial",
      importShareLicence: "unknown",
      projectReferences: ["Éclairage public"],
    });
  });

  it.each([
    [{ perimeter: "Aude (Département)" }, ["department:11"]],
    [{ perimeter: "CC des Coëvrons (EPCI)" }, ["epci:200033298"]],
    [{ perimeter: "Est Ensemble (EPT)" }, ["epci:200057875"]],
    [{ perimeter: "Annecy (Commune – 74000, 74370)" }, ["commune:74010"]],
    [{ perimeter: "Rhône-Méditerranée-Corse (Bassin hydrographique)" }, ["basin:06", "basin:12"]],
    [{ perimeter: "Nouvelle-Calédonie (Région)" }, ["collectivity:988"]],
    [{ perimeter: "France métropolitaine" }, ["mainland:FRA-MET"]],
    [{ perimeter: "Aude", perimeter_scale: "Département" }, ["department:11"]],
    [{ perimeter: "CC du Kreiz-Breizh (CCKB)", perimeter_scale: "epci" }, ["epci:242200715"]],
    [{ perimeter: "Outre-mer", perimeter_scale: "Ad-hoc" }, ["overseas:FRA-OM"]],
    [{ perimeter: "Corse, Guadeloupe, La Réunion", perimeter_scale: "Ad-hoc" }, ["region:01", "region:04", "region:94"]],
    [{ perimeter: "Aveyron, Hérault, Lozere" }, ["department:12", "department:34", "department:48"]],
    [{ perimeter: "regions_24_27", perimeter_scale: "Ad-hoc" }, ["region:24", "region:27"]],
  ])("finds the territories of %j", async (written, expected) => {
    const { content, unread } = await readOne(written);
    expect(content.perimeters?.map(({ scale, code }) => `${scale}:${code}`)).toEqual(expected);
    expect(unread).toEqual([]);
  });

  it.each([
    "GAL Dombes Saône",
    "Oise - Pays de France (Parc naturel régional)",
    "Saint-Denis (Commune)",
    "Bretagne, Pays du Velay",
    "regions_24_99",
  ])("does not guess the territory %s", async (perimeter) => {
    const { content, unread } = await readOne({ perimeter });
    expect(content).not.toHaveProperty("perimeters");
    expect(unread).toEqual([{ field: "perimeters", value: perimeter }]);
  });

  it("reads numbers as the API writes them: 1 is one percent, an instant the day in Paris", async () => {
    const { content } = await readOne({
      subvention_rate_lower_bound: 1,
      subvention_rate_upper_bound: 80,
      loan_amount: 15000,
      submission_deadline: "2025-03-30T22:00:00+00:00",
      is_call_for_project: true,
    });
    expect(content).toMatchObject({
      subventionRateLowerBound: 1,
      subventionRateUpperBound: 80,
      loanAmount: 15000,
      submissionDeadline: "2025-03-31",
      isCallForProject: true,
    });
  });

  it("never takes the site's own last edit for the publisher's", async () => {
    expect((await readOne({ date_updated: "2025-03-30T22:00:00+02:00" })).content).not.toHaveProperty("sourceUpdatedDate");
    expect((await readOne({ date_updated: "2025-03-30" })).content.sourceUpdatedDate).toBe("2025-03-30");
  });

  it("reports every unreadable value, and keeps the readable terms of a list", async () => {
    const { content, unread } = await readOne({
      categories: ["Nature / environnement|Biodiversité", "Nature / environnement|Géologie"],
      aid_types: ["Troc"],
      start_date: "bientôt",
      short_title: "x".repeat(65),
      subvention_rate_upper_bound: 120,
      origin_url: "voir le site",
      contact: '<p>Voir <a href="ici">la page</a></p>',
      budget: 12,
      remark: "",
    });
    expect(content).toEqual({ name: "Rénover un gymnase", siteNumber: "1", categories: ["biodiversite"], contact: "<p>Voir la page</p>" });
    expect(unread).toHaveLength(8);
    expect(unread).toEqual(
      expect.arrayContaining([
        { field: "categories", value: "Nature / environnement|Géologie" },
        { field: "aidTypes", value: "Troc" },
        { field: "startDate", value: "bientôt" },
        { field: "shortTitle", value: "x".repeat(65) },
        { field: "subventionRateUpperBound", value: 120 },
        { field: "originUrl", value: "voir le site" },
        { field: "contact", value: "ici" },
        { field: "budget", value: 12 },
      ]),
    );
  });

  it.each([
    ["a CSV file", "id;name\n1;Aide", /^export\.json: no JSON: it begins with "id;name.*give the JSON/],
    ["a web page", "\n<!DOCTYPE html><title>503</title>", /^export\.json: a web page/],
    ["an empty file", "", /^export\.json: no JSON/],
    ["a spreadsheet", Uint8Array.of(0x50, 0x4b, 3, 4, 0xff, 0xfe), /^export\.json: no text in UTF-8/],
    ["an export without aids", "[]", /^export\.json: contains no aid/],
    ["an object of another shape", '{"aides":[{"nom":"x"}]}', /^export\.json: an object with aides, no aids/],
    ["a list of something else", '[{"id":1,"name":"a"},"b"]', /^export\.json, aid 2: no object/],
    ["a record without name", '[{"id":1,"name":"a"},{"id":2,"titre":"b"}]', /^export\.json, aid 2: no name/],
    ["a record without id", '[{"name":"a"}]', /^export\.json, aid 1: no id/],
    ["a download that broke off", '[{"id":1,"name":"a"},{"id":2,"na', /^export\.json: broken JSON .*save it again/],
    ["lines that broke off", '{"id":1,"name":"a"}\n{"id":2,"na', /^export\.json, line 2: broken JSON/],
    ["a line of something else", '{"id":1,"name":"a"}\n{"error":"rate limit"}', /^export\.json, line 2: an object with error, no aids/],
    [
      "one page of several",
      '{"count":90,"next":null,"results":[{"id":1,"name":"a"}]}',
      /^export\.json: 90 aids are announced and 1 are there/,
    ],
    [
      "a page before the last",
      '{"next":"https://a.fr/?page=2","results":[{"id":1,"name":"a"}]}',
      /^export\.json: a next page is announced/,
    ],
    ["overlapping pages", '[{"id":1,"name":"a"},{"id":"1","name":"b"}]', /^export\.json, aid 2: the id 1 also occurs at aid 1/],
    [
      "an unknown status",
      '[{"id":1,"name":"a","status":"archivée"}]',
      /^export\.json, aid 1: the status "archivée" is none of draft, reviewable/,
    ],
  ])("refuses %s, and says where and what to do", async (_, file, message) => {
    const refused = await readExport(file).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ExportUnreadable);
    expect((refused as ExportUnreadable).message).toMatch(message);
  });

  it("stops reading a file that is far too large", async () => {
    const piece = Buffer.alloc(1e6, " ");
    await expect(readExport(...Array.from({ length: largestExportMegabytes + 1 }, () => piece))).rejects.toThrow(/more than 200 MB/);
  });
});
