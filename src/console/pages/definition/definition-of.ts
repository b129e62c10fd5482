import { french } from "../../../french/typography.ts";
import type { ComparedVersion } from "../../../french/versions.ts";
import type { ConnectorVersion, VersionContent, VersionTerms } from "../../../model/run/connector-version.ts";
import type { LoadedConnector, ReadConnectors } from "../../../registry/load-connectors.ts";
import type { RegistryProblem } from "../../../registry/registry-error.ts";
import { CannotDo, NotFound } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";

/** A connector as its definition stands: in a file, in the catalogue, or both. */
export interface DefinitionView {
  readonly id: string;
  readonly registry: ReadConnectors;
  /** As it runs; null where it is refused. */
  readonly connector: LoadedConnector | null;
  /** As its file has it; null where it stands in none. */
  readonly ofFile: LoadedConnector | null;
  /** The newest version; null where nobody made one. */
  readonly version: ConnectorVersion | null;
  /** What is wrong with the newest version. */
  readonly problems: readonly RegistryProblem[];
}

/** The definition of the connector of the address. @throws NotFound */
export async function definitionOf(visit: Visit): Promise<DefinitionView> {
  const id = param(visit, "connecteur");
  const registry = await visit.console.jobs.registry();
  const connector = registry.connectors.find(({ definition }) => definition.id === id) ?? null;
  const ofFile = (registry.ofFiles ?? registry.connectors).find(({ definition, file }) => definition.id === id && file !== null) ?? null;
  const [version = null] = await visit.catalogue.connectorVersions.list(id);
  if (connector === null && ofFile === null && (version === null || version.definition === null))
    throw new NotFound("Ce connecteur n’existe pas, ou sa définition n’existe plus.");
  const problems = registry.problems.filter((problem) => problem.version?.connector === id);
  return { id, registry, connector, ofFile, version, problems };
}

/** What counts now, for a change to stand over. A file that has come takes the place of what stood in the catalogue only. */
export function contentNow({ ofFile, version }: DefinitionView): VersionContent {
  const isOverFile = version !== null && (version.definition === null) === (ofFile !== null);
  if (!isOverFile) return { definition: null, changes: {}, terms: {} };
  const { definition, changes, terms } = version;
  return { definition, changes, terms };
}

/** The connector as it runs. @throws CannotDo where its version is refused */
export function runnable({ connector }: DefinitionView): LoadedConnector {
  if (connector === null)
    throw new CannotDo(
      french`La définition de ce connecteur est refusée : reprenez d'abord une version antérieure, sur la page de ses versions.`,
      409,
    );
  return connector;
}

/** How the audit trail names it. */
export function subjectOf({ id }: Pick<DefinitionView, "id">): string {
  return `connecteur ${id}`;
}

/** Pages above those of a definition. */
export function breadcrumbOf(
  { id, connector, ofFile }: DefinitionView,
  ...more: readonly { readonly title: string; readonly href: string }[]
) {
  const name = (connector ?? ofFile)?.definition.publisher.name ?? id;
  return [{ title: "Connecteurs", href: "/connecteurs" }, { title: name, href: `/connecteurs/${id}` }, ...more];
}

/** A connector as two versions of it are compared. */
export function comparable({ definition }: LoadedConnector, terms: VersionTerms): ComparedVersion {
  return { definition: definition as unknown as Readonly<Record<string, unknown>>, terms };
}
