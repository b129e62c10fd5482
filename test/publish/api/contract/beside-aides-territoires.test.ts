import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiRoute } from "../../../../src/publish/api/api-route.ts";
import { routes } from "../../../../src/publish/api/api-routes.ts";
import { answerSchemaOf, jsonSchemas, type SchemaName } from "../../../../src/publish/api/document/answer-schemas.ts";
import { aidParameters } from "../../../../src/publish/api/parameters/aid-parameters.ts";
import type { Parameter } from "../../../../src/publish/api/parameters/parameter.ts";
import { type TestApi, testApi } from "../../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../../support/catalogues.ts";
import { projectRoot } from "../../../support/loaded-connectors.ts";
import { importPublished } from "../../../support/published-aids.ts";
import { membersInWords, type Schema } from "./schema-in-words.ts";
import { siteAddresses, siteFields, siteParameters } from "./site-names.ts";

const none = "—";
const [, section = ""] = readFileSync(join(projectRoot, "docs/api.md"), "utf8").split("\n## Beside Aides-territoires' API\n");

/** Returns the cells of the table under a heading of docs/api.md, without its head. */
function tableUnder(heading: string): string[][] {
  const [, after = ""] = section.split(`\n### ${heading}\n`);
  const lines = (after.split("\n### ")[0] ?? "").split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .slice(2, -2)
      .split(" | ")
      .map((cell) => cell.trim()),
  );
}

const codes = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
const [addresses, ofAids, ofLists, fields, others] = [
  "Addresses",
  "Parameters of aids",
  "Parameters of lists",
  "Fields of an aid",
  "Fields of other answers",
].map(tableUnder) as [string[][], string[][], string[][], string[][], string[][]];

/** Routes in the document of the API, each at the address that Aides-territoires' clients know. */
const served = routes.flatMap((route) => {
  const kind = kindOf(route);
  const paths = [route.path, ...(route.otherPaths ?? [])].map((path) => path.replace(/:(\w+)/g, "{$1}"));
  return kind === null ? [] : paths.map((path) => ({ path, kind, route }));
});

function kindOf({ name, path, mediaType }: ApiRoute): string | null {
  if (mediaType !== undefined) return "file";
  if (!path.startsWith("/api/") || ["document", "welcome", "changes-feed", "style", "id-correspondences"].includes(name)) return null;
  const schema = answerSchemaOf(name);
  const kinds: Partial<Record<SchemaName, string>> = {
    EmptyPage: "empty page",
    ClassicSynonyms: "list",
    SignedToken: "token",
    ReceivedReport: "receipt",
  };
  return kinds[schema] ?? (schema.endsWith("Page") ? "page" : "record");
}

/** Returns a parameter's values in the words of the table. */
function valuesOf({ schema, isList }: Parameter): string {
  const { type, format, items, ...one } = schema as { type?: string; format?: string; items?: object; enum?: unknown; anyOf?: unknown };
  if (isList) return `several ${valuesOf({ schema: items, isList: false } as never)}s`;
  if (one.anyOf !== undefined) return "day or instant";
  if (one.enum !== undefined) return "term";
  if (format === "date") return "day";
  return { boolean: "yes or no", integer: "number" }[type ?? ""] ?? "text";
}

const namesOf = ({ name, otherNames = [], olderNames = [] }: Parameter) => [name, ...otherNames, ...olderNames];
const isOurs = (here: string) => !["400", "ignored", none].includes(here);

/** Returns the names and values of parameters, sorted as both the table and the code can be. */
function sorted(parameters: readonly (readonly [readonly string[], string])[]): string[] {
  return parameters.map(([names, values]) => `${[...names].sort().join(" ")}: ${values}`).sort();
}

