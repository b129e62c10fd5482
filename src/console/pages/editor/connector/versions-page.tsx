import type { Child } from "hono/jsx";
import { french } from "../../../../french/typography.ts";
import { type ComparedVersion, versionChanges } from "../../../../french/versions.ts";
import type { ConnectorVersion, VersionContent } from "../../../../model/run/connector-version.ts";
import { shownAddress } from "../../../../platform/shown-address.ts";
import { connectorAs } from "../../../../registry/stored-versions.ts";
import { ConnectorName } from "../../../lists/connector-column.tsx";
import { Badge } from "../../../parts/badge.tsx";
import { ParagraphLink } from "../../../parts/link.tsx";
import { List } from "../../../parts/list.tsx";
import { Table } from "../../../parts/table.tsx";
import { formatDateTime, formatShortDateTime } from "../../../parts/time.ts";
import { NotFound, pageRoute } from "../../../route.ts";
import { hasRole, param, type Visit } from "../../../visit.ts";
import type { Edited } from "../edited-definition.ts";
import { formPage } from "../form-page.tsx";
import { breadcrumbOf, comparable, type DefinitionView, definitionOf } from "./definition-of.ts";
import { frameOf } from "./edited-connector.tsx";
import { tryChange } from "./trial-acts.ts";

const versionsShown = 30;
const none: ComparedVersion = { definition: {}, terms: {} };

/** Lists the versions of a connector with their author, time, reason and changes. */
export const versionsPage = pageRoute("/connecteurs/:connecteur/versions", "read", async (visit) => {
  const view = await definitionOf(visit);
  const versions = await visit.catalogue.connectorVersions.list(view.id);
  return {
    title: "Versions",
    breadcrumb: breadcrumbOf(view, { title: "Définition", href: `/connecteurs/${view.id}/definition` }),
    menuPath: "/connecteurs",
    content: (
      <>
        <h1>
          Versions de <ConnectorName visit={visit} connector={view.id} />
        </h1>
        {versions.length === 0 ? (
          <p>Personne n’a encore changé ce connecteur dans la console.</p>
        ) : (
          await versionTable(visit, view, versions)
        )}
        <ParagraphLink href={`/connecteurs/${view.id}/definition`} label="Définition en vigueur" />
      </>
    ),
  };
});

async function versionTable(visit: Visit, view: DefinitionView, versions: readonly ConnectorVersion[]): Promise<Child> {
  const mayChange = hasRole(visit, "bizdev");
  const rows: Child[] = [];
  for (const [index, version] of versions.slice(0, versionsShown).entries()) {
    const changes = await changesIn(view, versions[index + 1] ?? null, version);
    rows.push(
      <VersionRow
        version={version}
        isNewest={index === 0}
        isRefused={view.connector === null}
        changes={changes}
        id={view.id}
        mayChange={mayChange}
      />,
    );
  }
  if (view.ofFile !== null && versions.length <= versionsShown) rows.push(<FileRow id={view.id} mayChange={mayChange} />);
  return (
    <>
      <Table
        caption="Versions, la plus récente d’abord"
        isCaptionHidden
        head={["Version", "Quand, par qui", "Pourquoi", "Ce qui a changé", "Reprendre"]}
      >
        {rows}
      </Table>
      {versions.length > versionsShown && <p>{french`Seules les ${versionsShown} plus récentes sont montrées, sur ${versions.length}.`}</p>}
    </>
  );
}

async function changesIn(
  view: DefinitionView,
  before: ConnectorVersion | null,
  after: ConnectorVersion,
): Promise<readonly string[] | null> {
  const is = await comparedOf(view, after);
  const was = before === null ? (view.ofFile === null ? null : comparable(view.ofFile, {})) : await comparedOf(view, before);
  return is === null || was === null ? null : versionChanges(was, is, shownAddress);
}

async function comparedOf({ registry }: DefinitionView, version: ConnectorVersion): Promise<ComparedVersion | null> {
  const read = await connectorAs(registry, version);
  if (read === null || "problems" in read)
    return version.definition === null ? null : { ...none, definition: version.definition, terms: version.terms };
  return comparable(read, version.terms);
}

/** A version, with a link to restore it. */
function VersionRow(given: {
  readonly version: ConnectorVersion;
  readonly isNewest: boolean;
  readonly isRefused: boolean;
  readonly changes: readonly string[] | null;
  readonly id: string;
  readonly mayChange: boolean;
}): Child {
  const { version, isNewest, isRefused, changes, id, mayChange } = given;
  return (
    <tr>
      <th scope="row">
        {version.version} {isNewest && (isRefused ? <Badge tone="error" label="refusée" /> : <Badge tone="success" label="en vigueur" />)}
      </th>
      <td>
        {formatShortDateTime(version.at)}
        <br />
        {version.by}
      </td>
      <td>{version.why}</td>
      <td>
        <ChangeList changes={changes} isFirst={version.version === 1} />
      </td>
      <td>{!isNewest && mayChange && <TakeBack id={id} version={version.version} />}</td>
    </tr>
  );
}

function ChangeList({ changes, isFirst }: { readonly changes: readonly string[] | null; readonly isFirst: boolean }): Child {
  if (changes === null) return <em>{isFirst ? "Première version." : "Version refusée, ou qui suit une version refusée."}</em>;
  if (changes.length === 0) return "Rien.";
  return <List class="fr-mb-0" items={changes} />;
}

/** The last row: the connector's file. */
function FileRow({ id, mayChange }: { readonly id: string; readonly mayChange: boolean }): Child {
  return (
    <tr>
      <th scope="row">0</th>
      <td>Équipe technique</td>
      <td colspan={2}>Le connecteur tel que dans ses fichiers.</td>
      <td>{mayChange && <TakeBack id={id} version={0} />}</td>
    </tr>
  );
}

function TakeBack({ id, version }: { readonly id: string; readonly version: number }): Child {
  return (
    <a href={`/connecteurs/${id}/versions/${version}/reprendre`}>
      Reprendre<span class="fr-sr-only"> la version {version}</span>
    </a>
  );
}

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
