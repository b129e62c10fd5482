import type { Child } from "hono/jsx";
import type { Role } from "../../model/publisher/role.ts";
import { type ExcelColumn, excelOf } from "../../publish/exports/excel-of.ts";
import { type PageRoute, pageRoute } from "../route.ts";
import type { Visit } from "../visit.ts";
import { csvOf } from "./csv-of.ts";

/** A table to download as CSV or Excel. */
interface TableFile<Row> {
  /** Without extension. */
  readonly fileName: string;
  /** Name of the Excel sheet. */
  readonly title: string;
  readonly columns: readonly ExcelColumn<Row>[];
  readonly pages: AsyncIterable<readonly Row[]>;
}

/** Returns the routes of a table's two files: `path` with `.csv` and with `.xlsx`. */
export function tableFileRoutes<Row>(path: string, who: Role, read: (visit: Visit) => Promise<TableFile<Row>>): readonly PageRoute[] {
  return [
    pageRoute(`${path}.csv`, who, async (visit) => {
      const { fileName, columns, pages } = await read(visit);
      return { fileName: `${fileName}.csv`, type: "text/csv; charset=utf-8", body: csvOf(columns, pages) };
    }),
    pageRoute(`${path}.xlsx`, who, async (visit) => {
      const { fileName, title, columns, pages } = await read(visit);
      const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
      return { fileName: `${fileName}.xlsx`, type, body: excelOf(title, columns, pages) };
    }),
  ];
}

/** Yields all rows as one page. */
export async function* onePage<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows;
}

/** Links to the files of a table. `what`: for example « la liste ». `search`: the query of the URL, with its question mark. */
export function TableFileLinks(given: { readonly what: string; readonly path: string; readonly search?: string }): Child {
  const { what, path, search = "" } = given;
  return (
    <ul class="moisson-links fr-mb-1w moisson-no-print">
      <li>
        <a class="fr-link fr-link--download" href={`${path}.csv${search}`}>{`Télécharger ${what} en CSV`}</a>
      </li>
      <li>
        <a class="fr-link fr-link--download" href={`${path}.xlsx${search}`}>{`Télécharger ${what} pour Excel`}</a>
      </li>
    </ul>
  );
}
