import { sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { aidSlug } from "../../src/aid/aid-slug.ts";
import { type AccessOf, everybody } from "../../src/api/access/access.ts";
import { accessOfKeys } from "../../src/api/access/access-of-keys.ts";
import { createLimits } from "../../src/api/access/limit.ts";
import { routes as apiRoutes } from "../../src/api/routes.ts";
import type { Route } from "../../src/console/route.ts";
import { routes as consoleRoutes } from "../../src/console/routes.ts";
import { makeOpenData } from "../../src/open-data/make-open-data.ts";
import { readConnectors } from "../../src/registry/load-connectors.ts";
import { connectorOf, testApi } from "../support/api-client.ts";
import { bearerOf, madeKey } from "../support/api-keys.ts";
import { embedded, newCatalogue, type TestCatalogue } from "../support/catalogues.ts";
import { testConsole } from "../support/console-client.ts";
import { flattened, testNow } from "../support/made-aids.ts";
import { apiOrigin, consoleOrigin, crawl, type Heard, type Outside, outsideOf } from "./outside.ts";
import { poison, poisonIn, wordsOf } from "./poison.ts";
import { agency, control, controlAmongPeople, controlOnSite, poisonAids } from "./poisoned-aids.ts";
import { partnersFeed, poisonDrafts, poisonLetters, poisonPublisher, poisonRest } from "./poisoned-partners.ts";

const secret = `${poison("secretdeconsole")}-0123456789`;
const oidc = {
  issuer: "http://127.0.0.1:9",
  clientId: "moisson",
  clientSecret: poison("cleexterne"),
  name: "ProConnect",
  scopes: "openid",
  trustsEmails: false,
};
const environment = {
  MOISSON_SECRET: secret,
  MOISSON_SMTP_URL: `smtp://moisson:${poison("smtp")}@127.0.0.1:9`,
  MOISSON_DIGEST_FROM: "moisson@exemple.fr",
  MOISSON_DIGEST_TO: `${poison("smtp")}@exemple.fr`,
};
/** What stands in settings and addresses, or is taken out before anything is kept. */
const notKept = [
  "secretdeconsole",
  "cleexterne",
  "smtp",
  "secretrange",
  "cledeflux",
  "cheminduflux",
  "motdepassedeflux",
  "personnedansapercu",
];
const mistakes = [
  "/robots.txt",
  "/sitemap.xml",
  "/.env",
  "/.git/config",
  "/api/v2/aids/",
  "/api/aids/0/0/",
  "/open-data/../aids",
  "/%00",
  "/%zz",
  "/rien",
];

/** All that can be asked, and by whom. */
interface Poisoned {
  readonly catalogue: TestCatalogue;
  readonly outside: Outside;
  /** What addresses may name: aids, publishers, drafts, connectors, letters and previews, open and closed. */
  readonly names: readonly string[];
  readonly bearer: Readonly<Record<"reuse" | "site", { readonly authorization: string }>>;
  /** Tokens of addresses that are closed. */
  readonly closed: readonly string[];
}

async function poisoned(): Promise<Poisoned> {
  const catalogue = await newCatalogue(embedded);
  onTestFinished(() => catalogue.drop());
  await poisonAids(catalogue);
  const harvest = await partnersFeed(catalogue);
  const console = testConsole(catalogue, { folders: [harvest.folder], settings: { secret, oidc }, services: { environment } });
  const publisherId = await poisonPublisher(catalogue);
  const letters = await poisonLetters(catalogue, console);
  const drafts = await poisonDrafts(catalogue, publisherId);
  await poisonRest(catalogue, secret);
  const connectors = [connectorOf(agency, {}, { contacts: "keep" }), ...(await readConnectors([harvest.folder])).connectors];
  await makeOpenData({ catalogue, connectors }, () => testNow);
  const limited = accessOfKeys({ apiTokens: catalogue.apiTokens, clock: { now: () => testNow }, limits: createLimits() });
  const accessOf: AccessOf = (request, client) => (request.headers.has("authorization") ? limited : everybody)(request, client);
  const api = await testApi(catalogue, { connectors, accessOf });
  const bearer = async (scope: "reuse" | "site") => {
    const { key } = await madeKey(catalogue, { name: `clé ${scope}`, scope, perMinute: 1_000_000 });
    return bearerOf(api, key);
  };
  const addresses = [letters.open, letters.closed, drafts.open, drafts.closed, drafts.ended];
  return {
    catalogue,
    outside: outsideOf(console.services, api.services),
    names: [...(await namesOfAids(catalogue)), publisherId, drafts.draftId, agency, harvest.connector, ...addresses, "aides", "1"],
    bearer: { reuse: await bearer("reuse"), site: await bearer("site") },
    closed: [letters.closed, drafts.closed, drafts.ended],
  };
}

/** Every name by which an aid could be asked for, also of those that never had one. */
async function namesOfAids(catalogue: TestCatalogue): Promise<string[]> {
  const aids = await flattened(catalogue.aids.list());
  const numbers = await catalogue.store.rows<{ name: string }>(
    sql`select number::text as name from aid_numbers union select slug from aid_slugs`,
  );
  return [...new Set([...aids.flatMap((aid) => [aid.aidId, aidSlug(aid)]), ...numbers.map(({ name }) => name)])];
}

/** A path with every name in the place of what it names. */
function filled(path: string, names: readonly string[]): string[] {
  return path.includes(":") ? names.map((name) => path.replace(/:\w+(\{[^}]*\})?/g, encodeURIComponent(name))) : [path];
}

