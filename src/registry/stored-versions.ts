import { createHash } from "node:crypto";
import type { Connector } from "../kit/definition.ts";
import { type Feed, secretNames } from "../kit/feed.ts";
import type { LoadedConnector } from "../kit/loaded-connector.ts";
import type { TableLookup, TermFileName } from "../kit/rules/rule-context.ts";
import { termLookup } from "../kit/rules/term-lookup.ts";
import { foldTerm } from "../kit/values/text/fold-term.ts";
import type { ConnectorVersion, VersionTerms } from "../model/run/connector-version.ts";
import { canonicalJson, compareCodePoints } from "../model/text/canonical.ts";
import { withChanges } from "./change-content.ts";
import { checkConnector } from "./check-connector.ts";
import { connectorFingerprint, withFingerprint } from "./connector-fingerprint.ts";
import type { ReadConnectors } from "./load-connectors.ts";
import type { Found, RegistryProblem } from "./registry-error.ts";
import { termFileNames, termFileReader } from "./terms/load-term-files.ts";
import { targetProblem } from "./terms/read-term-file.ts";

/**
 * Versions that were checked, by connector. A version never changes, so it is checked once. `definition` is null in all: it is checked. Of a
 * version that changes a file's connector, `of` is the file's definition.
 */
export type KeptVersions = Map<string, KeptVersion>;

interface KeptVersion {
  readonly version: ConnectorVersion;
  readonly isOverFile: boolean;
  readonly of: Connector | null;
  readonly checked: Checked | null;
}

type Checked = { readonly connector: Connector };

/** Returns the numbers of the versions that need not be read again. */
export function numbersOf(kept: KeptVersions): ReadonlyMap<string, number> {
  return new Map([...kept].map(([connector, { version }]) => [connector, version.version]));
}

/**
 * Applies the versions of the catalogue to the connectors of files, and adds connectors that exist only in the catalogue. Versions are
 * checked as files are. An invalid version stops its connector, because the definition in the file was not meant to run. If a file defines
 * the same connector as the catalogue, the file is used. `versions`: the newest version of each connector, without those that are `kept`.
 * `folders`: folders with shared term files.
 */
export async function withStoredVersions(
  { connectors, problems }: ReadConnectors,
  versions: readonly ConnectorVersion[],
  folders: readonly string[],
  kept: KeptVersions = new Map(),
): Promise<ReadConnectors> {
  if (versions.length === 0 && kept.size === 0) return { connectors, problems, folders, ofFiles: connectors };
  const loaded = new Map(connectors.map((connector) => [connector.definition.id, connector]));
  const refused: RegistryProblem[] = [];
  const termsOf = termFileReader(folders);
  const refuse = (connector: string, found: readonly RegistryProblem[]) => {
    loaded.delete(connector);
    refused.push(...found);
  };
  for (const version of versions) {
    const { connector, definition } = version;
    kept.delete(connector);
    // A definition that a file replaces is not used.
    if (definition !== null && loaded.has(connector)) continue;
    const checked = definition === null ? null : checkedVersion(version, definition, null);
    if (checked !== null && "problems" in checked) refuse(connector, checked.problems);
    else kept.set(connector, { version: { ...version, definition: null }, isOverFile: definition === null, of: null, checked });
  }
  for (const [id, one] of kept) {
    const ofFile = loaded.get(id);
    // Skips changes without a valid file, and definitions that a file replaces.
    if (one.isOverFile !== (ofFile !== undefined)) continue;
    if (ofFile === undefined) {
      const read = one.checked === null ? null : await ownConnector(one.version, one.checked, termsOf);
      if (read !== null && "problems" in read) refuse(id, read.problems);
      else if (read !== null) loaded.set(id, read);
      continue;
    }
    const checked = one.checked !== null && one.of === ofFile.definition ? one.checked : checkedChanges(ofFile, one.version);
    if ("problems" in checked) refuse(id, checked.problems);
    else {
      kept.set(id, { ...one, of: ofFile.definition, checked });
      loaded.set(id, changedBy(ofFile, one.version, checked));
    }
  }
  const sorted = [...loaded.values()].sort((a, b) => compareCodePoints(a.definition.id, b.definition.id));
  return { connectors: sorted, problems: [...problems, ...refused], folders, ofFiles: connectors };
}

/** Returns a connector as any version defines it. Null if neither a file nor the version defines the connector. */
export async function connectorAs(
  { connectors, ofFiles = connectors, folders = [] }: ReadConnectors,
  version: ConnectorVersion,
): Promise<LoadedConnector | { problems: readonly RegistryProblem[] } | null> {
  const ofFile = ofFiles.find(({ definition }) => definition.id === version.connector);
  if (ofFile !== undefined) return changedConnector(ofFile, version);
  return version.definition === null ? null : connectorOfVersion(version, folders);
}

/** Applies a version's changes and terms to a connector. */
function changedConnector(connector: LoadedConnector, version: ConnectorVersion): LoadedConnector | { problems: RegistryProblem[] } {
  const checked = checkedChanges(connector, version);
  return "problems" in checked ? checked : changedBy(connector, version, checked);
}

function checkedChanges({ definition }: LoadedConnector, version: ConnectorVersion) {
  return checkedVersion(version, withChanges(definition, version.changes), definition.feed);
}

