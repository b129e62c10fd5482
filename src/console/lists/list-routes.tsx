import type { Child } from "hono/jsx";
import { isDay } from "../../model/text/is-day.ts";
import type { Choice } from "../parts/form-controls.tsx";
import { formatNumber, Table } from "../parts/table.tsx";
import { type PageRoute, pageRoute } from "../route.ts";
import type { Visit } from "../visit.ts";
import { type Choices, FilterForm } from "./filter-form.tsx";
import type { Column, Filter, List } from "./list.ts";
import { Pager } from "./pager.tsx";
import { TableFileLinks, tableFileRoutes } from "./table-files.tsx";

/** About two screens. */
const rowsPerPage = 20;
/** Maximum number of exported rows. Excel has a higher limit. */
const maxExported = 200_000;

/** Returns the three routes of a list: page, CSV, Excel. */
export function listRoutes<Row>(list: List<Row>): readonly PageRoute[] {
  const { path, who, fileName, title, columns } = list;
  return [
    pageRoute(path, who, (visit) => listPage(list, visit)),
    ...tableFileRoutes(path, who, async (visit) => {
      const rows = exportedRows(list, visit, await readFilter(list, visit));
      return { fileName, title, columns, pages: await firstPageRead(rows) };
    }),
  ];
}

async function listPage<Row>(list: List<Row>, visit: Visit) {
  const filter = await readFilter(list, visit);
  const count = await list.count(visit, filter);
  const pages = Math.max(1, Math.ceil(count / rowsPerPage));
  const page = Math.min(pages, Math.max(1, Number.parseInt(visit.query.get("page") ?? "1", 10) || 1));
  const rows = await list.rows(visit, filter, { limit: rowsPerPage, offset: (page - 1) * rowsPerPage });
  const isFiltered = Object.keys(filter).length > 0;
  const path = pathOf(list, visit);
  const columns = list.columns.filter(({ isExportOnly }) => isExportOnly !== true);
  const cells = rows.map((row) => columns.map((column) => shown(column, row, visit)));
  const table =
    rows.length === 0 ? (
      <p class="fr-mb-6w">{list.empty(isFiltered)}</p>
    ) : (
      <Table caption={list.caption(count)} head={columns} rows={cells} />
    );
  const query = (more: Readonly<Record<string, string>>) => new URLSearchParams({ ...filter, ...more }).toString();
  const content: Child = (
    <>
      <h1>{list.title}</h1>
      {await list.above?.(visit, filter)}
      {list.filters.length > 0 && (count > 0 || isFiltered) && (
        <FilterForm fields={list.filters} path={path} filter={filter} choices={await choicesOf(list, visit)} />
      )}
      {list.wrapTable === undefined ? table : await list.wrapTable(table, visit, filter, rows)}
      <Pager path={path} page={page} pages={pages} query={query} />
      {count > 0 && (
        <>
          {count > maxExported && <p>{`Le fichier s’arrête à ${formatNumber(maxExported)} lignes.`}</p>}
          <TableFileLinks what="la liste" path={path} search={`?${query({})}`} />
        </>
      )}
    </>
  );
  return { title: list.windowTitle ?? list.title, content, breadcrumb: list.breadcrumb?.(visit) ?? [] };
}

/** Returns the path of a list with its parameters replaced, for example `:run` in `/collectes/:run/rejets`. */
function pathOf<Row>({ path }: List<Row>, { params }: Visit): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
}

function shown<Row>(column: Column<Row>, row: Row, visit: Visit): Child {
  if (column.cell !== undefined) return column.cell(row, visit);
  const text = column.text(row);
  return typeof text === "number" ? formatNumber(text) : (text ?? "");
}

async function choicesOf<Row>(list: List<Row>, visit: Visit): Promise<Choices> {
  const found = new Map<string, readonly Choice[]>();
  for (const { name, choices } of list.filters) if (choices !== undefined) found.set(name, await choices(visit));
  return found;
}

/** Reads the filters from the URL. Ignores invalid values. */
async function readFilter<Row>(list: List<Row>, visit: Visit): Promise<Filter> {
  const filter: Record<string, string> = {};
  for (const field of list.filters) {
    const value = (visit.query.get(field.name) ?? "").trim().slice(0, 300);
    if (value === "") continue;
    if (field.kind === "date" && !isDay(value)) continue;
    if (field.choices !== undefined && !(await field.choices(visit)).some((choice) => choice.value === value)) continue;
    filter[field.name] = value;
  }
  return filter;
}

async function* exportedRows<Row>(list: List<Row>, visit: Visit, filter: Filter): AsyncGenerator<readonly Row[]> {
  if (list.all !== undefined) return yield* list.all(visit, filter);
  const limit = 500;
  for (let offset = 0; offset < maxExported; offset += limit) {
    const rows = await list.rows(visit, filter, { limit, offset });
    if (rows.length > 0) yield rows;
    if (rows.length < limit) return;
  }
}

/** Reads the first page before the download starts, so that the browser can still show an error page. */
async function firstPageRead<T>(pages: AsyncGenerator<T>): Promise<AsyncIterable<T>> {
  const first = await pages.next();
  return (async function* () {
    if (first.done === true) return;
    yield first.value;
    yield* pages;
  })();
}
