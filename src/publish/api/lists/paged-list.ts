import { envelope, ignoredOf, pageAddress } from "../aids/envelope.ts";
import type { ApiAnswer, ApiVisit } from "../api-route.ts";
import { pageParameters } from "../parameters/page-parameters.ts";
import { type Parameter, readParameters } from "../parameters/parameter.ts";

const maxPages = 1_000_000;
const entriesPerPage = { default: 50, max: 1000 } as const;

/** Parameters of every paged list. */
export const listParameters = pageParameters("Entrées", maxPages, entriesPerPage);

/** Parameters of lists of terms, which fit on one page, so that a client that reads only the first page has them all. */
export const termListParameters = pageParameters("Entrées", maxPages, { ...entriesPerPage, default: 100 });

/** Answers a page of a whole list. `table`: the parameters of the route, to name those that it ignored. */
export function pagedList<Entry>(
  visit: ApiVisit,
  table: Readonly<Record<string, Parameter>>,
  {
    page = 1,
    itemsPerPage = Number(table.itemsPerPage?.schema.default),
  }: { readonly page?: number | undefined; readonly itemsPerPage?: number | undefined },
  entries: readonly Entry[],
  recordOf: (entry: Entry) => object,
): ApiAnswer {
  const path = `${new URL(visit.request.url).pathname.replace(/\/+$/, "")}/`;
  const first = (page - 1) * itemsPerPage;
  return envelope({
    count: entries.length,
    previous: page > 1 ? pageAddress(visit, page - 1, null, path) : null,
    next: first + itemsPerPage < entries.length ? pageAddress(visit, page + 1, null, path) : null,
    more: ignoredOf(visit, table),
    records: entries.slice(first, first + itemsPerPage).map((entry) => JSON.stringify(recordOf(entry))),
  });
}

/** Answers an empty list for what Aides-territoires has and we do not. */
export function emptyList(visit: ApiVisit, table: Readonly<Record<string, Parameter>>): ApiAnswer {
  readParameters(table, visit.query);
  return pagedList(visit, table, {}, [], () => ({}));
}
