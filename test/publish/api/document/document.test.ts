import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decideWithdraw } from "../../../../src/curation/decide-status.ts";
import { routes } from "../../../../src/publish/api/api-routes.ts";
import { aidExample } from "../../../../src/publish/exports/record-schema.ts";
import type { ApiPage, TestApi } from "../../../support/api-client.ts";
import { apiWithKeys, bearerOf, madeKey } from "../../../support/api-keys.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../../support/catalogues.ts";
import { act, marie } from "../../../support/curate.ts";
import { importPublished } from "../../../support/published-aids.ts";

// biome-ignore lint/suspicious/noExplicitAny: a document as it came
type Document = any;

let catalogue: TestCatalogue;
let api: TestApi;
let document: Document;
let ajv: Ajv2020;

const full = {
  name: "Rénover les réseaux",
  nameInitial: "AEP",
  shortTitle: "Eau",
  eligibility: "<p>Communes</p>",
  projectExamples: "<p>Une conduite</p>",
  applicationUrl: "https://exemple.fr/dossier",
  isCallForProject: true,
  isCharged: false,
  europeanAid: "sectorial",
  startDate: "2026-01-05",
  predepositDate: "2026-10-01",
  submissionDeadline: "2026-12-31",
  recurrence: "oneoff",
  aidTypes: ["grant", "technical-engineering"],
  destinations: ["investment"],
  programs: ["Plan eau"],
  instructors: [{ name: "Agence", siren: null }],
  perimeters: [
    { scale: "department", code: "26", name: "Drôme" },
    { scale: "commune", code: "26362", name: "Valence" },
  ],
  perimeterExclusions: [{ scale: "commune", code: "26362", name: "Valence" }],
  subventionRateLowerBound: 10,
  subventionRateUpperBound: 37.5,
  subventionComment: "selon le projet",
  loanAmount: 10_000,
  importDataUrl: "https://exemple.fr/data",
  importDataMention: "Source : agence",
  sourceUpdatedDate: "2026-10-06",
  language: "fr",
} as const;

/** Closes the schema: members missing from the document are errors here, though it lets clients expect some. */
function closed(schema: Document): Document {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return typeof inner.properties === "object" && inner.type === "object" ? { ...inner, additionalProperties: false } : inner;
}

beforeAll(async () => {
  catalogue = await newCatalogue(testDatabase);
  await importPublished(catalogue, "agence", {
    full: { ...full, perimeters: [...full.perimeters], perimeterExclusions: [...full.perimeterExclusions] } as never,
    plain: {},
    gone: {},
  });
  // An aid gets its number when the index first sees it live.
  while ((await catalogue.search.catchUp()) > 0);
  await act(catalogue, { connector: "agence", externalId: "gone" }, (aid) => decideWithdraw(aid, marie));
  api = await apiWithKeys(catalogue);
  document = (await api.get("/api/openapi.json")).json;
  ajv = new Ajv2020({ strict: true, allErrors: true, strictRequired: false, allowUnionTypes: true });
  addFormats.default(ajv);
  ajv.addVocabulary(["components", "example"]);
  ajv.addSchema({ $id: "document", components: { schemas: closed(document.components.schemas) } });
});
afterAll(() => catalogue.drop());

/** Returns the differences between an answer and the document's operation and status. */
function wrongIn(path: string, method: string, { status, headers, json }: ApiPage): unknown {
  const { responses } = document.paths[path][method];
  const response = responses[status] ?? responses.default;
  const [type = ""] = (headers.get("content-type") ?? "").split(";");
  const schema = response.content?.[type]?.schema;
  if (schema === undefined) return `no ${type} for ${status}`;
  if (schema.$ref === undefined) return schema.type === "string" ? null : `no schema of ${type}`;
  const validate = ajv.compile({ $ref: `document${schema.$ref}` });
  return validate(json) ? null : validate.errors;
}

