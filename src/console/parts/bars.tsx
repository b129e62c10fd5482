import type { Child } from "hono/jsx";
import { formatNumber, Table } from "./table.tsx";

/** A row of `Bars`. */
export interface BarRow {
  readonly label: string;
  readonly count: number;
  /** Address of the counted things, or null. */
  readonly href: string | null;
  /** Name of the link, if the number says too little. */
  readonly linkLabel?: string;
  /** The list below shows only this row. */
  readonly isChosen?: boolean;
  /** Text after the number. */
  readonly note?: string;
}

/** Counts as bars, in a table. `head`: titles of the two columns. */
export function Bars(given: {
  readonly caption: string;
  readonly head: readonly [what: string, count: string];
  readonly rows: readonly BarRow[];
}): Child {
  const { caption, head, rows } = given;
  const max = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <Table caption={caption} isCaptionHidden head={head}>
      {rows.map((row) => (
        <tr class={row.isChosen === true ? "moisson-chosen" : undefined}>
          <th scope="row">{row.label}</th>
          <td>
            <div class="moisson-bar-cell">
              <svg class="moisson-bar-line" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                <rect class="is-rest" width={100} height={1} />
                <rect class="is-part" width={((100 * row.count) / max).toFixed(2)} height={1} />
              </svg>
              <span class="moisson-bar-cell__count">
                <Count row={row} />
                {row.note !== undefined && <span class="moisson-mention"> {row.note}</span>}
              </span>
            </div>
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Count({ row: { href, count, linkLabel, isChosen } }: { readonly row: BarRow }): Child {
  if (href === null) return formatNumber(count);
  return (
    <a href={href} aria-label={linkLabel} aria-current={isChosen === true ? "true" : undefined}>
      {formatNumber(count)}
    </a>
  );
}