function changedBy(ofFile: LoadedConnector, { changes, terms, version }: ConnectorVersion, { connector }: Checked): LoadedConnector {
  const isChanged = Object.keys(changes).length + Object.keys(terms).length > 0;
  const { file, folder } = ofFile;
  return withFingerprint({ definition: connector, terms: termsOver(terms, ofFile.terms), file, folder, version }, () =>
    isChanged ? fingerprintWith(ofFile.fingerprint, { changes, terms }) : ofFile.fingerprint,
  );
}

/** Builds a connector that exists only in the catalogue, with the shared term files. */
async function connectorOfVersion(
  version: ConnectorVersion,
  folders: readonly string[],
): Promise<LoadedConnector | { problems: RegistryProblem[] }> {
  const checked = checkedVersion(version, version.definition, null);
  return "problems" in checked ? checked : ownConnector(version, checked, termFileReader(folders));
}

async function ownConnector(
  { connector, terms, version }: ConnectorVersion,
  { connector: definition }: Checked,
  termsOf: ReturnType<typeof termFileReader>,
): Promise<LoadedConnector | { problems: RegistryProblem[] }> {
  const shared = await termsOf(connector);
  if (shared.problems.length > 0) return { problems: [...shared.problems] };
  return withFingerprint({ definition, terms: termsOver(terms, shared.lookup), file: null, folder: null, version }, () =>
    fingerprintWith(connectorFingerprint(definition, shared.contents, null), { terms }),
  );
}

/** Returns a lookup in the decisions of a version, then in term files. */
export function termsOver(terms: VersionTerms, files: TableLookup): TableLookup {
  const tables = new Map(files.tables);
  for (const [name, words] of Object.entries(terms) as [TermFileName, Readonly<Record<string, readonly string[]>>][]) {
    const decided = new Map(Object.entries(words).map(([word, targets]) => [foldTerm(word), targets]));
    tables.set(name, [decided, ...(tables.get(name) ?? [])]);
  }
  return termLookup(tables);
}

function termProblems(terms: VersionTerms): Found[] {
  return Object.entries(terms).flatMap(([name, words]) => {
    const vocabulary = termFileNames.find((known) => known === name);
    if (vocabulary === undefined) return [{ key: `terms.${name}`, message: "is not a vocabulary" }];
    return Object.entries(words).flatMap(([word, targets]) =>
      targets.flatMap((target) => {
        const problem = targetProblem(target, vocabulary);
        return problem === undefined ? [] : [{ key: `terms.${name}."${word}"`, ...problem }];
      }),
    );
  });
}

/** Checks the definition of a version, its feed and its terms. Problems name the version instead of a file. `ofFile`: feed of the file. */
function checkedVersion(version: ConnectorVersion, definition: unknown, ofFile: Feed | null) {
  const checked = checkConnector(definition, version.connector);
  const found = "problems" in checked ? checked.problems : storedFeedProblems(checked.connector, ofFile);
  const problems = [...found, ...termProblems(version.terms)];
  if (!("problems" in checked) && problems.length === 0) return checked;
  const { connector, version: number, by } = version;
  const file = `version ${number} of ${connector}, by ${by}`;
  return { problems: problems.map((problem) => ({ file, version: { connector, number }, ...problem })) };
}

function fingerprintWith(base: string, more: unknown): string {
  return createHash("sha256")
    .update(`${base}\u0000${canonicalJson(more)}`)
    .digest("base64url")
    .slice(0, 22);
}

/** Returns the prefix of secrets that the catalogue may use for a connector: `AGENCE_NEUVE_`. */
function secretPrefix(connectorId: string): string {
  return `${connectorId.toUpperCase().replaceAll("-", "_")}_`;
}

/**
 * Checks a feed that was edited in the console, where nobody reviews changes. It may reach only private hosts that the file allows. It may
 * use only secrets that the file uses or that have the connector's prefix. It may not send secrets of the file to another server. `ofFile`:
 * feed of the file, or null.
 */
function storedFeedProblems({ id, feed }: Pick<Connector, "id" | "feed">, ofFile: Feed | null): Found[] {
  const problems: Found[] = [];
  const allowed = new Set(ofFile?.allowHosts ?? []);
  const hosts = (feed.allowHosts ?? []).filter((host) => !allowed.has(host));
  if (hosts.length > 0)
    problems.push({ key: "feed.allowHosts", message: `${hosts.join(", ")}: only the connector's file may allow private hosts` });

  const ownedByFile = new Set(ofFile === null ? [] : secretNames(ofFile));
  const names = secretNames(feed);
  const foreign = names.filter((name) => !ownedByFile.has(name) && !name.startsWith(secretPrefix(id)));
  if (foreign.length > 0)
    problems.push({ key: "feed", message: `${foreign.join(", ")}: names of secrets must start with ${secretPrefix(id)}` });

  const sentElsewhere = names.some((name) => ownedByFile.has(name)) && ofFile !== null && serversOf(feed) !== serversOf(ofFile);
  if (sentElsewhere) problems.push({ key: "feed.url", message: "is on another server than in the file, which would receive the secrets" });
  return problems;
}

/** Returns a text with every server that receives a feed's secrets. */
function serversOf({ url, urlFrom, dataset, auth }: Feed): string {
  const tokens = auth?.kind === "tokenExchange" ? auth.url : auth?.kind === "clientCredentials" ? auth.tokenUrl : undefined;
  return JSON.stringify([url, dataset?.api, tokens].map((address) => address && new URL(address).origin).concat(urlFrom));
}
