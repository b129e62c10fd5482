import { isRecord } from "../../kit/expressions/field-path.ts";
import type { PagingInput, Reading, Values } from "./survey.ts";

type Json = Extract<Reading, { format: "json" }>;

const totalName = /^(?:count|total|nhits|total_?count|totalResults|totalHits|numFound|recordsTotal|nb_?\w*|nombre\w*|\w*_total)$/i;
const wellName = /^(?:success|ok|succes)$/i;
/** Where the address of the next page stands. */
const nextPaths = ["next", "links.next", "_links.next.href", "pagination.next", "meta.next"];

/** What a JSON document says of itself beside its records: how many there are, that all is well. */
export function envelopeOf(document: Values): Pick<Json, "total" | "mustBe"> {
  const total = Object.entries(document).find(([key, value]) => totalName.test(key) && isCount(value))?.[0];
  const well = Object.entries(document).filter(([key, value]) => wellName.test(key) && value === true);
  return {
    ...(total !== undefined && { total }),
    ...(well.length > 0 && { mustBe: Object.fromEntries(well) as Record<string, boolean> }),
  };
}

/** A document that names its next page, or says that there is none: null, or an address under a usual key. */
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
