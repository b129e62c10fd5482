import type { Child } from "hono/jsx";
import { frenchMonth, shortMonth } from "../../../french/month.ts";
import { counted, french } from "../../../french/typography.ts";
import type { MonthFigures } from "../../../partners/figures/monthly-figures.ts";
import { formatNumber } from "../../parts/table.tsx";

const bar = 40;
const gap = 16;
const height = 120;
const above = 18;
const below = 20;

/** Aids on the site at the end of each month as bars, with their number; the table says the same, and more. */
export function FiguresChart({ figures, id }: { readonly figures: readonly MonthFigures[]; readonly id: string }): Child {
  const [first, last] = [figures[0], figures.at(-1)];
  if (first === undefined || last === undefined) return null;
  const top = Math.max(1, ...figures.map(({ onSite }) => onSite));
  const width = figures.length * (bar + gap) + gap;
  const title = french`Aides en ligne à la fin de chaque mois : ${first.onSite} en ${frenchMonth(first.month)}, ${counted(last.onSite, "aide")} en ${frenchMonth(last.month)}.`;
  return (
    <figure class="fr-mb-2w moisson-figure">
      <figcaption class="moisson-mention">{title}</figcaption>
      <svg
        class="moisson-trend moisson-chart"
        viewBox={`0 0 ${width} ${above + height + below}`}
        width={width}
        height={above + height + below}
        role="img"
        aria-labelledby={`${id}-titre`}
      >
        <title id={`${id}-titre`}>{title}</title>
        {figures.map(({ month, onSite }, place) => {
          const x = gap + place * (bar + gap);
          const tall = Math.round((onSite / top) * height);
          return (
            <>
              <rect class="moisson-score" x={x} y={above + height - tall} width={bar} height={Math.max(1, tall)} />
              <text x={x + bar / 2} y={above + height - tall - 5} text-anchor="middle">
                {formatNumber(onSite)}
              </text>
              <text x={x + bar / 2} y={above + height + 15} text-anchor="middle">
                {shortMonth(month)}
              </text>
            </>
          );
        })}
      </svg>
    </figure>
  );
}
