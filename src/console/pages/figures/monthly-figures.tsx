import type { Child } from "hono/jsx";
import { frenchMonth } from "../../../french/month.ts";
import { capital } from "../../../french/typography.ts";
import type { MonthFigures } from "../../../partners/figures/monthly-figures.ts";
import { formatNumber, Table } from "../../parts/table.tsx";
import { FiguresChart } from "./figures-chart.tsx";
import { figuresColumns } from "./figures-columns.ts";

/** Figures month by month, the newest first, with their chart. Knows nobody and asks for nothing: it stands on public pages too. `id`: of the chart, once a page. */
export function MonthlyFigures({ figures, id = "chiffres" }: { readonly figures: readonly MonthFigures[]; readonly id?: string }): Child {
  const [, ...columns] = figuresColumns;
  return (
    <>
      <FiguresChart figures={figures} id={id} />
      <Table caption="Chiffres mois par mois" isCaptionHidden head={["Mois", ...columns.map(({ title }) => ({ title, isNumber: true }))]}>
        {[...figures].reverse().map((row, place) => (
          <tr>
            <th scope="row">
              {capital(frenchMonth(row.month))}
              {place === 0 && <span class="moisson-mention"> (en cours)</span>}
            </th>
            {columns.map(({ text }) => (
              <td class="fr-cell--right">{cell(text(row))}</td>
            ))}
          </tr>
        ))}
      </Table>
    </>
  );
}

/** How the figures are counted, in words. */
export function FiguresExplained(): Child {
  return (
    <details class="fr-mb-4w">
      <summary>Comment ces chiffres sont comptés</summary>
      <ul>
        <li>Les mois sont ceux de Paris. Une aide est en ligne quand elle est publiée et n’est pas retirée.</li>
        <li>
          Une entrée est une aide mise ou remise en ligne ; une sortie, une aide qui n’y est plus. Une aide modifiée l’a été une fois au
          moins pendant qu’elle était en ligne.
        </li>
        <li>Ce qu’une collecte annulée avait fait, et son annulation, ne comptent pas.</li>
        <li>Date limite passée : aides encore en ligne à la fin du jour de leur date limite, telle qu’elle est affichée aujourd’hui.</li>
        <li>
          La note de qualité est celle des lettres, calculée sur le dernier rapport connu à la fin du mois ; de plusieurs flux, la moyenne
          selon leur nombre d’enregistrements.
        </li>
        <li>
          Le délai va de la date de mise à jour que donnait le producteur, à défaut de la date d’ouverture de l’aide, à sa première mise en
          ligne, en jours de calendrier ; il est nul si cette date était encore à venir. Une aide sans aucune de ces dates n’est pas mesurée
          ; une aide qui était déjà en ligne quand elle a été reprise ne l’est pas non plus, et n’est pas comptée parmi les aides sans date.
        </li>
      </ul>
    </details>
  );
}

function cell(value: string | number | null): string {
  if (value === null) return "–";
  return typeof value === "number" ? formatNumber(value) : value;
}
