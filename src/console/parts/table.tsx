import { raw } from "hono/html";
import { type Child, Fragment } from "hono/jsx";

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

const part = /<(\/?)(table|tr|td|th)(?=[\s>])/g;

/**
 * Adds the title of its column to each cell of some rows of HTML, as `data-label`: a narrow screen shows the cells of a row one below the
 * other, without the head of the table. The first cell is the title of its row and gets none,
 * unless `isFirstLabelled`, as for a number. Tables inside a cell stay as they are.
 */
export function labelCells(rows: string, titles: readonly string[], isFirstLabelled = false): string {
  let column = 0;
  let depth = 0;
  return rows.replace(part, (tag, slash: string, name: string) => {
    if (name === "table") depth += slash === "" ? 1 : -1;
    if (depth > 0 || slash !== "" || name === "table") return tag;
    if (name === "tr") {
      column = 0;
      return tag;
    }
    const title = titles[column++] ?? "";
    return (column === 1 && !isFirstLabelled) || title === ""
      ? tag
      : `${tag} data-label="${title.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
  });
}
