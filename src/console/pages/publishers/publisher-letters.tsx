import type { Child } from "hono/jsx";
import { french } from "../../../texts/fr-typography.ts";
import { Table } from "../../parts/table.tsx";
import { shortTime } from "../../parts/time.ts";
import { AddressBadge } from "../letters/address-badge.tsx";
import type { PublisherConnector } from "./read-connectors.ts";

const lettersShown = 10;

/** The last letters to a publisher, over all of its connectors; nothing where it has none. */
export function PublisherLetters({ connectors }: { readonly connectors: readonly PublisherConnector[] }): Child {
  if (connectors.length === 0) return null;
  const letters = connectors.flatMap(({ letters }) => letters).sort((a, b) => b.at.getTime() - a.at.getTime());
  return (
    <section class="fr-mb-4w">
      <h2>Lettres</h2>
      {letters.length === 0 ? (
        <p>Aucune lettre n’a encore été faite.</p>
      ) : (
        <Table caption="Les dernières lettres" isCaptionHidden head={["Lettre", "Connecteur", "Par", "Adresse"]}>
          {letters.slice(0, lettersShown).map((one) => (
            <tr>
              <td>
                <a href={`/connecteurs/${one.connector}/courriers/${one.letterId}`}>{french`Lettre du ${shortTime(one.at)}`}</a>
              </td>
              <td>{one.connector}</td>
              <td>{one.by}</td>
              <td>
                <AddressBadge letter={one} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      <ul class="moisson-links moisson-no-print">
        {connectors.map(({ row: { id } }) => (
          <li>
            <a class="fr-link" href={`/connecteurs/${id}/courriers`}>{`Écrire au sujet de ${id}`}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
