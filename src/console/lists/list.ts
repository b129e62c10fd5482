import type { Child } from "hono/jsx";
import type { Role } from "../../model/publisher/role.ts";
import type { Choice } from "../parts/form-controls.tsx";
import type { Page } from "../route.ts";
import type { Visit } from "../visit.ts";

/** A filter of a list: a field of its form and a parameter of its URL. */
export interface FilterField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind: "text" | "date" | "choice";
  /** For texts: converts the value in the URL to the text in the field. Default: the same text. */
  readonly format?: (value: string) => string;
  /** For choices: the options. */
  readonly choices?: (visit: Visit) => Promise<readonly Choice[]> | readonly Choice[];
  /** For choices: label of the empty option. */
  readonly anyLabel?: string;
  /** Rarely used: collapsed by default. */
  readonly isAdvanced?: boolean;
}

/** A column, on screen and in the exported file. */
export interface Column<Row> {
  readonly title: string;
  /** The cell on screen. Default: its text. */
  readonly cell?: (row: Row, visit: Visit) => Child;
  /** The text in the exported file. Dates are `YYYY-MM-DD`. */
  readonly text: (row: Row) => string | number | null;
  readonly isNumber?: boolean;
  /** Only in the exported file. */
  readonly isExportOnly?: boolean;
}

/** Values of the filters in use, by name. */
export type Filter = Readonly<Record<string, string>>;

/** A list, shown as a page with filters and downloaded as CSV or Excel. */
export interface List<Row> {
  /** In Hono's syntax, with or without parameters. */
  readonly path: string;
  readonly who: Role;
  readonly title: string;
  /** Title of the window and in the breadcrumb, if other lists have the same title. */
  readonly windowTitle?: string;
  /** Caption with the count: `counted(n, "collecte")`. */
  readonly caption: (count: number) => string;
  readonly filters: readonly FilterField[];
  readonly columns: readonly Column<Row>[];
  /** Returns up to `limit` rows from `offset` on. */
  readonly rows: (visit: Visit, filter: Filter, place: { readonly limit: number; readonly offset: number }) => Promise<readonly Row[]>;
  readonly count: (visit: Visit, filter: Filter) => Promise<number>;
  /** Returns all rows, for the exported file. Default: page by page. */
  readonly all?: (visit: Visit, filter: Filter) => AsyncIterable<readonly Row[]>;
  /** Text of an empty list. */
  readonly empty: (isFiltered: boolean) => string;
  /** Content between title and filters. */
  readonly above?: (visit: Visit, filter: Filter) => Promise<Child> | Child;
  /** Wraps the table, for example in a form that acts on ticked rows. `rows`: the rows of this page. */
  readonly wrapTable?: (table: Child, visit: Visit, filter: Filter, rows: readonly Row[]) => Promise<Child> | Child;
  /** Pages above this one. Default: the home page. */
  readonly breadcrumb?: (visit: Visit) => NonNullable<Page["breadcrumb"]>;
  /** Base name of the exported files. */
  readonly fileName: string;
}
