import type { Child } from "hono/jsx";
import type { ConnectorVersion } from "../../../model/run/connector-version.ts";
import { Badge } from "../../parts/badge.tsx";
import { formatShortDateTime } from "../../parts/time.ts";

/** A version: when, who, why, what it changed, and the way back to it. */
export function VersionRow(given: {
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
  return (
    <ul class="fr-mb-0">
      {changes.map((change) => (
        <li>{change}</li>
      ))}
    </ul>
  );
}

/** Below all versions stands the file. */
export function FileRow({ id, mayChange }: { readonly id: string; readonly mayChange: boolean }): Child {
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
