import type { Child } from "hono/jsx";
import type { Role } from "../../model/publisher/role.ts";
import type { Choice } from "../parts/form.tsx";
import type { Page } from "../route.ts";
import type { Visit } from "../visit.ts";

/** What a list is filtered by: a field of its form, and of its address. */
export interface FilterField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind: "text" | "date" | "choice";
  /** Of a text: how the field shows what the address asks for. Default: as it stands there. */
  readonly format?: (value: string) => string;
  /** Of a choice. */
  readonly choices?: (visit: Visit) => Promise<readonly Choice[]> | readonly Choice[];
  /** Of a choice: what stands for all. */
  readonly anyLabel?: string;
  /** Few ask for it: it stands folded away. */
  readonly isAdvanced?: boolean;
}

/** A column, on screen and in the exported file. */
export interface Column<Row> {
  readonly title: string;
  /** As it is shown; default: its text. */
  readonly cell?: (row: Row, visit: Visit) => Child;
  /** As it is exported. Dates as `YYYY-MM-DD`. */
  readonly text: (row: Row) => string | number | null;
  readonly isNumber?: boolean;
  /** In the file only. */
  readonly isExportOnly?: boolean;
}

/** What a list was asked for: by name of its fields, those that are filled. Values that a choice does not have are left out. */
export type Filter = Readonly<Record<string, string>>;

/** A list of the console: a page whose filter stands in its address, and the same list as CSV and as Excel. */
export interface List<Row> {
  /** As Hono writes it; parts of the path are filled in on the page. */
  readonly path: string;
  readonly who: Role;
  readonly title: string;
  /** What is listed, said of the number: `counted(n, "collecte")`. */
  readonly caption: (count: number) => string;
  readonly filters: readonly FilterField[];
  readonly columns: readonly Column<Row>[];
  /** Rows from `offset` on, `limit` at most. */
  readonly rows: (visit: Visit, filter: Filter, place: { readonly limit: number; readonly offset: number }) => Promise<readonly Row[]>;
  readonly count: (visit: Visit, filter: Filter) => Promise<number>;
  /** All rows, for the file. Default: page by page. */
  readonly all?: (visit: Visit, filter: Filter) => AsyncIterable<readonly Row[]>;
  /** What the page says where nothing is listed, by whether it is filtered. */
  readonly empty: (isFiltered: boolean) => string;
  /** Between title and filter. */
  readonly above?: (visit: Visit, filter: Filter) => Promise<Child> | Child;
  /** Between filter and table: what is done with the rows that are ticked… `rows`: those of this page. */
  readonly wrapTable?: (table: Child, visit: Visit, filter: Filter, rows: readonly Row[]) => Promise<Child> | Child;
  /** Pages above this one. Default: the first page. */
  readonly breadcrumb?: (visit: Visit) => NonNullable<Page["breadcrumb"]>;
  /** First part of the names of files. */
  readonly fileName: string;
}
