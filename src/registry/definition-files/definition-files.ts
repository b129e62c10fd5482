import { readFile } from "node:fs/promises";
import path from "node:path";
import { runFixture } from "../../ingest/run-fixture.ts";
import type { Rule } from "../../kit/field-rules.ts";
import { plainRulesOf } from "../../kit/rules/rule-paths.ts";
import type { LoadedConnector } from "../load-connectors.ts";
import type { ConnectorFile } from "../survey/connector-files.ts";
import { writeConnector } from "../survey/write-connector.ts";
import { fixturesOf } from "./check-fixtures.ts";
import { checkedFiles, inFolderOf } from "./checked-files.ts";
import type { FilesAsked } from "./files-asked.ts";
import { ownTermFiles } from "./own-term-files.ts";
import { sampleFixture } from "./sample-fixture.ts";
import { writtenDefinition } from "./written-definition.ts";

/** The rules contain code and a person changed others: no program can merge both into one file. */
export class HoldsCode extends Error {
  override readonly name = "HoldsCode";
}

/**
 * Returns a connector as files for a developer: definition, term files, fixtures, and a masked, shortened sample of its last feed, each
 * with its expected result. They pass `npm run check`. Throws `HoldsCode`, `UnsoundFiles`.
 */
export async function definitionFiles(asked: FilesAsked): Promise<ConnectorFile[]> {
  const { connector, content, folders } = asked;
  const { id } = connector.definition;
  const kept = await keptFixtures(connector);
  const sample = sampleFixture(asked);
  const isAsInFile = connector.file !== null && Object.keys(content.changes).length === 0;
  // An unchanged file does not list new fields of the feed as ignored.
  const isTold = sample !== null && !(isAsInFile && (await unreadFields(connector, [sample])).length > 0);
  const fixtures = isTold ? [...kept, sample] : kept;
  const files = [
    isAsInFile ? await ownFile(connector) : await writtenFile(asked, fixtures),
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

/** Writes the connector's file. Undecided fields of the feed are listed as ignored, so that the loss is visible. */
async function writtenFile({ connector, content, day }: FilesAsked, fixtures: readonly ConnectorFile[]): Promise<ConnectorFile> {
  const { definition, version } = connector;
  if (holdsCode(connector)) throw new HoldsCode(definition.id);
  const undecided = await unreadFields(connector, fixtures);
  const remarks = [
    `${definition.publisher.name}.`,
    `Written by the console on ${day}${version === undefined ? "" : ` from version ${version}`}.`,
    ...(undecided.length > 0 ? ["", `Nobody has decided on these fields yet: ${undecided.join(", ")}.`] : []),
  ];
  const argument = writtenDefinition(content.definition ?? definition, [...definition.ignored, ...undecided]);
  return { path: `connectors/${definition.id}.ts`, content: writeConnector({ factory: "defineConnector", argument }, remarks) };
}

function holdsCode({ definition }: LoadedConnector): boolean {
  return (Object.values(definition.fields) as Rule[]).flatMap(plainRulesOf).some(({ kind }) => kind === "computed");
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
