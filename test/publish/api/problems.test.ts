import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { RunFailed } from "../../../src/model/run/run-error.ts";
import { everybody } from "../../../src/publish/api/access/access.ts";
import type { ApiRoute } from "../../../src/publish/api/api-route.ts";
import { readApiSettings } from "../../../src/publish/api/api-settings.ts";
import { ApiProblem } from "../../../src/publish/api/problem.ts";
import { startApi } from "../../../src/publish/api/start-api.ts";
import { type TestApi, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testNow } from "../../support/made-aids.ts";
import { importPublished } from "../../support/published-aids.ts";

/** Refused queries, with the named parameter and the detail. */
const refused: readonly (readonly [query: string, name: string, detail: RegExp])[] = [
  ["page=0", "page", /de 1 à 10000000/],
  ["page=-1", "page", /nombre entier/],
  ["page=1e9", "page", /nombre entier/],
  ["page=1.5", "page", /nombre entier/],
  ["page=999999999999999999999", "page", /nombre entier/],
  ["itemsPerPage=0", "itemsPerPage", /de 1 à 100/],
  ["itemsPerPage=all", "itemsPerPage", /de 1 à 100/],
  ["category_slugs=velo", "category_slugs", /eau-potable/],
  ["category_slugs=sport,velo", "category_slugs", /eau-potable/],
  ["organization_type_slugs=%27%20OR%201=1%20--", "organization_type_slugs", /commune/],
  ["aid_type_group_slug=money", "aid_type_group_slug", /financial, engineering/],
  ["perimeter_id=70971", "perimeter_id", /department:26/],
  ["perimeter_codes=DEP-99", "perimeter_codes", /DEP-26/],
  ["perimeter_codes=999", "perimeter_codes", /DEP-26/],
  ["perimeter_codes=2", "perimeter_codes", /DEP-26/],
  ["perimeter=98585-saint-denis", "perimeter", /l’un des \d+ territoires de ce nom : commune:/],
  ["perimeter=98585-nulle-part", "perimeter", /department:26/],
  ["perimeter_id=paris", "perimeter_id", /department:75, commune:75056/],
  ["perimeter_id=26", "perimeter_id", /department:26/],
  ["category_ids[]=47", "category_ids", /eau-potable/],
  ["organization_type_ids=31", "organization_type_ids", /commune/],
  ["aid_type_slugs=money-group", "aid_type_slugs", /financial/],
  ["order_by=title", "order_by", /publication_date/],
  ["size=0", "size", /de 1 à 100/],
  ["programs=5", "programs", /Inconnu ici : 5/],
  ["backer_group_id[]=3", "backer_group_id", /ne sont pas groupés/],
  ["in_france_relance=true", "in_france_relance", /programs/],
  ["is_live=false", "is_live", /include_expired/],
  ["status=draft", "status", /published/],
  ["backer_ids=personne-connue", "backer_ids", /Inconnu ici/],
  ["backers=505-mtfp", "backers", /Inconnu ici : 505/],
  ["aid_type_ids=1,9", "aid_type_ids", /numéro connu/],
  [`keyword=${"a ".repeat(61)}`, "keyword", /60 mots/],
  ["perimeter_id=constructor:prototype", "perimeter_id", /department:26/],
  ["apply_before=2026-02-30", "apply_before", /AAAA-MM-JJ/],
  ["apply_before=demain", "apply_before", /AAAA-MM-JJ/],
  ["published_after=2026-13-01", "published_after", /instant/],
  ["changed_since=20261124", "changed_since", /instant/],
  ["changed_since=99999-01-01", "changed_since", /instant/],
  ["call_for_projects_only=peut-être", "call_for_projects_only", /true ou false/],
  ["orderBy=title;drop table aids", "orderBy", /publication_date/],
  ["publisher=personne", "publisher", /producteurs connus/],
  ["backer_ids=%3F%3F", "backer_ids", /SIREN/],
  ["backer_ids=22,347", "backer_ids", /Inconnu ici : 347/],
  ["backer_ids=x%27%3A%3Atsquery%20%7C%20b%2Fy", "backer_ids", /Inconnu ici : x-tsquery-b-y/],
  ["backer_ids=a%5C%5C%27b", "backer_ids", /Inconnu ici/],
  ["after=AAAA", "after", /next/],
  [`after=${Buffer.from('{"by":"published","publishedAt":1,"aidId":"x","count":0}').toString("base64url")}`, "after", /next/],
  [
    `after=${Buffer.from('{"by":"deadline","deadline":null,"aidId":"0b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a1","count":0}').toString("base64url")}`,
    "after",
    /next/,
  ],
  ["changed_since=2026-01-01&page=2", "page", /next/],
  ["keyword=a%00b", "keyword", /caractère de contrôle/],
  ["category_slugs=sport%00", "category_slugs", /caractère de contrôle/],
  [`keyword=${"x".repeat(10_000)}`, "keyword", /1000 caractères/],
  [`category_slugs=${"sport,".repeat(1000)}`, "category_slugs", /100 valeurs/],
  [Array.from({ length: 101 }, () => "aid_type_slugs[]=grant").join("&"), "aid_type_slugs", /100 valeurs/],
];

