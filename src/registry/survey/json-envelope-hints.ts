import { isRecord } from "../../kit/expressions/field-path.ts";
import type { PagingInput, Reading, Values } from "./survey.ts";

type Json = Extract<Reading, { format: "json" }>;

const totalName = /^(?:count|total|nhits|total_?count|totalResults|totalHits|numFound|recordsTotal|nb_?\w*|nombre\w*|\w*_total)$/i;
const wellName = /^(?:success|ok|succes)$/i;
/** Usual paths of the next page's address. */
const nextPaths = ["next", "links.next", "_links.next.href", "pagination.next", "meta.next"];

/** Finds in a JSON document the announced total and the keys that report success. */
export function envelopeOf(document: Values): Pick<Json, "total" | "mustBe"> {
  const total = Object.entries(document).find(([key, value]) => totalName.test(key) && isCount(value))?.[0];
  const well = Object.entries(document).filter(([key, value]) => wellName.test(key) && value === true);
  return {
    ...(total !== undefined && { total }),
    ...(well.length > 0 && { mustBe: Object.fromEntries(well) as Record<string, boolean> }),
  };
}

/** Recognises a document with a next page (null, or an address under a usual key). */
export function pagingOf(document: Values): PagingInput | null {
  const path = nextPaths.find((candidate) => isNext(document, candidate.split(".")));
  return path === undefined ? null : { kind: "nextLink", path };
}

function isCount(value: unknown): boolean {
  if (typeof value !== "number" && (typeof value !== "string" || value.trim() === "")) return false;
  return Number.isSafeInteger(Number(value)) && Number(value) >= 0;
}

function isNext(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return value === null || (typeof value === "string" && /^(?:https?:\/)?\//.test(value));
  return isRecord(value) && Object.hasOwn(value, key) && isNext(value[key], rest);
}
