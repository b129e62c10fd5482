import type { Child } from "hono/jsx";

/** A table with a caption. Wide tables scroll, also with the keyboard. */
export function Table(given: {
  readonly caption: string;
  readonly isCaptionHidden?: boolean;
  readonly head: readonly (string | { readonly title: string; readonly isNumber?: boolean })[];
  readonly children?: Child;
}): Child {
  return (
    <div class="fr-table fr-table--sm fr-table--no-scroll moisson-table">
      <div class="fr-table__wrapper">
        <div class="fr-table__container">
          <div class="fr-table__content" tabindex={0} role="region" aria-label={given.caption}>
            <table>
              <caption class={given.isCaptionHidden === true ? "fr-sr-only" : undefined}>{given.caption}</caption>
              <thead>
                <tr>
                  {given.head.map((column) => {
                    const { title, isNumber } = typeof column === "string" ? { title: column, isNumber: false } : column;
                    return (
                      <th scope="col" class={isNumber === true ? "fr-cell--right" : undefined}>
                        {title}
                      </th>
                    );
                  })}
                </tr>
              </thead>
              <tbody>{given.children}</tbody>
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