/** Queries that look like attacks and are ordinary searches. */
const harmless: readonly string[] = [
  "keyword='); drop table aids; -- & | ! :* <-> \\",
  "keyword=%F0%9F%98%80%ED%A0%80%EF%BF%BD",
  "keyword=%25%5F%2A",
  "keyword=%22a'b%20:*%22,-%22c%5C%5C%22,%22",
  "__proto__=1&constructor=2&hasOwnProperty[]=3",
  "page=10000000&itemsPerPage=100",
  "%",
  "&&==&=",
];

describe.each(testedDatabases)("problems of the API, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    let api: TestApi;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      await importPublished(catalogue, "agence", { a: { name: "Une aide" } });
      api = await testApi(catalogue);
    });
    afterAll(() => catalogue.drop());

    test.each(refused)("names an invalid parameter and its allowed values: %.60s", async (query, name, detail) => {
      const { status, headers, json } = await api.get(`/api/aids/?${query}`);
      expect(status).toBe(400);
      expect(headers.get("content-type")).toMatch("application/problem+json");
      expect(json).toMatchObject({ type: "urn:moisson:wrong-parameters", title: "Paramètre incorrect", status: 400 });
      expect(json.errors).toEqual([{ name, detail: expect.stringMatching(detail) }]);
      expect(api.errors).toEqual([]);
    });

    test("names all invalid parameters at once; refuses an address with a thousand parameters", async () => {
      const { json } = await api.get("/api/aids/?page=x&orderBy=y&is_charged=z");
      expect(json.errors.map((error: { name: string }) => error.name).sort()).toEqual(["is_charged", "orderBy", "page"]);
      const { status, json: many } = await api.get(
        `/api/aids/?${Array.from({ length: 1000 }, (_, place) => `category_slugs[${place}]=sport`).join("&")}`,
      );
      expect([status, many.status]).toEqual([400, 400]);
    });

    test.each(["constructor", "__proto__", "hasOwnProperty", "toString", "valueOf"])("refuses %s, a name of every object", async (name) => {
      const vocabularies = ["category_slugs", "organization_type_slugs", "aid_type_slugs", "aid_step_slugs", "aid_destination_slugs"];
      for (const parameter of [...vocabularies, "aid_recurrence_slug", "aid_type_group_slug", "european_aid_slug", "orderBy"]) {
        const { status, json } = await api.get(`/api/aids/?${parameter}=${name}`);
        expect([status, json.errors?.map((error: { name: string }) => error.name)]).toEqual([400, [parameter]]);
      }
    });

    test.each(harmless)("answers as usual: %s", async (query) => {
      const { status } = await api.get(`/api/aids/?${query}`);
      expect(status).toBe(200);
      expect(api.errors).toEqual([]);
      expect((await api.get("/api/aids/")).json.count).toBe(1);
    });

    test.each([
      "/",
      "/api/nothing/",
      "/api/aids/by-id/",
      "/api/aids/by-id/999999/",
      "/api/aids/by-id/99999999999999999999/",
      "/api/aids/by-id/abc/",
      "/api/aids/no-such-aid/",
      "/api/aids/%00/",
      "/api/aids/%2e%2e%2fetc/",
      "/api/aids/by-id/1%27/",
      "/api/%61ids/",
      "/open-data/%73ources.csv",
    ])("an unknown address gives a problem: %s", async (path) => {
      const { status, headers, json } = await api.get(path);
      expect(status).toBe(404);
      expect(headers.get("content-type")).toMatch("application/problem+json");
      expect(json).toMatchObject({ type: "about:blank", status: 404, title: "Adresse inconnue" });
      expect(api.errors).toEqual([]);
    });

    test("allows reading only; other methods get the list of allowed ones", async () => {
      for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
        const { status, headers, json } = await api.ask("/api/aids/", { method });
        expect([status, json.status, headers.get("allow")]).toEqual([405, 405, "GET, HEAD, OPTIONS"]);
      }
      const preflight = await api.ask("/api/aids/", { method: "OPTIONS", headers: { origin: "https://exemple.fr" } });
      expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
      expect(preflight.headers.get("access-control-allow-headers")).toMatch(/X-AUTH-TOKEN/);
    });

    test("logs an internal error without revealing it; an unreachable database gives 503", async () => {
      const failing = (path: string, error: Error): ApiRoute => ({
        path,
        name: path,
        summary: "",
        parameters: [],
        answer() {
          throw error;
        },
      });
      const routes = [
        failing("/broken/", new Error("secret of ours")),
        failing("/away/", new RunFailed("storage-failed", { reason: "postgres://secret" })),
        failing("/many/", new ApiProblem(429, { headers: { "retry-after": "3" } })),
      ];
      const broken = await testApi(catalogue, { routes });
      const answers = await Promise.all(["/broken", "/away/", "/many"].map((path) => broken.get(path)));
      expect(answers.map(({ status }) => status)).toEqual([500, 503, 429]);
      expect(answers.map(({ headers }) => headers.get("retry-after"))).toEqual([null, "30", "3"]);
      expect(answers.map(({ headers }) => headers.get("cache-control"))).toEqual(["no-store", "no-store", "no-store"]);
      expect(JSON.stringify(answers.map(({ text }) => text))).not.toMatch("secret");
      expect(broken.errors).toHaveLength(2);
    });

    test("malformed requests and endless headers get a problem document too", async () => {
      const clock = { now: () => new Date(testNow), fixed: null, elapsed: () => performance.now() };
      const settings = { ...readApiSettings({}), port: 0 };
      const started = await startApi({
        catalogue,
        clock,
        logger: { error: () => undefined },
        connectors: async () => [],
        settings,
        accessOf: everybody,
      });
      onTestFinished(() => started.close());
      const { port, hostname } = new URL(started.url);
      const told = async (sent: string) => {
        const socket = connect(Number(port), hostname);
        let text = "";
        socket.on("data", (bytes) => (text += bytes.toString()));
        socket.on("error", () => undefined);
        socket.write(sent);
        await once(socket, "close");
        return text;
      };
      expect(await told("nothing that is HTTP\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"status":400/);
      expect(await told(`GET /api/aids/?keyword=${"x".repeat(70_000)} HTTP/1.1\r\nhost: x\r\n\r\n`)).toMatch(
        /^HTTP\/1\.1 431 [\s\S]*"status":431/,
      );
      const long = await fetch(`${started.url}/api/aids/?keyword=${"x".repeat(30_000)}`);
      expect([long.status, long.headers.get("content-type")]).toEqual([400, "application/problem+json; charset=utf-8"]);
    });
  });
});