describe("the OpenAPI document", () => {
  test("names every data address with its method, parameters and answers, and no other", () => {
    expect(document.openapi).toBe("3.1.1");
    const named = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    const served = routes.filter(
      ({ path }) =>
        path.startsWith("/api/") &&
        !["/api/", "/api/changes.atom", "/api/id-correspondences.csv", "/api/openapi.json", "/api/style.css"].includes(path),
    );
    expect(named.sort()).toEqual(served.map(({ path, method = "get" }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`).sort());
    const ids = Object.values<Document>(document.paths).flatMap((methods) =>
      Object.values<Document>(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, parameters, method = "get" } of served) {
      const operation = document.paths[path.replace(/:(\w+)/g, "{$1}")][method];
      const inQuery = operation.parameters.filter((one: Document) => one.in === "query").map((one: Document) => one.name);
      expect(inQuery).toEqual(parameters.map(({ name }) => name));
    }
  });

  test("examples match their schemas, and every parameter example gets an answer", async () => {
    const validate = ajv.compile({ $ref: "document#/components/schemas/AidRecord" });
    expect(validate(aidExample) ? null : validate.errors).toBeNull();
    for (const [path, methods] of Object.entries<Document>(document.paths)) {
      if (methods.get === undefined || path.includes("{")) continue;
      for (const { name, schema, example } of methods.get.parameters) {
        if (example === undefined) continue;
        const fits = ajv.compile(schema);
        expect(fits(example) ? null : [name, fits.errors]).toBeNull();
        // Feeds and files read the filters of the list, and the limit of requests allows for one of them.
        if (name === "publisher" || path.startsWith("/api/aids.")) continue;
        const answer = await api.get(`${path}?${new URLSearchParams({ [name]: String(example) })}`);
        expect([name, answer.status]).toEqual([name, 200]);
      }
    }
  });

  test("every answer of a walk matches the document", async () => {
    const asked: [string, string, ApiPage][] = [];
    const get = async (path: string, address: string, headers = {}) => {
      const answer = await api.get(address, headers);
      asked.push([path, "get", answer]);
      return answer.json;
    };
    for (let next: string | null = "http://api.test/api/aids/?itemsPerPage=1"; next !== null; next = (await get("/api/aids/", next)).next);
    const changed = await get("/api/aids/", "/api/aids/?changed_since=2020-01-01");
    expect(changed.results.map((one: Document) => one.deleted ?? false).sort()).toEqual([false, false, true]);
    await get("/api/aids/", changed.resume);
    await get("/api/aids/", "/api/aids/?page=x&orderBy=y");
    for (const path of Object.keys(document.paths).filter((one) => !one.includes("{") && one !== "/api/connexion/")) await get(path, path);
    for (const one of changed.results) {
      await get("/api/aids/by-id/{id}/", `/api/aids/by-id/${one.id}/`);
      await get("/api/aids/by-id/{id}/", `/api/aids/by-id/${one.aid_id}/`);
      await get("/api/aids/{slug}/", `/api/aids/${one.slug}/`);
    }
    await get("/api/aids/{slug}/", "/api/aids/nothing/");
    await get("/api/aids/", "/api/aids/", { authorization: "Bearer a.b.c" });
    const bearer = await bearerOf(api, (await madeKey(catalogue, { name: "une", perMinute: 2 })).key);
    await get("/api/aids/", "/api/aids/", bearer);
    await get("/api/aids/", "/api/aids/", bearer);
    for (const key of ["", (await madeKey(catalogue, { name: "deux" })).key])
      asked.push(["/api/connexion/", "post", await api.ask("/api/connexion/", { method: "POST", headers: { "x-auth-token": key } })]);
    const wrong = asked.flatMap(([path, method, page]) => {
      const found = wrongIn(path, method, page);
      return found === null ? [] : [{ path, status: page.status, found, text: page.text.slice(0, 300) }];
    });
    expect(wrong).toEqual([]);
    expect(new Set(asked.map(([, , { status }]) => status))).toEqual(new Set([200, 400, 401, 404, 410, 429]));
    expect(api.errors).toEqual([]);
  });
});

describe("the API page", () => {
  test("describes the API in French, without scripts, under a policy that allows only its stylesheet", async () => {
    for (const address of ["/api", "/api/"]) {
      const { status, headers, text } = await api.get(address);
      expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
      expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'self';/);
      expect(text).toMatch(/^<!doctype html><html lang="fr">/i);
      expect(text).not.toMatch(/<script|style="|onclick/);
      for (const said of ["/api/openapi.json", "/open-data/", "X-AUTH-TOKEN", "120 requêtes", "changed_since", "reuse_basis"])
        expect(text).toContain(said);
    }
    const sheet = await api.get("/api/style.css");
    expect([sheet.status, sheet.headers.get("content-type")]).toEqual([200, "text/css; charset=utf-8"]);
    expect((await api.get("/api/aids/")).headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
  });

  test("/live and /ready report the state, without a rate limit", async () => {
    expect((await api.get("/live")).text).toBe("live\n");
    const ready = await api.get("/ready");
    expect([ready.status, ready.text, ready.headers.get("ratelimit")]).toEqual([200, "ready\n", null]);
  });
});