test("every difference has a reason", () => {
  const rows = [
    ...[addresses, ofAids, fields].flat().map(([, there, here, reason]) => ({ there, here, reason })),
    ...[ofLists, others].flat().map(([, , there, here, reason]) => ({ there, here, reason })),
  ];
  expect(rows.length).toBeGreaterThan(150);
  expect(rows.filter(({ there, here, reason }) => there !== here && (reason ?? "") === "")).toEqual([]);
});

test("the addresses are those of the code, and of Aides-territoires", () => {
  const here = addresses.filter(([, , kind]) => kind !== none).map(([address, , kind]) => [codes(address)[0], kind]);
  expect(here.sort()).toEqual(served.map(({ path, kind }) => [path, kind]).sort());
  expect(addresses.filter(([, there]) => there !== none).flatMap(([address]) => codes(address))).toEqual([...siteAddresses]);
});

test("the parameters of aids are those of the code, and of Aides-territoires", () => {
  const here = ofAids.filter(([, , values = ""]) => isOurs(values)).map(([names, , values = ""]) => [codes(names), values] as const);
  expect(sorted(here)).toEqual(sorted(Object.values(aidParameters).map((one) => [namesOf(one), valuesOf(one)] as const)));
  const there = ofAids.filter(([, values]) => values !== none).flatMap(([names]) => codes(names));
  expect(siteParameters.filter((name) => !there.includes(name))).toEqual([]);
});

test("the parameters of lists are those of the code", () => {
  const lists = served.filter(({ kind, path }) => kind.endsWith("page") && !path.startsWith("/api/aids/") && path !== "/api/aids/");
  for (const { path, route } of [
    ...lists,
    ...served.filter(({ path: one }) => siteAddresses.includes(one) && /\/aids\/\w+s\/$/.test(one)),
  ]) {
    const rows = ofLists.filter(([, list, , values = ""]) => (codes(list).length === 0 || codes(list).includes(path)) && isOurs(values));
    const here = rows.map(([names, , , values = ""]) => [codes(names), values] as const);
    expect(sorted(here), path).toEqual(sorted(route.parameters.map((one) => [namesOf(one), valuesOf(one)] as const)));
  }
});

test("the fields of an aid are those of the code, and of Aides-territoires", () => {
  const schemas = jsonSchemas();
  expect(fields.map(([field, , here]) => [codes(field)[0], here])).toEqual(membersInWords(schemas.AidRecord as Schema));
  const there = fields.filter(([, kind]) => kind !== none).flatMap(([field]) => codes(field));
  // Clients of 2025 read `perimeter_id`, which the public code lacks.
  expect(there.sort()).toEqual([...siteFields, "perimeter_id"].sort());
});

/** Answer of the table -> its schema. */
const answers: Readonly<Record<string, SchemaName>> = {
  page: "AidPage",
  term: "TermPage",
  territory: "Territory",
  scale: "ScalePage",
  organisation: "BackerPage",
  "programme or project reference": "NamePage",
  "synonym list": "SynonymPage",
  "classic synonym list": "ClassicSynonyms",
  token: "SignedToken",
  error: "Problem",
};

test("the fields of other answers are those of the code", () => {
  expect([...new Set(others.map(([answer]) => answer))]).toEqual(Object.keys(answers));
  for (const [answer, name] of Object.entries(answers)) {
    const whole = jsonSchemas()[name] as Schema;
    const one = answer === "page" ? whole : (whole.properties?.results?.items ?? whole.items ?? whole);
    const members = membersInWords(one.properties?.results === undefined ? (inDocument(one) as Schema) : one);
    const rows = others.filter(([of]) => of === answer).map(([, field, , here]) => [codes(field)[0], here]);
    expect(rows, answer).toEqual(members.map(([field, type]) => [field, field === "results" ? "list" : type]));
  }
});

/** Follows a reference to another schema of the document. */
function inDocument(schema: Schema & { readonly $ref?: string }): Schema | undefined {
  return schema.$ref === undefined ? schema : (jsonSchemas()[schema.$ref.split("/").at(-1) ?? ""] as Schema);
}

