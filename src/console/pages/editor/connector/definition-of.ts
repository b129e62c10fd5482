import { french } from "../../../../french/typography.ts";
import type { ComparedVersion } from "../../../../french/versions.ts";
import type { LoadedConnector } from "../../../../kit/loaded-connector.ts";
import type { ConnectorVersion, VersionTerms } from "../../../../model/run/connector-version.ts";
import type { ReadConnectors } from "../../../../registry/load-connectors.ts";
import type { RegistryProblem } from "../../../../registry/registry-error.ts";
import { CannotDo, NotFound } from "../../../route.ts";
import { param, type Visit } from "../../../visit.ts";

/** The definition of a connector, from a file, the catalogue, or both. */
export interface DefinitionView {
  readonly id: string;
  readonly registry: ReadConnectors;
  /** The connector that runs use, or null if its definition is refused. */
  readonly connector: LoadedConnector | null;
  /** The connector as defined in its file, or null. */
  readonly ofFile: LoadedConnector | null;
  /** The newest version, or null. */
  readonly version: ConnectorVersion | null;
  /** Problems of the newest version. */
  readonly problems: readonly RegistryProblem[];
}

/** Returns the definition of a connector, by default that of the path. @throws NotFound */
export async function definitionOf(visit: Visit, id = param(visit, "connecteur")): Promise<DefinitionView> {
  const view = await findDefinition(visit, id);
  if (view === null) throw new NotFound("Ce connecteur n’existe pas, ou sa définition n’existe plus.");
  return view;
}

/** Returns the definition of a connector, or null if neither a file nor a version has one. */
export async function findDefinition(visit: Visit, id: string): Promise<DefinitionView | null> {
  const registry = await visit.console.jobs.registry();
  const connector = registry.connectors.find(({ definition }) => definition.id === id) ?? null;
  const ofFile = (registry.ofFiles ?? registry.connectors).find(({ definition, file }) => definition.id === id && file !== null) ?? null;
  const [version = null] = await visit.catalogue.connectorVersions.list(id);
  if (connector === null && ofFile === null && (version === null || version.definition === null)) return null;
  const problems = registry.problems.filter((problem) => problem.version?.connector === id);
  return { id, registry, connector, ofFile, version, problems };
}

/** Returns the connector that runs use. @throws CannotDo if its version is refused */
export function runnable({ connector }: DefinitionView): LoadedConnector {
  if (connector === null)
    throw new CannotDo(
      french`La définition de ce connecteur est refusée : reprenez d'abord une version antérieure, sur la page de ses versions.`,
      409,
    );
  return connector;
}

/** Returns the name of a connector in the audit trail. */
export function subjectOf({ id }: Pick<DefinitionView, "id">): string {
  return `connecteur ${id}`;
}

/** Returns the breadcrumb of a definition page. */
export function breadcrumbOf(
  { id, connector, ofFile }: DefinitionView,
  ...more: readonly { readonly title: string; readonly href: string }[]
) {
  const name = (connector ?? ofFile)?.definition.publisher.name ?? id;
  return [{ title: "Connecteurs", href: "/connecteurs" }, { title: name, href: `/connecteurs/${id}` }, ...more];
}

/** Converts a connector for the comparison of versions. */
export function comparable({ definition }: LoadedConnector, terms: VersionTerms): ComparedVersion {
  return { definition: definition as unknown as Readonly<Record<string, unknown>>, terms };
}
