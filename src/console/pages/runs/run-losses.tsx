import type { Child } from "hono/jsx";
import { lossKindName } from "../../../french/losses.ts";
import { placeMessage } from "../../../french/places.ts";
import { counted, french } from "../../../french/typography.ts";
import { lossKinds } from "../../../model/run/losses.ts";
import type { RunReport } from "../../../model/run/run-report.ts";
import { formatNumber, Table } from "../../parts/table.tsx";
import { truncate } from "../../parts/time.ts";

const groupsShown = 20;

/** Renders what the compared records contain and their aids lack, with examples. */
export function RunLosses({ report: { losses, connector } }: { readonly report: RunReport }): Child {
  if (losses === undefined || losses.groups.length === 0) return null;
  const totals = lossKinds.flatMap((kind) => {
    const total = losses.totals[kind];
    if (total === undefined || total.lost === 0) return [];
    return french`${lossKindName(kind).toLowerCase()} : ${total.lost} sur ${total.found}`;
  });
  return (
    <>
      <h2 class="fr-mt-4w">Ce que les aides ne reprennent pas du flux</h2>
      <p>
        {french`Moisson a comparé ${counted(losses.measured, "aide nouvelle ou modifiée", "aides nouvelles ou modifiées")} avec le flux. Ne figurent nulle part dans les aides : ${totals.join(" ; ")}.`}{" "}
        Si ces éléments sont utiles, <a href={`/connecteurs/${connector}/definition`}>complétez la définition du connecteur</a>.
      </p>
      <details>
        <summary>Voir les champs du flux concernés</summary>
        <Table
          caption="Champs du flux dont des éléments ne figurent pas dans les aides"
          isCaptionHidden
          head={["Champ du flux", "Élément", { title: "Non repris", isNumber: true }, { title: "Aides", isNumber: true }, "Exemples"]}
        >
          {losses.groups.slice(0, groupsShown).map(({ path, kind, found, lost, records, examples }) => (
            <tr>
              <th scope="row">
                <code>{truncate(path, 80)}</code>
              </th>
              <td>{lossKindName(kind)}</td>
              <td class="fr-cell--right">{french`${lost} sur ${found}`}</td>
              <td class="fr-cell--right">{formatNumber(records)}</td>
              <td>
                <ul class="moisson-names">
                  {examples.map(({ locator, value }) => (
                    <li>{french`${truncate(value, 100)} (${placeMessage(locator)})`}</li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </Table>
      </details>
    </>
  );
}
