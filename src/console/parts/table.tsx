import { raw } from "hono/html";
import { type Child, Fragment } from "hono/jsx";
import { labelCells } from "./label-cells.ts";

/** From this number of columns on, the rows of a table become cards on a narrow screen. */
const minCardColumns = 3;

/** A table with a caption. Wide tables scroll, also with the keyboard. On a narrow screen, each row is a card. */
export async function Table(given: {
  readonly caption: string;
  readonly isCaptionHidden?: boolean;
  readonly head: readonly (string | { readonly title: string; readonly isNumber?: boolean })[];
  readonly children?: Child;
}): Promise<Child> {
  const columns = given.head.map((column): { readonly title: string; readonly isNumber?: boolean } =>
    typeof column === "string" ? { title: column } : column,
  );
  const isCards = columns.length >= minCardColumns;
  const rows = await Fragment({ children: given.children }).toString();
  const titles = columns.map(({ title }) => title);
  return (
    <div class={`fr-table fr-table--sm fr-table--no-scroll moisson-table${isCards ? " moisson-cards" : ""}`}>
      <div class="fr-table__wrapper">
        <div class="fr-table__container">
          <div class="fr-table__content" tabindex={0} role="region" aria-label={given.caption}>
            <table>
              <caption class={given.isCaptionHidden === true ? "fr-sr-only" : undefined}>{given.caption}</caption>
              <thead>
                <tr>
                  {columns.map(({ title, isNumber }) => (
                    <th scope="col" class={isNumber === true ? "fr-cell--right" : undefined}>
                      {title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>{raw(isCards ? labelCells(rows, titles, columns[0]?.isNumber === true) : rows)}</tbody>
            </table>
          </div>
        </div>
      </div>
    </div>
  );
}

const numbers = new Intl.NumberFormat("fr-FR");

/** Formats a number: `12 345`. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}
