import type { Child } from "hono/jsx";

/** Links to the other pages of a list. Renders nothing if the list has one page. */
export function Pager(given: {
  readonly path: string;
  readonly page: number;
  readonly pages: number;
  readonly query: (more: Readonly<Record<string, string>>) => string;
}): Child {
  const { path, page, pages, query } = given;
  if (pages <= 1) return null;
  const to = (number: number) => `${path}?${query({ page: String(number) })}`;
  const near = [1, page - 2, page - 1, page, page + 1, page + 2, pages].filter((number) => number >= 1 && number <= pages);
  const shown = [...new Set(near)];
  return (
    <nav class="fr-pagination fr-mb-3w" aria-label="Pages de la liste">
      <ul class="fr-pagination__list">
        <Step label="Page précédente" kind="prev" href={page > 1 ? to(page - 1) : null} />
        {shown.map((number, index) => (
          <>
            {index > 0 && number - (shown[index - 1] ?? 0) > 1 && (
              <li>
                <span class="fr-pagination__link">…</span>
              </li>
            )}
            <li>
              {number === page ? (
                <a class="fr-pagination__link" aria-current="page" title={`Page ${number}, cette page`}>
                  {number}
                </a>
              ) : (
                <a class="fr-pagination__link" href={to(number)} title={`Page ${number}`}>
                  {number}
                </a>
              )}
            </li>
          </>
        ))}
        <Step label="Page suivante" kind="next" href={page < pages ? to(page + 1) : null} />
      </ul>
    </nav>
  );
}

function Step({ label, kind, href }: { readonly label: string; readonly kind: "prev" | "next"; readonly href: string | null }): Child {
  const style = `fr-pagination__link fr-pagination__link--${kind} fr-pagination__link--lg-label`;
  return (
    <li>
      {href === null ? (
        <a class={style} aria-disabled="true" role="link">
          {label}
        </a>
      ) : (
        <a class={style} href={href} rel={kind}>
          {label}
        </a>
      )}
    </li>
  );
}
