import type { ApiAnswer, ApiVisit } from "../route.ts";

/** A page of a list, as Aides-territoires has it: how many there are, where the pages beside it are, its records as JSON. */
export interface Page {
  readonly count: number;
  readonly previous: string | null;
  readonly next: string | null;
  /** Members of ours, beside. */
  readonly more?: Readonly<Record<string, unknown>>;
  readonly records: readonly (Uint8Array | string)[];
}

/** The JSON of a page, made of records that are JSON. */
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

/** The list that was asked for at another page, as an absolute address. */
export function pageAddress({ services, query }: Pick<ApiVisit, "services" | "query">, page: number | null, after: string | null): string {
  const other = new URLSearchParams(query);
  other.delete("after");
  if (page !== null) other.set("page", String(page));
  else other.delete("page");
  if (after !== null) other.set("after", after);
  return `${services.url}/api/aids/?${other}`;
}
