import type { Child } from "hono/jsx";
import type { MonthFigures } from "../../../partners/figures/monthly-figures.ts";
import { FiguresExplained, MonthlyFigures } from "./monthly-figures.tsx";

/** The content of a page of figures. `path`: its own; its files stand beside it. `about`: said under the title. */
export function FiguresContent(given: {
  readonly title: string;
  readonly about: Child;
  readonly figures: readonly MonthFigures[];
  readonly path: string;
}): Child {
  const { title, about, figures, path } = given;
  return (
    <div class="moisson-across">
      <h1>{title}</h1>
      {about}
      <MonthlyFigures figures={figures} />
      <ul class="fr-links-group fr-links-group--inline moisson-no-print">
        <li>
          <a class="fr-link fr-link--download" href={`${path}.csv`}>
            Télécharger les chiffres en CSV
          </a>
        </li>
        <li>
          <a class="fr-link fr-link--download" href={`${path}.xlsx`}>
            Télécharger les chiffres pour Excel
          </a>
        </li>
      </ul>
      <FiguresExplained />
    </div>
  );
}