describe("real answers", () => {
  let catalogue: TestCatalogue;
  let api: TestApi;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
    await importPublished(catalogue, "agence", {
      full: {
        name: "Rénover",
        programs: ["Plan eau"],
        projectReferences: ["École"],
        startDate: "2026-01-05",
        submissionDeadline: "2026-12-31",
        recurrence: "oneoff",
        isCharged: false,
        perimeters: ["26", "38"].map((code) => ({ scale: "department", code, name: code === "26" ? "Drôme" : "Isère" })),
      },
      plain: { name: "Bâtir" },
    } as never);
    api = await testApi(catalogue);
  });
  afterAll(() => catalogue.drop());

  test("an aid has exactly these fields; no list is null, and no text is empty", async () => {
    const { results } = (await api.get("/api/aids/")).json;
    expect(results.length).toBeGreaterThan(0);
    for (const aid of results) {
      expect(Object.keys(aid).sort()).toEqual(fields.flatMap(([field]) => codes(field)).sort());
      for (const [field, , here = ""] of fields) {
        const value = aid[codes(field)[0] ?? ""];
        expect([field, typeof value === "string" && value === ""]).toEqual([field, false]);
        expect([field, value === null && !here.endsWith("or null")]).toEqual([field, false]);
        expect([field, Array.isArray(value)]).toEqual([field, here.startsWith("list of")]);
      }
    }
  });

  test.each([
    ["page", "/api/aids/?colour=red&category_slugs=eau-potable", ["resume"]],
    ["term", "/api/aids/audiences/", ["theme", "category_theme", "categories"]],
    ["term", "/api/categories/", ["group", "type", "type_full", "categories"]],
    ["term", "/api/themes/", ["group", "type", "type_full", "theme", "category_theme"]],
    ["territory", "/api/perimeters/", []],
    ["scale", "/api/perimeters/scales/", []],
    ["organisation", "/api/backers/", []],
    ["programme or project reference", "/api/programs/", ["projectReferenceCategory"]],
    ["programme or project reference", "/api/project-references/", []],
    ["synonym list", "/api/synonymlists/", []],
    ["classic synonym list", "/api/synonymlists/classic-list/", []],
    ["error", "/api/aids/?page=x", []],
  ])("%s: %s has the fields of the table", async (answer, address, without) => {
    const { json } = await api.get(address);
    const one = ["page", "error"].includes(answer) ? json : (json.results ?? json)[0];
    const named = others.filter(([of]) => of === answer).flatMap(([, field]) => codes(field));
    expect(Object.keys(one).sort()).toEqual(named.filter((field) => !without.includes(field)).sort());
  });

  test("parameters that we do not have are refused by name, or named as ignored", async () => {
    for (const [names, , here = ""] of ofAids.filter(([, , values = ""]) => !isOurs(values)))
      for (const name of codes(names)) await expectRefused("/api/aids/", name, here);
    for (const [names, list, , here = ""] of ofLists.filter(([, , , values = ""]) => !isOurs(values)))
      for (const name of codes(names)) await expectRefused(codes(list)[0] ?? "", name, here);
  });

  async function expectRefused(path: string, name: string, here: string): Promise<void> {
    const { status, json } = await api.get(`${path}?${name}=1`);
    if (here === "400") expect([name, status, json.errors?.[0].name]).toEqual([name, 400, name]);
    else expect([name, status, json.ignored_parameters]).toEqual([name, 200, [name]]);
  }

  test("what is an empty page in the table is empty, and an address that we do not have returns 404", async () => {
    for (const [address, , here] of addresses) {
      const path = codes(address)[0] ?? "";
      if (here === "empty page") expect([path, (await api.get(path)).json.count]).toEqual([path, 0]);
      if (here === none) expect([path, (await api.get(path)).status]).toEqual([path, 404]);
      if (here === "page" && path !== "/api/aids/") expect([path, (await api.get(path)).json.count]).not.toEqual([path, 0]);
    }
  });
});