function publicAddresses(names: readonly string[]): string[] {
  const pages = consoleRoutes.filter(({ method, who }) => method === "get" && who === "anyone");
  const records = apiRoutes.flatMap(({ path, parameters }) => {
    const asked = parameters.map(({ name, example }) => `?${name}=${encodeURIComponent(example)}`);
    return ["", ...asked].flatMap((query) => filled(path, names).map((one) => `${apiOrigin}${one}${query}`));
  });
  const lists = [
    "include_expired=true&itemsPerPage=100",
    "changed_since=2020-01-01&itemsPerPage=100",
    `publisher=${agency}`,
    "itemsPerPage=1",
  ];
  return [
    ...pages.flatMap(({ path }) => filled(path, names).map((one) => `${consoleOrigin}${one}`)),
    ...records,
    ...lists.map((query) => `${apiOrigin}/api/aids/?${query}`),
    ...["", "dcat.jsonld", "aides.csv"].map((name) => `${apiOrigin}/open-data/${name}`),
    ...[consoleOrigin, apiOrigin].flatMap((origin) => mistakes.map((path) => `${origin}${path}`)),
  ];
}

/** Address -> words that came out there, of those that are not `allowed`. What was asked for is not counted where nothing is there. */
function leaks(answers: ReadonlyMap<string, Heard>, allowed: readonly string[] = []): Record<string, string[]> {
  const found = [...answers].map(([address, { status, text }]) => {
    const said = status >= 400 ? poisonIn(address) : [];
    return [address, poisonIn(text).filter((word) => !allowed.includes(word) && !said.includes(word))] as const;
  });
  return Object.fromEntries(found.filter(([, words]) => words.length > 0));
}

/** Addresses, without what is asked for there, at which a word came out. */
function placesOf(answers: ReadonlyMap<string, Heard>, word: string): string[] {
  const places = [...answers].filter(([, { text }]) => text.toLowerCase().includes(word)).map(([address]) => address.split("?")[0] ?? "");
  return [...new Set(places)];
}

