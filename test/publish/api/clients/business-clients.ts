import { expect } from "vitest";
import { z } from "zod";
import { type Client, expectNoTokenSaid, expectShape, type Json, scaleNames } from "./client.ts";

const texts = z.array(z.string());
const text = z.string().nullable();
const rate = z.number().nullable();

/** Clients that show aids for companies and farmers. */
export const businessClients: readonly Client[] = [
  {
    // betagouv/aides-agri: apps/aides/integration/aides_territoires.py
    name: "a site for farmers: labels of types and scales that its code lists, texts joined line by line",
    async run(api) {
      const aids = await api.follow("/api/aids/?organization_type_slugs=farmer", await api.bearer());
      // A type that is not in this table ends the import.
      const types = [
        "Subvention",
        "Autre aide financière",
        "Certificat d'économie d'énergie (CEE)",
        "Avance récupérable",
        "Prêt",
        "Ingénierie technique",
        "Ingénierie financière",
        "Ingénierie Juridique / administrative",
      ];
      const links = { url: z.string().startsWith("/aides/"), origin_url: text, application_url: text };
      const lists = { programs: texts, destinations: texts, financers: texts, categories: texts };
      expectShape(
        z.object({
          ...links,
          ...lists,
          name: z.string(),
          name_initial: text,
          aid_types: z.array(z.enum(types)),
          perimeter_scale: z.enum(scaleNames).nullable(),
        }),
        aids,
      );
      const subjects = new Set([
        "Eau et milieux aquatiques / Eau potable",
        "Eau et milieux aquatiques / Cours d'eau / canaux / plans d'eau",
        "Énergies / Déchets / Transition énergétique",
        "Nature / environnement / Biodiversité",
        "Développement économique / production et consommation / Innovation, créativité et recherche",
      ]);
      expect(aids.filter(({ categories }) => categories.some((category: string) => subjects.has(category))).length).toBeGreaterThan(0);
    },
  },
  {
    // betagouv/aides-agri: apps/aides/management/commands/aides_init_organismes_logos.py
    name: "the same site: names of organisations, and their logos if there are any",
    async run(api) {
      const backers = await api.follow("/api/backers/?itemsPerPage=100", await api.bearer());
      expectShape(z.object({ text: z.string().min(1), logo: z.url().nullable() }), backers);
    },
  },
  {
    // A site of aids for farmers: GET(), with calculateRelevanceAndThemes(aid).
    name: "another site for farmers: numbers of Aides-territoires on the address of all aids",
    async run(api) {
      const headers = await api.bearer();
      const { status, json } = await api.ask("/api/aids/all/?organization_type_ids=31&category_ids=47&status=open", { headers });
      if (status === 400) expect(json.errors.map(({ name }: Json) => name)).toEqual(["organization_type_ids", "category_ids"]);
      else expect([status, json.results.length > 0]).toEqual([200, true]);
      // What its code does with the answer, on the audience by name.
      const aids = await api.follow("/api/aids/?organization_type_slugs=farmer&status=open", headers);
      const isForFarmers = ({ targeted_audiences }: Json) =>
        /agriculteur|entreprise/.test(JSON.stringify(targeted_audiences).toLowerCase());
      expect(aids.filter((aid) => !isForFarmers(aid))).toEqual([]);
      for (const { id, slug } of aids.slice(0, 5)) expect((await api.read(`/api/aids/${slug}/`, headers)).id).toBe(id);
    },
  },
  {
    // MTES-MCT/mission-transition: src/Command/ImportDataFromAtCommand.php
    name: "an import for companies: types joined by name, one theme after the other, every key filled in",
    async run(api) {
      const types = await api.list("/api/aids/types/");
      expectShape(z.object({ name: z.string(), type: z.string() }), types.results);
      const names = new Set(types.results.map(({ name }: Json) => name));
      const found = new Map<string, Json>();
      for (const category of topics)
        for (const aid of await api.rest(await api.read(`/api/aids/?targeted_audiences=private_sector&categories=${category}`)))
          found.set(`at_${aid.id}`, aid);
      expect(found.size).toBeGreaterThan(0);
      const aids = [...found.values()];
      expect(aids.flatMap(({ aid_types }) => aid_types).filter((type) => !names.has(type))).toEqual([]);
      const keys = { id: z.int(), name: z.string(), application_url: text, origin_url: text, financers: texts, instructors: texts };
      const lists = { targeted_audiences: texts, programs: texts, categories: texts, mobilization_steps: texts, destinations: texts };
      const contents = { description: text, eligibility: text, project_examples: text, contact: text, perimeter: text };
      const rates = { subvention_rate_lower_bound: rate, subvention_rate_upper_bound: rate, is_call_for_project: z.boolean().nullable() };
      const days = { start_date: text, submission_deadline: text, date_updated: z.iso.datetime({ offset: true }) };
      // It makes a recurrence of each name, so the name is never null.
      expectShape(z.object({ ...keys, ...lists, ...contents, ...rates, ...days, recurrence: z.string() }), aids);
    },
  },
  {
    // A simulator of aids for small companies: scrapeAllAides(browser), transformAide(raw).
    name: "a simulator for small companies: types in the words of the first generation, at most five pages",
    async run(api) {
      // Aides-territoires does not know this parameter either, which the answer says.
      const read = await api.list(
        "/api/aids/?targeted_audiences=private_sector&aid_types=grant%2Crepayable_advance%2Ctax_benefit&page_size=100",
        { "user-agent": "SimulateurSubventions/1.0 (open-source)" },
      );
      const { results, next, ignored_parameters: ignored } = read;
      expect([ignored, results.length === 100 || next === null]).toEqual([["aid_types"], true]);
      expectShape(z.object({ slug: z.string().min(1), name: z.string().min(1), url: z.string().min(1) }), results);
    },
  },
  {
    // A coach for people between jobs: testSource("Aides").
    name: "an assistant for training: words joined by plus, an order with a minus",
    async run(api) {
      const path = "/api/aids/?text=formation+professionnelle&targeted_audiences=private_sector&is_live=true&limit=20";
      // Aides-territoires ignores an order that it does not know.
      await api.refuses(`${path}&order_by=-date_created`, ["order_by"]);
      const { results } = await api.read(path, await api.bearer());
      expectShape(z.object({ name: z.string(), financers: texts, url: z.string() }), results);
    },
  },
  {
    // houedraogo/FinVeille: backend/app/data/import_aides_territoires.py
    name: "a watch of financing: dates with a zone, links in order of preference, a hash of number and name",
    async run(api) {
      const aids = await api.follow("/api/aids/?format=json&page_size=50", await api.bearer());
      for (const aid of aids) {
        for (const day of [aid.submission_deadline, aid.start_date])
          if (day !== null) expect(Number.isNaN(new Date(day.replace("Z", "+00:00")).getTime()), day).toBe(false);
        expect(aid.origin_url ?? aid.application_url ?? aid.url).toMatch(/\S/);
      }
      const today = "2026-11-25";
      expect(aids.filter(({ submission_deadline: day }) => day !== null && day < today)).toEqual([]);
      expectShape(z.object({ financers_full: z.array(z.object({ name: z.string() })), perimeter: text, perimeter_scale: text }), aids);
    },
  },
  {
    // A search for associations with a list of its own: authenticate(), searchAids(params), getAidDetails(slug).
    name: "a search that sends its key as a token: a page of one aid, then words, then an aid by slug",
    async run(api) {
      await expectNoTokenSaid(api, "/api/aids/?page_size=1", `Token ${api.key}`);
      // Without a key it sends nothing.
      const { results } = await api.list("/api/aids/?text=&page=1&page_size=50");
      const [{ id, slug }] = results;
      expect((await api.read(`/api/aids/${slug}/`)).id).toBe(id);
    },
  },
  {
    // A map of aids in the browser: refreshAidesTerritoiresClient().
    name: "a page in a browser that reads all aids without a key, from another site",
    async run(api) {
      const { status, headers, json } = await api.ask("/api/aids/all/", {
        headers: { Origin: "https://carte.example", Accept: "application/json" },
      });
      expect([status, headers.get("access-control-allow-origin"), json.results.length > 0]).toEqual([200, "*", true]);
    },
  },
];

/** Slugs of categories as the import for companies writes them. */
const topics = [
  "economie-circulaire",
  "circuits-courts-filieres",
  "economie-denergie",
  "recyclage-valorisation",
  "empreinte-carbone",
  "assainissement",
  "reseaux-de-chaleur",
  "limiter-les-deplacements-subis",
  "mobilite-partagee",
  "mobilite-pour-tous",
  "amenagement-de-lespace-public-et-modes-actifs",
  "transition-energetique",
  "biodiversite",
  "forets",
  "milieux-humides",
  "montagne",
  "qualite-de-lair",
  "risques-naturels",
  "sols",
];
