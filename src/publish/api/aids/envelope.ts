import type { ApiAnswer, ApiVisit } from "../api-route.ts";
import { aidParameters } from "../parameters/aid-parameters.ts";
import { ignoredParameters, type Parameter } from "../parameters/parameter.ts";

/** A page of a list as on Aides-territoires: count, addresses of neighbouring pages, records as JSON. */
export interface Page {
  readonly count: number;
  readonly previous: string | null;
  readonly next: string | null;
  /** Our additional members. */
  readonly more?: Readonly<Record<string, unknown>>;
  readonly records: readonly (Uint8Array | string)[];
}

/** Writes the JSON of a page from records in JSON. */
export function envelope({ count, previous, next, more, records }: Page): ApiAnswer {
  const head = JSON.stringify({ count, previous, next, ...more }).slice(0, -1);
  const pieces: Uint8Array[] = [Buffer.from(`${head},"results":[`)];
  records.forEach((record, place) => {
    if (place > 0) pieces.push(comma);
    pieces.push(typeof record === "string" ? Buffer.from(record) : record);
  });
  pieces.push(Buffer.from("]}"));
  return { json: Buffer.concat(pieces) };
}

const comma = Buffer.from(",");

/** Returns the absolute address of another page of the list. `path`: of the list. */
export function pageAddress(
  { services, query }: Pick<ApiVisit, "services" | "query">,
  page: number | null,
  after: string | null,
  path = "/api/aids/",
): string {
  const other = new URLSearchParams(query);
  other.delete("after");
  if (page !== null) other.set("page", String(page));
  else other.delete("page");
  if (after !== null) other.set("after", after);
  return `${services.url}${path}?${other}`;
}

/** Returns the names of parameters that did not change the answer, so that nobody takes it for a filtered one. */
export function ignoredOf({ query }: Pick<ApiVisit, "query">, table: Readonly<Record<string, Parameter>> = aidParameters) {
  const ignored = ignoredParameters(table, query);
  return ignored.length === 0 ? {} : { ignored_parameters: ignored };
}
