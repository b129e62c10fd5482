import { readFile } from "node:fs/promises";
import path from "node:path";
import { runFixture } from "../../ingest/run-fixture.ts";
import { ConnectorDefinition } from "../../kit/definition.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { pathsOfRule, plainRulesOf, rulesOf } from "../../kit/rules/rule-paths.ts";
import { aidFields } from "../../model/aid/aid.ts";
import type { VersionContent, VersionTerms } from "../../model/run/connector-version.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import { canonicalJson } from "../../model/text/canonical.ts";
import { filesOf } from "../../registry/terms/load-term-files.ts";
import { termFileWith } from "../../registry/terms/write-term.ts";
import { surveyRecords } from "../survey-feed.ts";
import { fixturesOf } from "./check-fixtures.ts";
import { checkedFiles, inFolderOf } from "./checked-files.ts";
import type { ConnectorFile } from "./connector-files.ts";
import { makeRecords } from "./fixture/make-records.ts";
import { writeFeed } from "./fixture/write-feed.ts";
import { writeConnector } from "./write-connector.ts";

/** The connector has functions, and a person changed its other rules. Moisson cannot write functions into a new file. */
export class HasFunctions extends Error {
  override readonly name = "HasFunctions";
}

/** Returns a connector as files that pass `npm run check`, with a fixture of the last feed. Throws `HasFunctions` or `InvalidFiles`. */
export async function definitionFiles(input: DefinitionFilesInput): Promise<ConnectorFile[]> {
  const { connector, content, folders } = input;
  const { id } = connector.definition;
  const kept = await keptFixtures(connector);
  const sample = sampleFixture(input);
  const isAsInFile = connector.file !== null && Object.keys(content.changes).length === 0;
  // An unchanged file does not list new fields of the feed as ignored, so the check would refuse a sample that contains them.
  const usesSample = sample !== null && !(isAsInFile && (await unreadFields(connector, [sample])).length > 0);
  const fixtures = usesSample ? [...kept, sample] : kept;
  const files = [
    isAsInFile ? await ownFile(connector) : await writtenFile(input, fixtures),
    ...(await ownTermFiles(connector, content.terms)),
    ...fixtures,
  ];
  return checkedFiles(
    id,
    files,
    fixtures.map((fixture) => fixture.path),
    folders,
  );
}

async function keptFixtures(connector: LoadedConnector): Promise<ConnectorFile[]> {
  const { fixtures } = await fixturesOf(connector);
  const { id } = connector.definition;
  return Promise.all(fixtures.map(async ({ feed }) => ({ path: `fixtures/${id}/${path.basename(feed)}`, content: await readFile(feed) })));
}

async function ownFile({ file }: LoadedConnector): Promise<ConnectorFile> {
  if (file === null) throw new Error("a connector of the catalogue has no file");
  return { path: `connectors/${path.basename(file)}`, content: await readFile(file) };
}

/** Writes the connector's file. Lists fields of the feed without a rule as ignored, so that a person sees them. */
async function writtenFile({ connector, content, day }: DefinitionFilesInput, fixtures: readonly ConnectorFile[]): Promise<ConnectorFile> {
  const { definition, version } = connector;
  if (hasFunctions(connector)) throw new HasFunctions(definition.id);
  const undecided = await unreadFields(connector, fixtures);
  const remarks = [
    `${definition.publisher.name}.`,
    `Written by the console on ${day}${version === undefined ? "" : ` from version ${version}`}.`,
    ...(undecided.length > 0 ? ["", `Nobody has decided on these fields yet: ${undecided.join(", ")}.`] : []),
  ];
  const argument = writtenDefinition(content.definition ?? definition, [...definition.ignored, ...undecided]);
  return { path: `connectors/${definition.id}.ts`, content: writeConnector({ factory: "defineConnector", argument }, remarks) };
}

function hasFunctions({ definition }: LoadedConnector): boolean {
  return rulesOf(definition).some(([, rule]) => plainRulesOf(rule).some(({ kind }) => kind === "computed"));
}

