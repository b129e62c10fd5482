import { createHash } from "node:crypto";
import type { TermFileName, TermLookup } from "../kit/rules/rule-context.ts";
import { foldTerm } from "../kit/values/text/fold-term.ts";
import type { ConnectorVersion, VersionTerms } from "../model/run/connector-version.ts";
import { canonicalJson, compareCodePoints } from "../model/text/canonical.ts";
import { vocabularyNames } from "../model/vocabularies.ts";
import { checkConnector } from "./check-connector.ts";
import { connectorFingerprint } from "./connector-fingerprint.ts";
import type { LoadedConnector, ReadConnectors } from "./load-connectors.ts";
import type { RegistryProblem } from "./registry-error.ts";
import { storedFeedProblems } from "./stored-feed-problems.ts";
import { loadTermFiles } from "./terms/load-term-files.ts";
import { targetProblem } from "./terms/read-term-file.ts";

const termFiles: readonly TermFileName[] = [...vocabularyNames, "financers", "perimeters"];

/**
 * The connectors of files as persons changed them in the catalogue, and those that stand in the catalogue only. Each is checked as a file is: one with a
 * version that is refused is left out, since nobody meant the file's definition to count. A file that has the id of a connector of the catalogue takes its place.
 * @param versions the newest of each connector
 * @param folders where term files that all connectors share lie
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
    // A connector whose file was taken away, or is refused, is not brought back by what was changed in it.
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

/** A connector as a version of it would have it, whether that counts or not. Null where neither a file nor the version defines it. */
export async function connectorAs(
  { connectors, ofFiles = connectors, folders = [] }: ReadConnectors,
  version: ConnectorVersion,
): Promise<LoadedConnector | { problems: readonly RegistryProblem[] } | null> {
  const ofFile = ofFiles.find(({ definition }) => definition.id === version.connector);
  if (ofFile !== undefined) return changedConnector(ofFile, version);
  return version.definition === null ? null : connectorOfVersion(version, folders);
}

/** A connector with a version's changes and words over it; without either, as it was. */
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

/** The connector that stands in the catalogue only, with the term files that all share. */
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

/** A definition with changes over it: by top key, fields by field; null takes away. */
function withChanges(definition: object, changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { fields, ...others } = changes;
  const base = definition as Readonly<Record<string, unknown>>;
  const changed = patched(base, others);
  return fields === undefined ? changed : { ...changed, fields: patched(base.fields as object, fields as object) };
}

function patched(base: object, changes: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...base, ...changes }).filter(([, value]) => value !== null));
}

/** Decided words over those of term files. */
export function termsOver(terms: VersionTerms, files: TermLookup): TermLookup {
  const tables = new Map(
    Object.entries(terms).map(([name, words]) => [
      name,
      new Map(Object.entries(words).map(([word, targets]) => [foldTerm(word), targets] as const)),
    ]),
  );
  return tables.size === 0 ? files : { targetsOf: (name, term) => tables.get(name)?.get(foldTerm(term)) ?? files.targetsOf(name, term) };
}

function termProblems(terms: VersionTerms): Pick<RegistryProblem, "key" | "message" | "didYouMean">[] {
  return Object.entries(terms).flatMap(([name, words]) => {
    const vocabulary = termFiles.find((known) => known === name);
    if (vocabulary === undefined) return [{ key: `terms.${name}`, message: "is no vocabulary" }];
    return Object.entries(words).flatMap(([word, targets]) =>
      targets.flatMap((target) => {
        const problem = targetProblem(target, vocabulary);
        return problem === undefined ? [] : [{ key: `terms.${name}."${word}"`, ...problem }];
      }),
    );
  });
}

/** The problems of a version: what it is called stands in place of a file. */
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