describe("what comes out of a catalogue full of what must not", { timeout: 300_000 }, () => {
  it("is what everybody may read, whoever asks whatever address in whatever way", async () => {
    const { catalogue, outside, names, bearer, closed } = await poisoned();

    const held = new Set(await everyWordOf(catalogue));
    const wanted = wordsOf("people", "aids", "unlicensed", "partners", "secrets").filter(
      (word) => !notKept.some((name) => poison(name) === word),
    );
    expect(wanted.filter((word) => !held.has(word))).toEqual([]);
    expect(held.has("mobile")).toBe(true);

    const start = publicAddresses(names);
    const asNobody = await crawl(outside, start, {}, 12);
    expect.soft(leaks(asNobody), "as nobody").toEqual({});
    const openFiles = ["aides.csv", "aides.jsonl", "aides.xlsx"].map((name) => `${apiOrigin}/open-data/${name}`);
    expect.soft(placesOf(asNobody, control)).toEqual(expect.arrayContaining([`${apiOrigin}/api/aids/`, ...openFiles]));
    expect.soft(placesOf(asNobody, controlAmongPeople)).toEqual(expect.arrayContaining([`${apiOrigin}/api/aids/`, ...openFiles]));
    expect.soft(placesOf(asNobody, controlOnSite)).toEqual([]);
    for (const token of closed)
      for (const [address, { status }] of asNobody) if (address.includes(token)) expect.soft(status, address).toBeGreaterThanOrEqual(400);
    // Every route has answered something, at one address at least, that is no error.
    expect.soft([...asNobody.values()].filter(({ status }) => status === 500)).toEqual([]);

    expect
      .soft(leaks(await crawl(outside, start, { headers: { ...bearer.reuse, "accept-encoding": "gzip" } }, 12)), "as a reuser")
      .toEqual({});
    const ofApi = start.filter((address) => address.startsWith(apiOrigin));
    const asSite = await crawl(outside, ofApi, { headers: bearer.site }, 12);
    expect.soft(leaks(asSite, wordsOf("unlicensed")), "as the site").toEqual({});
    expect.soft(placesOf(asSite, controlOnSite)).toContain(`${apiOrigin}/api/aids/`);

    const hidden = wordsOf("aids", "unlicensed", "partners", "secrets");
    for (const word of hidden) {
      const { text } = await outside(`${apiOrigin}/api/aids/?keyword=${word}&include_expired=true`);
      expect.soft(text, `searching ${word}`).toContain('"count":0');
      expect.soft((await outside(`${apiOrigin}/api/backers/?q=${word}`)).text).toContain('"count":0');
    }

    const inOtherWays = new Map<string, Heard>();
    for (const method of ["HEAD", "OPTIONS", "POST", "PUT", "DELETE"])
      for (const address of start.filter((one) => !/[?]/.test(one)))
        inOtherWays.set(`${method} ${address}`, await outside(address, { method }));
    expect.soft(leaks(inOtherWays), "in other ways").toEqual({});
    expect.soft(leaks(await behindTheDoor(outside, names)), "behind the door").toEqual({});
    expect.soft(leaks(await formsOfAnybody(outside, names)), "forms").toEqual({});
  });
});

/** Every page that not everybody may see, asked by nobody. */
async function behindTheDoor(outside: Outside, names: readonly string[]): Promise<Map<string, Heard>> {
  const answers = new Map<string, Heard>();
  const some = names.filter((_, place) => place % 5 === 0);
  for (const { path } of consoleRoutes.filter(({ method, who }) => method === "get" && who !== "anyone"))
    for (const one of filled(path, some)) {
      const answer = await outside(`${consoleOrigin}${one}`);
      expect.soft(answer.status, one).toBe(303);
      answers.set(one, answer);
    }
  return answers;
}

/** Every form that everybody may send, sent empty, and with something in each field. */
async function formsOfAnybody(outside: Outside, names: readonly string[]): Promise<Map<string, Heard>> {
  const answers = new Map<string, Heard>();
  const isOpen = ({ method, who }: Route) => method === "post" && who === "anyone";
  const fields = ["adresse", "mot-de-passe", "reponse", "remarque", "date", "point", "organisme", "retour"];
  for (const { path } of consoleRoutes.filter(isOpen))
    for (const one of filled(path, names))
      for (const value of [null, "1", `claire.compte@exemple.fr`]) {
        const body = new FormData();
        body.append("jeton", "personne");
        for (const field of value === null ? [] : fields) body.append(field, value ?? "");
        answers.set(`${one} ${value}`, await outside(`${consoleOrigin}${one}`, { method: "POST", body }));
      }
  return answers;
}

/** Every word of poison that stands in any table. */
async function everyWordOf(catalogue: TestCatalogue): Promise<string[]> {
  const tables = await catalogue.store.rows<{ name: string }>(sql`
    select table_name as name from information_schema.tables where table_schema = ${catalogue.schema} and table_type = 'BASE TABLE'`);
  const found = new Set<string>();
  for (const { name } of tables) {
    const rows = await catalogue.store.rows<{ row: string }>(sql`select one::text as row from ${sql.identifier(name)} one`);
    for (const { row } of rows) for (const word of poisonIn(row)) found.add(word);
  }
  return [...found];
}