async function unreadFields(connector: LoadedConnector, fixtures: readonly ConnectorFile[]): Promise<string[]> {
  return inFolderOf(fixtures, async (folder) => {
    const unread = new Set<string>();
    for (const fixture of fixtures) {
      for (const field of (await runFixture(connector, path.join(folder, fixture.path))).unreadFields) unread.add(field);
    }
    return [...unread];
  });
}

/** Returns a connector's term files, including the decisions made in the console. */
async function ownTermFiles({ definition: { id }, folder }: LoadedConnector, terms: VersionTerms): Promise<ConnectorFile[]> {
  const texts = new Map<string, string>();
  const directory = folder === null ? null : path.join(folder, "mappings", id);
  for (const name of directory === null ? [] : await filesOf(directory)) {
    if (directory !== null && name.endsWith(".csv")) texts.set(name, await readFile(path.join(directory, name), "utf8"));
  }
  for (const [vocabulary, words] of Object.entries(terms)) {
    const name = `${vocabulary}.csv`;
    for (const [term, targets] of Object.entries(words)) texts.set(name, termFileWith(texts.get(name) ?? null, { term, targets }));
  }
  return [...texts].map(([name, content]) => ({ path: `mappings/${id}/${name}`, content }));
}

/** Makes a fixture from the last feed, with invented people and shortened texts. Null without records, and for web pages. */
function sampleFixture({
  connector: { definition },
  records,
  day,
}: Pick<DefinitionFilesInput, "connector" | "records" | "day">): ConnectorFile | null {
  const { id, decode: reading, timeZone, details } = definition;
  if (records.length === 0 || reading.format === "html" || details !== undefined) return null;
  const fields = rulesOf(definition).map(([field, rule]) => ({ field, rule, from: pathsOfRule(rule) }));
  const titles = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const feed = writeFeed(makeRecords(surveyRecords(records, reading, timeZone), fields), reading, titles);
  return { path: `fixtures/${id}/as-seen-${day}.${feed.extension}`, content: feed.bytes };
}

const anyRule = { kind: "text", of: { kind: "field", path: "-" } };
const defaults = ConnectorDefinition.parse({
  id: "a",
  publisher: { name: "-", kind: "any", territory: { scale: "country", code: "FRA" }, licence: "unknown" },
  feed: { urlFrom: "A" },
  decode: { format: "json" },
  fields: { externalId: { ...anyRule, kind: "identifier" }, name: anyRule },
}) as unknown as Readonly<Record<string, unknown>>;
const requiredKeys = new Set(["id", "publisher", "feed", "decode", "fields"]);

/** Returns a definition as a person would write it: without defaults, and with its keys in our order, which the database loses. */
function writtenDefinition(definition: object, ignored: readonly string[]): Readonly<Record<string, unknown>> {
  const all: [string, unknown][] = Object.entries({ ...definition, ignored: [...new Set(ignored)] });
  const written = all.filter(
    ([key, value]) =>
      value !== undefined &&
      (requiredKeys.has(key) || defaults[key] === undefined || canonicalJson(value) !== canonicalJson(defaults[key])),
  );
  const whole = Object.fromEntries(written) as Record<string, Record<string, unknown>>;
  return {
    ...whole,
    publisher: inOrder(whole.publisher ?? {}, ["name", "siren", "kind", "territory", "website", "licence", "agreement"]),
    fields: inOrder(whole.fields ?? {}, ["externalId", ...aidFields]),
  };
}

function inOrder(values: Readonly<Record<string, unknown>>, order: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
}

interface DefinitionFilesInput {
  readonly connector: LoadedConnector;
  /** Changes made in the console. */
  readonly content: VersionContent;
  /** Records of the last feed; empty if no feed is stored. */
  readonly records: readonly Values[];
  /** Day in the name of the sample fixture: `2026-11-26`. */
  readonly day: string;
  /** Folders with shared term files. */
  readonly folders: readonly string[];
}
