import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runFixture } from "../../src/ingest/run-fixture.ts";
import type { AidContent } from "../../src/model/aid/aid.ts";
import { missingForPublication } from "../../src/model/aid/publishable.ts";
import { ClientsApi } from "../publish/api/clients/client.ts";
import { clients } from "../publish/api/clients/clients.ts";
import { expectClient } from "../publish/api/clients/expect-client.ts";
import { publicClients } from "../publish/api/clients/public-clients.ts";
import { readTeamRequests, type TeamRequest } from "../publish/api/clients/site-team.ts";
import { type TestApi, testApi } from "../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { loadedConnector } from "../support/loaded-connectors.ts";
import { importPublished, publishable } from "../support/published-aids.ts";
import { realFeeds } from "../support/real-feeds.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";

/** Connectors of the real files. Left out: templates without aids, and feeds whose aids are in another one. */
const connectors = [
  "aides-territoires",
  "ademe-agir",
  "aggregateur-aap",
  "departement-drome",
  "departement-manche",
  "eu-funding-tenders",
  "ile-de-france-open-data",
  "ministere-culture",
  "region-ile-de-france",
  "transition-ecologique-entreprises",
  "welcomeurope",
];

/** An aid as a client stored it years ago. */
interface StoredAid {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly url: string;
  readonly submission_deadline: string | null;
  readonly date_created: string;
}

/** Imports the aids of a real file as they are. Fields that publication needs and the file lacks get a value. Returns how many. */
async function importRealAids(catalogue: TestCatalogue, connector: string): Promise<number> {
  const { aids } = await runFixture(await loadedConnector(connector), join(sharedData, realFeeds[connector] ?? ""));
  const filled = aids.flatMap(({ externalId, ...content }) => {
    const missing = missingForPublication(content);
    if (missing.includes("name")) return [];
    const given = Object.fromEntries(missing.map((field) => [field, publishable[field]])) as Partial<AidContent>;
    return [[externalId, { ...content, ...given, importShareLicence: "openlicence20" }] as const];
  });
  await importPublished(catalogue, connector, Object.fromEntries(filled));
  return filled.length;
}

describe.each(testedDatabases)(`public clients on an API filled with real aids, $title${whySkipped}`, (database) => {
  describe.skipIf(database.skipped || !hasSharedData)("", () => {
    let catalogue: TestCatalogue;
    let api: TestApi;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      let published = 0;
      for (const connector of connectors) published += await importRealAids(catalogue, connector);
      for (let done = -1; done !== 0; ) done = await catalogue.search.catchUp();
      api = await testApi(catalogue);
      expect((await api.get("/api/aids/?include_expired=true")).json.count).toBe(published);
    }, 300_000);
    afterAll(() => catalogue?.drop());

    it.each(publicClients)("$name", (client) => expectClient(api, client));

    it.each(clients)("$name", async ({ name, run }) => run(await ClientsApi.of(catalogue, name)), 300_000);

    it("finds every aid of November 2021 by the number, slug and link that clients have stored", async () => {
      const stored = JSON.parse(readFileSync(join(sharedData, realFeeds["aides-territoires"] ?? ""), "utf8")) as StoredAid[];
      for (const { id, slug, name, url, submission_deadline, date_created } of stored) {
        const byId = (await api.get(`/api/aids/by-id/${id}`)).json;
        expect(byId, name).toMatchObject({ id, slug, url, submission_deadline, import_share_licence: "openlicence20" });
        expect(byId.date_created.slice(0, 10), name).toBe(date_created.slice(0, 10));
        expect((await api.get(`/api/aids/${slug}/`)).json.id, name).toBe(id);
        expect((await api.get(url)).status, url).toBe(302);
      }
      const known = new Set(stored.map(({ id }) => id));
      const client = await ClientsApi.of(catalogue, "a database of 2021");
      const listed = (await client.follow("/api/aids/?itemsPerPage=100", await client.bearer())).filter(({ id }) => known.has(id));
      const open = stored.filter(({ submission_deadline: day }) => day === null || day >= "2026-11-25");
      expect(listed.map(({ id, slug }) => [id, slug]).sort()).toEqual(open.map(({ id, slug }) => [id, slug]).sort());
    });

    describe("requests of Aides-territoires' own team", () => {
      const requests = hasSharedData ? readTeamRequests() : [];
      const named = (name: string) => requests.find((request) => request.name === name) as TeamRequest;
      const pathOf = ({ url }: TeamRequest) => url.replace(/^https?:\/\/[^/]+/, "");
      const headersOf = ({ headers }: TeamRequest) => Object.fromEntries(headers.map(({ name, value }) => [name, value]));

      it("are three", () => expect(requests.map(({ name }) => name).sort()).toEqual(["Aid - Details", "Aid - List", "Connexion"]));

      it("exchange a key, with and without the slash at the end", async () => {
        const client = await ClientsApi.of(catalogue, "the team");
        const connexion = named("Connexion");
        for (const path of [pathOf(connexion), pathOf(connexion).replace(/\/$/, "")]) {
          const headers = { ...headersOf(connexion), "X-AUTH-TOKEN": client.key };
          const { status, json } = await client.ask(path, { method: connexion.method, headers });
          expect([path, status, typeof json?.token]).toEqual([path, 200, "string"]);
        }
        const { status } = await client.ask(pathOf(connexion), { method: connexion.method, headers: headersOf(connexion) });
        expect(status).toBe(401);
      });

      it("list aids without the slash at the end, over http", async () => {
        const client = await ClientsApi.of(catalogue, "the team's list");
        const headers = { ...headersOf(named("Aid - List")), ...(await client.bearer()) };
        const path = pathOf(named("Aid - List"));
        // Only Aides-territoires knows which territory the number means.
        await client.refuses(path, ["perimeter"], headers);
        const { results } = await client.read(path.replace(/perimeter=\d+/, "perimeter=70956-france"), headers);
        expect(results.every((aid: { targeted_audiences: string[] }) => aid.targeted_audiences.includes("Commune"))).toBe(true);
      });

      it("show an aid by its slug, or say that no such aid was public", async () => {
        const client = await ClientsApi.of(catalogue, "the team's aid");
        const { status, json } = await client.ask(pathOf(named("Aid - Details")), { headers: await client.bearer() });
        expect([status, json.title]).toEqual([404, expect.any(String)]);
        const [{ slug, name }] = (await client.list("/api/aids?text=eau", await client.bearer())).results;
        expect(await client.read(`/api/aids/${slug}`, await client.bearer())).toMatchObject({ slug, name });
        // The four characters before the title are made from the number; the title may have changed since.
        expect((await client.ask(`/api/aids/${slug.slice(0, 4)}-un-ancien-titre`)).status).toBe(404);
      });
    });
  });
});
