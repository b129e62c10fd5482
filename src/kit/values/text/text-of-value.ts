import { isRecord } from "../../expressions/field-path.ts";

/** JavaScript writes integers from here on with an exponent. */
const plainInteger = 1e21;

/** Converts a single value to text. Null for lists, NaN and most objects; an XML element gives its text, a date an ISO date. */
export function textOfValue(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? digits(value) : null;
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : isoText(value);
  if (isRecord(value) && Object.hasOwn(value, "#text")) return textOfValue(value["#text"]);
  return null;
}

function digits(value: number): string {
  if (value === 0) return "0";
  if (Number.isInteger(value) && Math.abs(value) >= plainInteger) return BigInt(value).toString();
  return Math.abs(value) < 1e-6 ? value.toFixed(20).replace(/0+$/, "") : String(value);
}

function isoText(value: Date): string {
  return value.toISOString().replace(/T00:00:00\.000Z$/, "");
}
