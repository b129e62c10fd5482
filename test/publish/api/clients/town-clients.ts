import { expect } from "vitest";
import { z } from "zod";
import { type Client, expectEachOnce, expectNoTokenSaid, expectShape, type Json, scaleNames } from "./client.ts";

const perimeter = z.object({
  id: z.string().regex(/^\d+-[a-z0-9-]+$/),
  text: z.string(),
  name: z.string(),
  // Lists of territories write the groups of communes in capitals, aids do not.
  scale: z.enum([...scaleNames, "EPCI"]),
  zipcodes: z.array(z.string()),
  code: z.string(),
});

/** Clients that look for aids of a commune or another territory. */
export const townClients: readonly Client[] = [
  {
    // incubateur-ademe/plusfraichemaville-site: src/lib/aidesTerritoires/fetch.ts, helpers.ts, src/components/financement/helpers.tsx
    name: "a site on cooler towns: a commune, quoted words of its projects, an aid kept by its number",
    async run(api) {
      const headers = { accept: "application/json", ...(await api.bearer({ headers: { accept: "application/json" } })) };
      const placeOf = async (query: string) => (await api.read(`/api/perimeters/?${query}`, headers)).results[0]?.id;
      const place = await placeOf("insees=38185");
      expect([typeof place, await placeOf("zipcodes=38000"), await placeOf("insees=99999")]).toEqual(["string", place, undefined]);
      for (const perimeter of [place, "70956-france", "97843-grenoble"]) {
        const words = `"arbre","végétalisation","eau"`;
        const found = await api.list(
          `/api/aids/?perimeter=${perimeter}&text=${words}\n    &itemsPerPage=1000&targeted_audiences=commune&targeted_audiences=epci&new=1`,
          headers,
        );
        // It reads one page only.
        expect(found.results).toHaveLength(Math.min(found.count, 100));
        expect(found.results.filter((aid: Json) => aid.is_live !== true)).toEqual([]);
        const groups = found.results.flatMap((aid: Json) => aid.aid_types_full.map((type: Json) => type.group.name));
        expectShape(z.enum(["Aide financière", "Aide en ingénierie"]), groups);
        for (const { id, slug, name, submission_deadline } of found.results.slice(0, 5))
          expect(await api.read(`/api/aids/by-id/${id}`, headers)).toMatchObject({ id, slug, name, submission_deadline });
      }
      const unknown = await api.ask("/api/aids/by-id/999999", { headers });
      expect([unknown.status, typeof unknown.json]).toEqual([404, "object"]);
    },
  },
  {
    // incubateur-ademe/plusfraichemaville-site: src/lib/aidesTerritoires/helpers.ts
    name: "the same site after a failed exchange: parses the refusal, and exchanges its key again",
    async run(api) {
      const refused = await api.ask("/api/aids/by-id/1000000", { headers: { authorization: "Bearer null" } });
      expect([refused.status, typeof refused.json]).toEqual([401, "object"]);
      await api.list("/api/aids/", await api.bearer());
    },
  },
  {
    // betagouv/communs-de-la-transition-ecologique-des-collectivites: api/src/aides/aides-territoires.service.ts, aides-perimetre.service.ts
    name: "a common service of several sites: the aids of each commune of a project, 50 a page, each once",
    async run(api) {
      const headers = await api.bearer();
      const seen = new Map<number, Json>();
      for (const code of ["38185", "44109", "69123"])
        for (const aid of await api.count(`/api/aids/?${new URLSearchParams({ "perimeter_codes[]": code, page_size: "50" })}`, headers))
          seen.set(aid.id, aid);
      expect(seen.size).toBeGreaterThan(0);
      const all = await api.count("/api/aids/?page_size=50", headers);
      expect(all.length).toBeGreaterThanOrEqual(seen.size);
      const wide = { id: z.int(), name: z.string().min(1), description: z.string().nullable(), eligibility: z.string().nullable() };
      expectShape(z.object({ ...wide, perimeter_scale: z.enum(scaleNames).nullable() }), all);
    },
  },
  {
    // betagouv/communs-de-la-transition-ecologique-des-collectivites: api/src/aides/aides-territoires.service.ts
    name: "the same service with a token that has ended: forgets it, and exchanges its key again",
    async run(api) {
      const { authorization } = await api.bearer();
      const refused = await api.ask("/api/aids/?page_size=50&page=1", { headers: { authorization: authorization.slice(0, -2) } });
      expect(refused.status).toBe(401);
      // Five communes are read at the same time, each with an exchange of its own.
      const readings = ["38185", "44109", "69123", "35238", "26362"].map(async (code) => {
        const own = await api.bearer();
        return api.count(`/api/aids/?perimeter_codes%5B%5D=${code}&page_size=50`, own);
      });
      await Promise.all(readings);
    },
  },
  {
    // betagouv/VApp: src/infra/at/at-api-client.ts, perimeter.ts, aid.ts, src/infra/repositories/aide.repository.ts
    name: "a simulator: completes the name of a town, and reads until it has as many aids as announced",
    async run(api) {
      const towns = (await api.list("/api/perimeters?q=Villeurbanne")).results;
      expectShape(perimeter, towns);
      const town = towns.find(({ scale }: Json) => scale === "Commune");
      expect(town.text).toMatch(/^Villeurbanne \(Commune . 69100\)$/);
      const query = "organization_type_slugs=association&aid_type_group_slug=financial-group&aid_destination_slugs=investment";
      const read = async (place: string) => {
        const first = await api.read(`/api/aids/?${query}&aid_step_slugs=preop&aid_step_slugs=op&perimeter_id=${place}&is_charged=false`);
        return (await api.rest(first)).map(({ id }) => id);
      };
      const ids = await read(town.id);
      expect(ids.length).toBeGreaterThan(0);
      // The site's own number of the town.
      expect(await read("98585-villeurbanne")).toEqual(ids);
    },
  },
  {
    // betagouv/VApp: src/infra/at/at-api-client.ts
    name: "the same simulator: copies all territories",
    needsRealAids: true,
    async run(api) {
      const all = await api.follow("/api/perimeters/");
      expectShape(perimeter, all);
      expect(all.filter(({ scale }) => scale === "Commune").length).toBeGreaterThan(34_000);
    },
  },
  {
    // inclusion-numerique/mon-espace-collectivite: apps/web/src/data/aidesTerritoiresData.ts, apps/web/src/project/aidesTerritoires.ts
    name: "a site of town halls: divides the number of territories by the size of a page, reads 20 pages at a time, joins by code",
    needsRealAids: true,
    async run(api) {
      const first = await api.list("/api/perimeters/?page=1");
      const pages = Math.ceil(first.count / first.results.length);
      const all = [...first.results];
      for (let from = 2; from <= pages; from += 20) {
        const places = Array.from({ length: Math.min(20, pages - from + 1) }, (_, place) => from + place);
        const read = await Promise.all(places.map((page) => api.read(`/api/perimeters/?page=${page}`)));
        all.push(...read.flatMap(({ results }) => results));
      }
      expectEachOnce(all, first.count);
      const codesOf = (name: RegExp) => all.filter(({ scale }) => name.test(scale)).map(({ code }) => code);
      const [communes, groups] = [codesOf(/^Commune$/), codesOf(/^epci$/i)];
      expect([communes.length > 34_000, groups.length > 1_200]).toEqual([true, true]);
      expectShape(z.string().regex(/^\d[\dAB]\d{3}$/), communes);
      expectShape(z.string().regex(/^\d{9}$/), groups);
      expect([new Set(communes).size, new Set(groups).size]).toEqual([communes.length, groups.length]);
    },
  },
  {
    // inclusion-numerique/mon-espace-collectivite: apps/web/src/data/categoriesData.ts, apps/web/src/project/aidesTerritoires.ts
    name: "the same site: the categories of its projects, all on one page, and a search by slug of each",
    needsRealAids: true,
    async run(api) {
      const themes = await api.list("/api/themes/");
      expect(themes.next).toBe(null);
      const numbered = { id: z.int(), name: z.string(), slug: z.string() };
      expectShape(z.object({ ...numbered, categories: z.array(z.object(numbered)).min(1) }), themes.results);
      const categories = themes.results.flatMap((theme: Json) => theme.categories);
      expect(new Set(categories.map(({ id }: Json) => id)).size).toBe(categories.length);
      const [{ id, name }] = (
        await api.list(`/api/perimeters/?q=${encodeURIComponent("Grenoble")}&is_visible_to_users=true&is_non_obsolete=true`)
      ).results;
      expect(name).toBe("Grenoble");
      for (const { slug } of categories) await api.read(`/api/aids/?targeted_audiences=commune&perimeter=${id}&categories=${slug}`);
    },
  },
  {
    // A site for drawing up a town's file, which fetches from the browser: searchCommunity(searchQuery).
    name: "a search for a town hall in a browser: asks for permission to send its token first",
    async run(api) {
      const origin = { Origin: "https://mairie.example" };
      const path = "/api/perimeters?q=greno&page=1&itemsPerPage=50&is_visible_to_users=true&is_non_obsolete=true";
      const asked = { "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization" };
      const { status, headers } = await api.ask(path, { method: "OPTIONS", headers: { ...origin, ...asked } });
      expect([status, headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
      expect(headers.get("access-control-allow-headers")?.toLowerCase()).toContain("authorization");
      const answer = await api.ask(path, { headers: { ...origin, ...(await api.bearer()) } });
      expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
      expect(answer.json.results).toContainEqual(expect.objectContaining({ name: "Grenoble", scale: "Commune" }));
      // An earlier version puts the words in quotes.
      await api.list(`/api/perimeters/?q=${encodeURIComponent('"Grenoble"')}&is_visible_to_users=true&is_non_obsolete=true`);
    },
  },
  {
    // A town hall's application: recupererAides(token, codeInsee), obtenirJeton(apiKey).
    name: "a village that keeps a copy of its aids, by number, from next addresses that it completes itself",
    async run(api) {
      const headers = { ...(await api.bearer({ headers: { accept: "application/json" } })), accept: "application/json" };
      const kept = new Map<string, Json>();
      const parameters = new URLSearchParams({ perimeter_codes: "38185", organization_type_slugs: "commune" });
      for (let url: string | null = `/api/aids/?${parameters}`; url !== null; ) {
        const { results, next }: Json = await api.list(url, headers);
        for (const aid of results) kept.set(String(aid.id), aid);
        url = next === null ? null : new URL(next, "https://aides-territoires.beta.gouv.fr").toString();
      }
      expect(kept.size).toBeGreaterThan(0);
    },
  },
  {
    // A server of tools for language models: list_perimetres_at(q, scale), search_aides_territoires(…), _format_aide_at(aid).
    name: "tools for a language model: a code from the name and scale of a territory, then its aids",
    async run(api) {
      const headers = await api.bearer();
      for (const [q, scale, code] of [
        ["Bretagne", "region", "53"],
        ["Finistère", "department", "29"],
        ["Brest Métropole", "epci", "242900314"],
        ["Brest", "commune", "29019"],
      ]) {
        const { results } = await api.list(`/api/perimeters/?q=${encodeURIComponent(q ?? "")}&itemsPerPage=10&scale=${scale}`, headers);
        expect(results.map((place: Json) => place.code)).toContain(code);
        const { results: aids } = await api.list(
          `/api/aids/?itemsPerPage=10&perimeter_codes=${code}&organization_type_slugs=commune`,
          headers,
        );
        const named = z.array(z.union([z.string(), z.object({ name: z.string() })]));
        expectShape(z.object({ financers: named, instructors: named, programs: named, categories: named, slug: z.string() }), aids);
      }
      // Its documentation gives slugs that Aides-territoires does not have, and ignores there.
      await api.refuses("/api/aids/?itemsPerPage=10&category_slugs=energy", ["category_slugs"], headers);
      await api.refuses("/api/aids/?itemsPerPage=10&aid_type_slugs=technical-assistance", ["aid_type_slugs"], headers);
    },
  },
  {
    // A service that refines aids for a project: routes proxy/aides-territoires/aids, searchAidesTerritoires(params).
    name: "a service for projects: categories by number, departments in brackets, the page number read from next",
    async run(api) {
      const headers = await api.bearer();
      const categories: number[] = (await api.list("/api/themes/")).results.flatMap((theme: Json) =>
        theme.categories.map(({ id }: Json) => id),
      );
      const query = new URLSearchParams([
        ...categories.map((id): [string, string] => ["category_ids", String(id)]),
        ["perimeter_codes[]", "38"],
        ["organization_type_slugs[]", "commune"],
        ["limit", "50"],
        ["order_by", "relevance"],
      ]);
      const collected: Json[] = [];
      for (let page: string | null = "1"; page !== null; ) {
        query.set("page", page);
        const read = await api.list(`/api/aids/?${query}`, headers);
        collected.push(...read.results);
        const following = read.next === null ? null : new URL(read.next).searchParams.get("page");
        if (read.next !== null) expect(following).toBe(String(Number(page) + 1));
        else expectEachOnce(collected, read.count);
        page = following;
      }
      expect(collected.filter(({ is_live, url }) => is_live !== true || !url.startsWith("/aides/"))).toEqual([]);
    },
  },
  {
    // A list of territories for a bureau of studies: fetch_all_adhoc_perimeters().
    name: "a list of groups of communes that Aides-territoires made itself: it has results, or none",
    async run(api) {
      const headers = { ...(await api.bearer()), "content-type": "application/json" };
      const { results, next } = await api.read("/api/perimeters/?scale=adhoc&page=1", headers);
      expect([Array.isArray(results), next]).toEqual([true, null]);
    },
  },
  {
    // A calculator of energy works: getAidesTerritoires(codeInsee).
    name: "a calculator for renovation: an INSEE code as territory, and an authorization that is no token",
    async run(api) {
      const path = "/api/aids/?perimeter=38185&categories=economie-denergie&format=json&limit=6";
      await expectNoTokenSaid(api, path, `Token ${api.key}`);
      // At Aides-territoires, this is the number of any territory.
      await api.refuses(path, ["perimeter"]);
    },
  },
];
