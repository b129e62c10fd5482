import { raw } from "hono/html";
import { type Child, Fragment } from "hono/jsx";

/** From this number of columns on, the rows of a table become cards on a narrow screen. */
const minCardColumns = 3;

/** The head of a column. The cells of a column of numbers are on the right; those of `isRowTitle` name their rows. */
export interface TableColumn {
  readonly title: string;
  readonly isNumber?: boolean;
  readonly isRowTitle?: boolean;
}

/**
 * A table with a caption. Wide tables scroll, also with the keyboard. On a narrow screen, each row is a card. `rows`: the cells of each row;
 * rows with attributes are children instead.
 */
export async function Table(given: {
  readonly caption: string;
  readonly isCaptionHidden?: boolean;
  readonly head: readonly (string | TableColumn)[];
  readonly rows?: readonly (readonly Child[])[];
  readonly children?: Child;
}): Promise<Child> {
  const columns = given.head.map((column): TableColumn => (typeof column === "string" ? { title: column } : column));
  const isCards = columns.length >= minCardColumns;
  const children = given.rows?.map((cells) => <Row columns={columns} cells={cells} />) ?? given.children;
  const rows = await Fragment({ children }).toString();
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

function Row({ columns, cells }: { readonly columns: readonly TableColumn[]; readonly cells: readonly Child[] }): Child {
  return (
    <tr>
      {cells.map((cell, place) =>
        columns[place]?.isRowTitle === true ? (
          <th scope="row">{cell}</th>
        ) : (
          <td class={columns[place]?.isNumber === true ? "fr-cell--right" : undefined}>{cell}</td>
        ),
      )}
    </tr>
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
