import { sql } from "drizzle-orm";
import { aidSlug } from "../../../src/model/aid/aid-slug.ts";
import { type AccessOf, everybody } from "../../../src/publish/api/access/access.ts";
import { accessOfKeys } from "../../../src/publish/api/access/access-of-keys.ts";
import { createLimits } from "../../../src/publish/api/access/limit.ts";
import { makeOpenData } from "../../../src/publish/open-data/make-open-data.ts";
import { readConnectors } from "../../../src/registry/load-connectors.ts";
import { connectorOf, testApi } from "../../support/api-client.ts";
import { bearerOf, madeKey } from "../../support/api-keys.ts";
import { ownCatalogue, type TestCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { flattened, testNow } from "../../support/made-aids.ts";
import { type Outside, outsideOf } from "./outside.ts";
import { poison, poisonIn, wordsOf } from "./poison.ts";
import { agency, poisonAids } from "./poisoned-aids.ts";
import { partnersFeed, poisonDrafts, poisonLetters, poisonOffer, poisonPublisher, poisonRest } from "./poisoned-partners.ts";

const secret = `${poison("secretdeconsole")}-0123456789`;
const oidc = {
  issuer: "http://127.0.0.1:9",
  clientId: "moisson",
  clientSecret: poison("cleexterne"),
  name: "ProConnect",
  scopes: "openid",
  levels: [],
  trustsEmails: false,
};
const environment = {
  MOISSON_SECRET: secret,
  MOISSON_SMTP_URL: `smtp://moisson:${poison("smtp")}@127.0.0.1:9`,
  MOISSON_DIGEST_FROM: "moisson@exemple.fr",
  MOISSON_DIGEST_TO: `${poison("smtp")}@exemple.fr`,
};
/** Words in settings and addresses, or removed before storage. */
const notStored = [
  ...["secretdeconsole", "cleexterne", "smtp", "secretrange", "cledeflux", "cheminduflux", "motdepassedeflux"],
  "personnedansapercu",
].map(poison);

/** Words that the catalogue contains. */
export const storedWords = wordsOf("people", "aids", "unlicensed", "partners", "secrets").filter((word) => !notStored.includes(word));

/** All addresses, and the clients that can request them. */
interface Poisoned {
  readonly catalogue: TestCatalogue;
  readonly outside: Outside;
  /** Names for addresses: aids, publishers, drafts, connectors, letters and previews, open and closed. */
  readonly names: readonly string[];
  readonly bearer: Readonly<Record<"reuse" | "site", { readonly authorization: string }>>;
  /** Tokens of closed addresses. */
  readonly closed: readonly string[];
}

/** Returns a catalogue with all that must not leak, and one public aid. */
export async function poisonedCatalogue(): Promise<Poisoned> {
  const catalogue = await ownCatalogue();
  await poisonAids(catalogue);
  const harvest = await partnersFeed(catalogue);
  const console = testConsole(catalogue, { folders: [harvest.folder], settings: { secrets: [secret], oidc }, services: { environment } });
  const publisherId = await poisonPublisher(catalogue);
  const letters = await poisonLetters(catalogue, console);
  const slug = await poisonOffer(catalogue, console, publisherId, letters.open);
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
    names: [...(await namesOfAids(catalogue)), publisherId, drafts.draftId, slug, agency, harvest.connector, ...addresses, "aides", "1"],
    bearer: { reuse: await bearer("reuse"), site: await bearer("site") },
    closed: [letters.closed, drafts.closed, drafts.ended],
  };
}

/** Returns every possible name of every aid, even of those that never had one. */
async function namesOfAids(catalogue: TestCatalogue): Promise<string[]> {
  const aids = await flattened(catalogue.aids.list());
  const numbers = await catalogue.store.rows<{ name: string }>(
    sql`select number::text as name from aid_numbers union select slug from aid_slugs`,
  );
  return [...new Set([...aids.flatMap((aid) => [aid.aidId, aidSlug(aid)]), ...numbers.map(({ name }) => name)])];
}

/** Returns every poison word found in a table. */
export async function everyWordOf(catalogue: TestCatalogue): Promise<ReadonlySet<string>> {
  const tables = await catalogue.store.rows<{ name: string }>(sql`
    select table_name as name from information_schema.tables where table_schema = ${catalogue.schema} and table_type = 'BASE TABLE'`);
  const found = new Set<string>();
  for (const { name } of tables) {
    const rows = await catalogue.store.rows<{ row: string }>(sql`select one::text as row from ${sql.identifier(name)} one`);
    for (const { row } of rows) for (const word of poisonIn(row)) found.add(word);
  }
  return found;
}
