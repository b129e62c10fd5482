import { characterCount } from "../../model/aid/aid.ts";
import { type ColumnRule, type DispositifAideColumn, type DispositifAideRow, dispositifAideColumns } from "./dispositif-aide-schema.ts";

/** The first broken constraint of a row, with its column in schema order. The file's writer checks `unique`. */
export interface RowFault {
  readonly column: DispositifAideColumn;
  readonly rule: "required" | "type" | "format" | "pattern" | "maxLength";
}

/** Checks a row against the national schema. Returns the first fault, or undefined. */
export function validateDispositifAide(row: DispositifAideRow): RowFault | undefined {
  for (const column of dispositifAideColumns) {
    const rule = brokenRule(column, row[column.name]);
    if (rule !== undefined) return { column: column.name, rule };
  }
  return undefined;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** RFC 3986: scheme, then allowed characters; others must be percent-encoded. */
const uri = /^[a-z][a-z0-9+.-]*:([\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})+$/i;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Returns true for a UUID of any version and case. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

function brokenRule(column: ColumnRule, value: string): RowFault["rule"] | undefined {
  if (value.trim() === "") return column.required ? "required" : undefined;
  if (column.type === "datetime" && !(instant.test(value) && Number.isFinite(Date.parse(value)))) return "type";
  if (column.format === "uuid" && !isUuid(value)) return "format";
  if (column.format === "uri" && !(uri.test(value) && URL.canParse(value))) return "format";
  if (column.pattern !== undefined && !column.pattern.test(value)) return "pattern";
  if (column.maxLength !== undefined && value.length > column.maxLength && characterCount(value) > column.maxLength) return "maxLength";
  return undefined;
}
