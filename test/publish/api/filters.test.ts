import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AidContent } from "../../../src/model/aid/aid.ts";
import { asSite, connectorOf, type TestApi, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { edit } from "../../support/curate.ts";
import { testNow } from "../../support/made-aids.ts";
import { importPublished } from "../../support/published-aids.ts";

const drome = { scale: "department", code: "26", name: "Drôme" } as const;
const valence = { scale: "commune", code: "26362", name: "Valence" } as const;
const auvergneRhoneAlpes = { scale: "region", code: "84", name: "Auvergne-Rhône-Alpes" } as const;
const bretagne = { scale: "region", code: "53", name: "Bretagne" } as const;

const dayBefore = new Date(testNow.getTime() - 86_400_000);
/** Content by title. `vélo` is from another publisher and a day older than the others. */
const older: Record<string, Partial<AidContent>> = {
  velo: {
    name: "Des vélos pour tous",
    perimeters: [bretagne],
    financers: [{ name: "Région Bretagne", siren: "233500016" }],
    categories: ["sport"],
    targetedAudiences: ["association", "epci"],
    aidTypes: ["grant"],
    destinations: ["investment"],
    isCallForProject: true,
    submissionDeadline: "2026-12-01",
    recurrence: "oneoff",
  },
};
const others: Record<string, Partial<AidContent>> = {
  eau: { name: "Eau potable", perimeters: [drome], isCharged: true, europeanAid: "sectorial" },
  pret: {
    name: "Prêt",
    perimeters: [auvergneRhoneAlpes],
    aidTypes: ["loan"],
    destinations: ["supply"],
    mobilizationSteps: ["op", "postop"],
    europeanAid: "organizational",
    submissionDeadline: "2027-06-30",
    recurrence: "recurring",
    instructors: [{ name: "Banque des Territoires", siren: null }],
  },
  valence: { name: "Valence", perimeters: [valence], targetedAudiences: ["public-org"] },
  sauf: { name: "Sauf la Drôme", perimeters: [auvergneRhoneAlpes], perimeterExclusions: [drome] },
  expire: { name: "Expirée", submissionDeadline: "2026-11-24", recurrence: "oneoff", perimeters: [bretagne], categories: ["musee"] },
  dernier: { name: "Dernier jour", submissionDeadline: "2026-11-25", recurrence: "oneoff", perimeters: [bretagne], categories: ["musee"] },
  accord: { name: "Par accord", importShareLicence: "agreement", perimeters: [bretagne], categories: ["musee"] },
  inconnue: { name: "Licence inconnue", importShareLicence: "unknown", perimeters: [bretagne], categories: ["musee"] },
};

const all = ["dernier", "eau", "pret", "sauf", "valence", "velo"];

/** External ids by address, in any order. */
const cases: readonly (readonly [query: string, found: readonly string[]])[] = [
  ["", all],
  ["keyword=velo", ["velo"]],
  ["keyword=V%C3%89LOS+tou", ["velo"]],
  ["keyword=introuvable", []],
  ["keyword=+", all],
  ["organization_type_slugs=association", ["velo"]],
  ["organization_type_slugs=public_org,association", ["valence", "velo"]],
  ["organization_type_slugs[]=epci&organization_type_slugs[]=public-org", ["valence", "velo"]],
  ["organization_type_slugs%5B0%5D=epci&organization_type_slugs%5B1%5D=public-org", ["valence", "velo"]],
  ["organization_type_slugs=epci&organization_type_slugs=public-org", ["valence", "velo"]],
  ["category_slugs=sport,musee", ["dernier", "velo"]],
  ["aid_type_slugs=loan", ["pret"]],
  ["aid_type_slugs=loan&aid_type_slugs=grant", ["pret", "velo"]],
  ["aid_type_group_slug=financial", ["pret", "velo"]],
  ["aid_type_group_slug=financial-group", ["pret", "velo"]],
  ["aid_type_group_slug=technical-group", ["dernier", "eau", "sauf", "valence"]],
  ["aid_type_group_slug=engineering&aid_type_slugs=grant", []],
  ["aid_type_slugs=financial-group", ["pret", "velo"]],
  ["aid_type_slugs=technical_group,grant", ["dernier", "eau", "sauf", "valence", "velo"]],
  ["aid_step_slugs=op", ["pret"]],
  ["aid_destination_slugs=investment", ["velo"]],
  ["aid_destination_slugs=investment,supply", ["pret", "velo"]],
  ["aid_recurrence_slug=recurring", ["pret"]],
  ["aid_recurrence_slug=oneoff", ["dernier", "velo"]],
  ["european_aid_slug=european", ["eau", "pret"]],
  ["european_aid_slug=organizational", ["pret"]],
  ["categories=assainissement", []],
  ["backer_ids=233500016", ["velo"]],
  ["backer_ids=233%20500%20016", ["velo"]],
  ["backer_ids=region-bretagne", ["velo"]],
  ["backer_ids=R%C3%A9gion%20Bretagne,banque-des-territoires", ["pret", "velo"]],
  ["backer_ids=213501234", []],
  ["perimeter_id=department:26", ["eau", "pret"]],
  ["perimeter_id=commune:26362", ["eau", "pret", "valence"]],
  ["perimeter_codes=DEP-26", ["eau", "pret"]],
  ["perimeter_codes=COM-26362", ["eau", "pret", "valence"]],
  ["perimeter_codes=REG-53,DEP-26", ["dernier", "eau", "pret", "velo"]],
  ["perimeter_codes[]=REG-84", ["pret", "sauf"]],
  ["perimeter_codes=DEP-07", ["pret", "sauf"]],
  ["perimeter_codes[]=26362", ["eau", "pret", "valence"]],
  ["perimeter_codes=26", ["eau", "pret"]],
  // A department and a region.
  ["perimeter_codes=84", ["pret", "sauf"]],
  ["apply_before=2026-12-31", ["dernier", "velo"]],
  ["apply_before=2026-11-25", ["dernier"]],
  ["published_after=2026-11-25", ["dernier", "eau", "pret", "sauf", "valence"]],
  ["published_after=2026-11-25T03:00:01Z", []],
  ["published_after=2026-11-25T04:00:00%2B01:00", ["dernier", "eau", "pret", "sauf", "valence"]],
  ["call_for_projects_only=true", ["velo"]],
  ["call_for_projects_only=1", ["velo"]],
  ["call_for_projects_only=false", all],
  ["is_charged=true", ["eau"]],
  ["is_charged=false", ["dernier", "pret", "sauf", "valence", "velo"]],
  ["publisher=region-bretagne", ["velo"]],
  ["publisher=233500016", ["velo"]],
  ["publisher=bretagne-aides", ["velo"]],
  ["include_expired=true", [...all, "expire"]],
  ["include_expired=true&apply_before=2026-11-24", ["expire"]],
  ["category_slugs=musee&perimeter_codes=REG-53&include_expired=1", ["dernier", "expire"]],
  ["unknown_parameter=1&foo[bar][baz]=2", all],
  // With the older parameter names of Aides-territoires.
  ["text=velo", ["velo"]],
  ["targeted_audiences=association&order_by=submission_deadline", ["velo"]],
  ["targeted_audiences=public_org&organization_type_slugs=association", ["valence", "velo"]],
  ["organization_type_slug=epci", ["velo"]],
  ["perimeter=department:26", ["eau", "pret"]],
  ["categories=sport&categories=musee", ["dernier", "velo"]],
  ["aid_type=loan", ["pret"]],
  ["mobilization_step=op&destinations=supply&recurrence=recurring", ["pret"]],
  ["europeanAid=organizational", ["pret"]],
  ["backers=region-bretagne&isCallForProject=on&isCharged=False", ["velo"]],
  ["applyBefore=2026-12-31&publishedAfter=2026-11-25", ["dernier"]],
  ["programs=&backer_group_id=", all],
];

describe.each(testedDatabases)("filters of /api/aids/, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    let api: TestApi;
    const connectors = [
      connectorOf("bretagne-aides", { name: "Région Bretagne", siren: "233500016" }, { importIdPrefix: "BZH_" }),
      connectorOf("agence", { name: "Agence de tous" }),
    ];
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      await importPublished(catalogue, "bretagne-aides", older, dayBefore);
      await importPublished(catalogue, "agence", others);
      api = await testApi(catalogue, { connectors });
    });
    afterAll(() => catalogue.drop());

    const idsOf = (results: readonly { import_uniqueid: string }[]) => results.map((aid) => aid.import_uniqueid.replace("BZH_", ""));

    test.each(cases)("%s", async (query, found) => {
      const { status, json } = await api.get(`/api/aids/?${query}`);
      expect(status).toBe(200);
      expect(idsOf(json.results).sort()).toEqual([...found].sort());
      expect(json).toMatchObject({ count: found.length, previous: null, next: null });
    });

    test("counts the aids that are not classified yet, and gives them if asked", async () => {
      for (const externalId of ["eau", "sauf"]) await edit(catalogue, { connector: "agence", externalId }, { categories: [] });
      await edit(catalogue, { connector: "agence", externalId: "pret" }, { destinations: [] });
      const asked = async (query: string) => {
        const { status, json } = await api.get(`/api/aids/?${query}`);
        expect(status).toBe(200);
        return [idsOf(json.results).sort(), json.count, json.unclassified_count];
      };
      expect(await asked("category_slugs=sport")).toEqual([["velo"], 1, 2]);
      expect(await asked("category_slugs=sport&perimeter_codes=DEP-26")).toEqual([[], 0, 1]);
      expect(await asked("category_slugs=sport&unclassified=true")).toEqual([["eau", "sauf", "velo"], 3, undefined]);
      expect(await asked("category_slugs=sport&unclassified=only")).toEqual([["eau", "sauf"], 2, undefined]);
      // Kinds of expenses only matter for money: engineering help without them lacks nothing.
      expect(await asked("destinations=investment")).toEqual([["velo"], 1, 1]);
      expect(await asked("destinations=investment&unclassified=only")).toEqual([["pret"], 1, undefined]);
      expect(await asked("destinations=investment&category_slugs=sport&unclassified=only")).toEqual([[], 0, undefined]);
      expect(await asked("keyword=velo")).toEqual([["velo"], 1, undefined]);
      const { json } = await api.get("/api/aids/?unclassified=maybe");
      expect(json.errors).toEqual([{ name: "unclassified", detail: "Attendu : true, only." }]);
    });

    test("only the site sees aids by agreement or without a recorded licence", async () => {
      const site = await testApi(catalogue, { connectors, accessOf: asSite });
      expect(idsOf((await site.get("/api/aids/")).json.results).sort()).toEqual([...all, "accord", "inconnue"].sort());
      expect(idsOf((await api.get("/api/aids?itemsPerPage=100")).json.results)).not.toContain("accord");
    });

    test("sorts by publication, latest first; by deadline, nearest first and missing ones last", async () => {
      const published = idsOf((await api.get("/api/aids/?orderBy=relevance")).json.results);
      expect(published.at(-1)).toBe("velo");
      const deadlines = (await api.get("/api/aids/?orderBy=submission_deadline")).json.results.map(
        (aid: { submission_deadline: string }) => aid.submission_deadline,
      );
      expect(deadlines).toEqual(["2026-11-25", "2026-12-01", "2027-06-30", null, null, null]);
    });

    test("a record is in Aides-territoires' format, with a numeric id, the permanent id and the publisher", async () => {
      const [velo] = (await api.get("/api/aids/?keyword=velo")).json.results;
      expect(velo).toMatchObject({
        id: expect.any(Number),
        aid_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        slug: expect.stringMatching(/^[0-9a-f]{4}-des-velos-pour-tous$/),
        name: "Des vélos pour tous",
        financers: ["Région Bretagne"],
        perimeter: "Bretagne",
        aid_types: ["Subvention"],
        import_share_licence: "openlicence20",
        publisher: { connector: "bretagne-aides", name: "Région Bretagne", siren: "233500016" },
      });
      expect(velo.url).toBe(`/aides/${velo.slug}/`);
    });
  });
});
