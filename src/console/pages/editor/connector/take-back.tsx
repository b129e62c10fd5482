import { french } from "../../../../french/typography.ts";
import type { VersionContent } from "../../../../model/run/connector-version.ts";
import { formatDateTime } from "../../../parts/time.ts";
import { NotFound } from "../../../route.ts";
import { param, type Visit } from "../../../visit.ts";
import type { Edited } from "../edited-definition.ts";
import { formPage } from "../form-page.tsx";
import { breadcrumbOf, type DefinitionView, definitionOf } from "./definition-of.ts";
import { frameOf } from "./edited-connector.tsx";
import { tryChange } from "./try-change.ts";

/** A version of a connector that a person restores. */
interface TakenVersion extends Edited {
  readonly number: number;
  readonly view: DefinitionView;
  readonly title: string;
  readonly version: VersionContent;
}

/** Opens the version of the path. @throws NotFound */
export async function openVersion(visit: Visit): Promise<TakenVersion> {
  const view = await definitionOf(visit);
  const version = await versionAsked(visit, view);
  const versions = `/connecteurs/${view.id}/versions`;
  return {
    ...frameOf(view, breadcrumbOf(view, { title: "Versions", href: versions })),
    base: versions,
    view,
    ...version,
  };
}

/** Asks why an older version is restored, and starts a trial with it. */
export const takeBackPage = formPage({
  path: ":version/reprendre",
  formPath: ({ number }: TakenVersion) => `${number}/reprendre`,
  act: "take-version-back",
  title: "Reprendre une version",
  heading: ({ title }) => title,
  fields: () => ({}),
  texts: () => ({}),
  above: () => <p>Rien n’est effacé : une nouvelle version est faite, avec ce que celle-ci disait. Elle est essayée d’abord.</p>,
  label: () => "Essayer cette version",
  back: () => "",
  save: ({ view, version }, _, { raison = "" }, { visit }) => tryChange(visit, view, { content: version, why: raison, trial: "snapshot" }),
});

/** Returns the version to restore, where 0 means the file. @throws NotFound */
async function versionAsked(visit: Visit, view: DefinitionView): Promise<Pick<TakenVersion, "number" | "title" | "version">> {
  const text = param(visit, "version");
  const number = /^\d{1,6}$/.test(text) ? Number(text) : -1;
  if (number === 0 && view.ofFile !== null)
    return { number, title: "Revenir aux fichiers de l’équipe technique", version: { definition: null, changes: {}, terms: {} } };
  const version = number > 0 ? await visit.catalogue.connectorVersions.find(view.id, number) : null;
  if (version === null) throw new NotFound("Ce connecteur n’a pas de version de ce numéro.");
  const { definition, changes, terms } = version;
  return {
    number,
    title: french`Reprendre la version ${number}, du ${formatDateTime(version.at)}`,
    version: { definition, changes, terms },
  };
}
