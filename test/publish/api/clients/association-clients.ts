import { expect } from "vitest";
import { z } from "zod";
import { type Client, expectEachOnce, expectNoTokenSaid, expectShape, type Json } from "./client.ts";

const text = z.string().nullable();
const day = z.iso.date().nullable();

/** Clients that look for aids for associations, and sites about other aids. */
export const associationClients: readonly Client[] = [
  {
    // RaphBadr91/Assokit: api/import-aides-territoires.php
    name: "a kit for associations: at most twenty pages, a day from the first ten characters",
    async run(api) {
      const headers = { ...(await api.bearer({ headers: { accept: "application/json" } })), accept: "application/json" };
      const read = async (audience: string) => {
        const aids = await api.follow(`/api/aids/?targeted_audiences=${audience}`, headers);
        expectShape(z.object({ id: z.int(), name: z.string().min(1), perimeter: text, description: text, submission_deadline: day }), aids);
        for (const { financers, application_url, origin_url, url } of aids) {
          if (financers.length > 0) expect(financers[0]).toMatch(/\S/);
          expect(application_url ?? origin_url ?? url).toMatch(/\S/);
        }
        return aids.length;
      };
      expect(await read("association")).toBeGreaterThan(0);
      expect(await read("private_sector")).toBeGreaterThan(0);
    },
  },
  {
    // A site for venues: fetchAidesTerritoires(maxAids), mapAid(aid).
    name: "a network of venues: page after page until one is empty, in the order of deadlines",
    async run(api) {
      const headers = await api.bearer();
      const aids: Json[] = [];
      let announced = 0;
      for (let page = 1; page <= 80; page++) {
        const { count, results } = await api.read(
          `/api/aids/?targeted_audiences=association&order_by=submission_deadline&page=${page}`,
          headers,
        );
        announced = count;
        if (results.length === 0) break;
        aids.push(...results);
      }
      expectEachOnce(aids, announced);
      const deadlines = aids.map(({ submission_deadline }) => submission_deadline ?? "9999-12-31");
      expect(deadlines).toEqual(deadlines.toSorted());
      expectShape(
        z.object({ is_charged: z.boolean().nullable(), is_call_for_project: z.boolean().nullable(), contact: text, slug: z.string() }),
        aids,
      );
      expect(aids.flatMap(({ categories, financers }) => [...categories, ...financers]).every((name) => typeof name === "string")).toBe(
        true,
      );
    },
  },
  {
    // A search for grants across Europe: fetchAllAidesAssociations(), transformToGrant(raw), computeTargetRegions(raw).
    name: "a search for grants: all live aids, absolute links, national aids told by their scale",
    async run(api) {
      const aids = await api.follow("/api/aids/?is_live=true&page_size=100", await api.bearer());
      for (const { perimeter, perimeter_scale, origin_url, application_url, url, submission_deadline, start_date } of aids) {
        const link = new URL(origin_url ?? application_url ?? url, "https://aides-territoires.beta.gouv.fr");
        expect(link.protocol).toMatch(/^https?:$/);
        for (const each of [submission_deadline, start_date])
          if (each !== null) expect(new Date(each).toISOString().slice(0, 10)).toBe(each);
        if (perimeter === "France") expect(perimeter_scale.toLowerCase()).toBe("pays");
      }
      const full = z.array(z.object({ id: z.int(), name: z.string() }));
      expectShape(
        z.object({ financers_full: full, instructors_full: full, aid_types_full: full, contact: text, programs: z.array(z.string()) }),
        aids,
      );
      const regional = await api.follow(
        "/api/aids/?targeted_audiences=association&categories=biodiversite&is_call_for_project=false&is_live=true&page_size=50",
        await api.bearer(),
      );
      expect(regional.filter(({ categories }) => !categories.includes("Nature / environnement / Biodiversité"))).toEqual([]);
    },
  },
  {
    // betagouv/relance-transformation: src/views/Recherche.vue, src/views/AidDetail.vue, src/services/aidService.js
    name: "the site of France Relance: a backer by number and name, then an aid by slug",
    async run(api) {
      // Aides-territoires ignores a number that it does not know, and the plan that has ended.
      await api.refuses("/api/aids/?backers=505-mtfp&in_france_relance=true&text=eau", ["in_france_relance"]);
      await api.refuses("/api/aids/?backers=505-mtfp&text=eau", ["backers"]);
      await api.list("/api/aids/?backers=22-ademe&text=eau");
      const { results } = await api.list("/api/aids/?programs=france-relance");
      for (const { id, slug } of results.slice(0, 5)) {
        const aid = await api.read(`/api/aids/${slug}/`);
        expect([aid.id, aid.slug]).toEqual([id, slug]);
        expectShape(z.object({ name: z.string(), short_title: text, description: text, eligibility: text, project_examples: text }), [aid]);
      }
    },
  },
  {
    // betagouv/recommandations-collaboratives: recoco/apps/resources/importers/api.py
    name: "a site of recommendations: the slug from the link of a page, title and description from the API",
    async run(api) {
      const { authorization } = await api.bearer();
      const token = authorization.replace("Bearer ", "");
      for (const { url, name } of (await api.list("/api/aids/")).results.slice(0, 5)) {
        const page = `https://aides-territoires.beta.gouv.fr${url}`;
        const slug = /^https?:\/\/(?:www\.)?aides-territoires\.beta\.gouv\.fr\/aides\/(?<slug>.*)$/.exec(page)?.groups?.slug;
        // Its library writes the token in its own way, which Aides-territoires refuses too.
        await expectNoTokenSaid(api, `/api/aids/${slug}`, `JWT token="${token}"`);
        expect(await api.read(`/api/aids/${slug}`)).toMatchObject({ name, description: expect.any(String) });
      }
    },
  },
  {
    // A watch of calls for associations, a script of a spreadsheet: veilleCollecteAT_(curseur), veilleTokenAT_().
    name: "a spreadsheet that watches new aids: published after a day, in several departments, in linked data",
    async run(api) {
      const token = await api.bearer({ headers: { "content-type": "application/json" }, body: "{}" });
      const headers = { ...token, accept: "application/ld+json" };
      const places = ["13", "75", "93"].map((code) => `&perimeter_codes=${code}`).join("");
      const path = `/api/aids/?organization_type_slugs=association&itemsPerPage=50&published_after=2026-10-25${places}`;
      for (let page = 1; page <= 6; page++) {
        const { results } = await api.read(`${path}&page=${page}`, headers);
        if (results.length < 50) break;
      }
    },
  },
  {
    // A prototype of a treasury for associations: maxx-abrt/A2EMoney: poc/test_stack.mjs
    name: "a trial of every service: a key with an empty body, five aids, the programmes",
    async run(api) {
      const token = await api.bearer({ headers: { "content-type": "application/json" }, body: "{}" });
      expect((await api.list("/api/aids/?itemsPerPage=5", token)).results).toHaveLength(5);
      expect((await api.list("/api/programs/", token)).count).toBeGreaterThan(0);
    },
  },
  {
    // A monitoring of aids against exclusion: fetch_aides_territoires().
    name: "a daily letter: parameters that no generation had are named, and a territory that nobody knows is refused",
    async run(api) {
      const { ignored_parameters: ignored, results } = await api.list("/api/aids/?format=json&date_published__gte=2026-11-23&limit=50");
      expect(ignored).toContain("date_published__gte");
      expectShape(z.object({ name: z.string(), description: z.string(), url: z.string() }), results);
      await api.refuses("/api/aids/?format=json&perimeter=ile-de-france-26&limit=50", ["perimeter"]);
    },
  },
];
