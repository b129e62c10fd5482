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
import { connectorFingerprint } from "./connector-fingerprint.ts";
import type { ReadConnectors } from "./load-connectors.ts";
import type { RegistryProblem } from "./registry-error.ts";
import { loadTermFiles, termFileNames } from "./terms/load-term-files.ts";
import { targetProblem } from "./terms/read-term-file.ts";

/**
 * Applies the versions of the catalogue to the connectors of files, and adds connectors that exist only in the catalogue. Versions are
 * checked as files are. An invalid version stops its connector, because the definition in the file was not meant to run. If a file defines
 * the same connector as the catalogue, the file is used. `versions`: the newest version of each connector. `folders`: folders with shared
 * term files.
 */
export async function withStoredVersions(
  { connectors, problems }: ReadConnectors,
  versions: readonly ConnectorVersion[],
  folders: readonly string[],
): Promise<ReadConnectors> {
  if (versions.length === 0) return { connectors, problems, folders, ofFiles: connectors };
  const loaded = new Map(connectors.map((connector) => [connector.definition.id, connector]));
  const refused: RegistryProblem[] = [];
  for (const version of versions) {
    const ofFile = loaded.get(version.connector);
    // Skips changes without a valid file, and definitions that a file replaces.
    if (version.definition === null ? ofFile === undefined : ofFile !== undefined) continue;
    const read = ofFile === undefined ? await connectorOfVersion(version, folders) : changedConnector(ofFile, version);
    if (!("problems" in read)) loaded.set(version.connector, read);
    else {
      loaded.delete(version.connector);
      refused.push(...read.problems);
    }
  }
  const sorted = [...loaded.values()].sort((a, b) => compareCodePoints(a.definition.id, b.definition.id));
  return { connectors: sorted, problems: [...problems, ...refused], folders, ofFiles: connectors };
}

/**
 * Returns a connector as a version defines it, even if it is not the newest. Null if neither a file nor the version defines the connector.
 */
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
  const { changes, terms } = version;
  const { id, feed } = connector.definition;
  const checked = checkConnector(withChanges(connector.definition, changes), id);
  const problems = [...("problems" in checked ? checked.problems : storedFeedProblems(checked.connector, feed)), ...termProblems(terms)];
  if ("problems" in checked || problems.length > 0) return refusedBy(version, problems);
  const isChanged = Object.keys(changes).length + Object.keys(terms).length > 0;
  return {
    ...connector,
    definition: checked.connector,
    terms: termsOver(terms, connector.terms),
    fingerprint: isChanged ? fingerprintWith(connector.fingerprint, { changes, terms }) : connector.fingerprint,
    version: version.version,
  };
}

/** Builds a connector that exists only in the catalogue, with the shared term files. */
async function connectorOfVersion(
  version: ConnectorVersion,
  folders: readonly string[],
): Promise<LoadedConnector | { problems: RegistryProblem[] }> {
  const checked = checkConnector(version.definition, version.connector);
  const shared = await loadTermFiles(folders, version.connector);
  const problems = [
    ...("problems" in checked ? checked.problems : storedFeedProblems(checked.connector, null)),
    ...termProblems(version.terms),
  ];
  if ("problems" in checked || problems.length > 0) return refusedBy(version, problems);
  if (shared.problems.length > 0) return { problems: [...shared.problems] };
  const definition = checked.connector;
  return {
    definition,
    terms: termsOver(version.terms, shared.lookup),
    fingerprint: fingerprintWith(connectorFingerprint(definition, shared.contents, null), { terms: version.terms }),
    file: null,
    folder: null,
    version: version.version,
  };
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

function termProblems(terms: VersionTerms): Pick<RegistryProblem, "key" | "message" | "didYouMean">[] {
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

/** Returns problems that name a version instead of a file. */
function refusedBy(
  { connector, version, by }: ConnectorVersion,
  problems: readonly Omit<RegistryProblem, "file" | "version">[],
): {
  problems: RegistryProblem[];
} {
  const file = `version ${version} of ${connector}, by ${by}`;
  return { problems: problems.map((problem) => ({ file, version: { connector, number: version }, ...problem })) };
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
function storedFeedProblems({ id, feed }: Pick<Connector, "id" | "feed">, ofFile: Feed | null): Omit<RegistryProblem, "file">[] {
  const problems: Omit<RegistryProblem, "file">[] = [];
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
