import type { Child } from "hono/jsx";
import { certaintyLabel, fieldLabel } from "../../../french/survey.ts";
import { french } from "../../../french/typography.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import type { Rename, RenameReason } from "../../../registry/survey/propose-renames.ts";
import { Alert } from "../../parts/alert.tsx";
import { ActButton } from "../../parts/form.tsx";
import { Table } from "../../parts/table.tsx";
import { truncate } from "../../parts/truncate.ts";
import type { Visit } from "../../visit.ts";
import { renamesOf } from "./renames-of.ts";

/** Columns gone and come that are probably the same: one click tries it. */
export async function ProposedRenames(given: {
  readonly visit: Visit;
  readonly connector: LoadedConnector;
  readonly mayChange: boolean;
}): Promise<Child> {
  const { visit, connector, mayChange } = given;
  const renames = await renamesOf(visit, connector);
  if (renames.length === 0) return null;
  const { definition, version = 0 } = connector;
  return (
    <>
      <Alert kind="warning" title="Le dernier flux a changé de forme" level={2}>
        <p>Des champs que ce connecteur lit n’y sont plus, et d’autres sont venus. Ce sont sans doute les mêmes, sous un autre nom.</p>
      </Alert>
      <Table
        caption="Champs qui ont sans doute changé de nom"
        isCaptionHidden
        head={["Avant", "Maintenant", "Sert à", "Pourquoi", ...(mayChange ? ["Suivre"] : [])]}
      >
        {renames.map((rename) => (
          <tr>
            <th scope="row">
              {rename.from}
              <Examples values={rename.before} />
            </th>
            <td>
              {rename.to}
              <Examples values={rename.now} />
            </td>
            <td>{rename.fields.map(fieldLabel).join(", ")}</td>
            <td>{whyRename(rename)}</td>
            {mayChange && (
              <td>
                <ActButton
                  action={`/connecteurs/${definition.id}/definition/renommer`}
                  csrf={visit.csrf}
                  label="Essayer"
                  about={french`de lire « ${rename.to} » au lieu de « ${rename.from} »`}
                  fields={{ de: rename.from, vers: rename.to, version: String(version) }}
                />
              </td>
            )}
          </tr>
        ))}
      </Table>
    </>
  );
}

function Examples({ values }: { readonly values: readonly string[] }): Child {
  return values.length === 0 ? null : (
    <div class="moisson-mention">{values.map((value) => french`« ${truncate(value, 60)} »`).join(", ")}</div>
  );
}

function whyRename({ certainty, reasons }: Rename): string {
  return french`${certaintyLabel(certainty)} : ${reasons.map(reasonInWords).join(" ; ")}`;
}

function reasonInWords(reason: RenameReason): string {
  if (reason.code === "like-name") return "les noms se ressemblent";
  const share = Math.round(reason.share * 100);
  return reason.code === "same-in-aids"
    ? french`${share} % des aides disent la même chose sous les deux noms`
    : french`${share} % des valeurs sont les mêmes`;
}
