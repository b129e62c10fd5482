import type { FeedBody } from "../../kit/feed.ts";
import { RunFailed } from "../../model/run/run-error.ts";
import { facetIn, type RequestedFacets } from "./feed-query.ts";
import type { PageParameters } from "./page-addresses.ts";

type Json = Extract<FeedBody, { kind: "json" }>["value"];
type Part = Extract<FeedBody, { kind: "multipart" }>["parts"][number];

/**
 * Writes the body of a query. Replaces placeholders by facet values. Adds the parameters of a page as keys, fields or parts at the top
 * level, where they replace existing ones with the same name.
 */
export function writeRequestBody(body: FeedBody, parameters: PageParameters = {}, facets: RequestedFacets = {}): RequestBody {
  switch (body.kind) {
    case "json":
      return { contentType: "application/json", bytes: utf8(JSON.stringify(withKeys(fillPlaceholders(body.value, facets), parameters))) };
    case "form":
      return { contentType: "application/x-www-form-urlencoded", bytes: utf8(formOf(body.fields, parameters, facets)) };
    case "multipart":
      return multipartOf(withParts(body.parts, parameters, facets));
  }
}

/**
 * Replaces each placeholder by its value, or by a list if it has several. Values of a placeholder in a list become members of that list.
 */
function fillPlaceholders(value: Json, facets: RequestedFacets): Json {
  if (typeof value === "string") return valueOrList(value, facets);
  if (Array.isArray(value)) {
    return value.flatMap<Json>((member) =>
      typeof member === "string" ? (facetIn(member, facets)?.values ?? member) : [fillPlaceholders(member, facets)],
    );
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fillPlaceholders(member, facets)]));
}

function valueOrList(text: string, facets: RequestedFacets): Json {
  const [only = text, ...others] = facetIn(text, facets)?.values ?? [];
  return others.length === 0 ? only : [only, ...others];
}

function withKeys(value: Json, parameters: PageParameters): Json {
  if (Object.keys(parameters).length === 0) return value;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value, ...parameters };
  throw new RunFailed("internal", { reason: "the body is not a JSON object, so it cannot contain the parameters of paging" });
}

function formOf(fields: Readonly<Record<string, string>>, parameters: PageParameters, facets: RequestedFacets): string {
  const form = new URLSearchParams();
  for (const [name, text] of Object.entries(fields)) {
    for (const value of facetIn(text, facets)?.values ?? [text]) form.append(name, value);
  }
  for (const [name, value] of Object.entries(parameters)) form.set(name, String(value));
  return form.toString();
}

function withParts(parts: readonly Part[], parameters: PageParameters, facets: RequestedFacets): readonly Part[] {
  const kept = parts.filter(({ name }) => !Object.hasOwn(parameters, name));
  const added = Object.entries(parameters).map(([name, value]) => ({ name, value: String(value) }));
  return [...kept.map(({ name, value }) => ({ name, value: fillPlaceholders(value, facets) })), ...added];
}

function multipartOf(parts: readonly Part[]): RequestBody {
  const written = parts.map(writtenPart);
  const boundary = unusedBoundary(written);
  const text = written.map((part) => `--${boundary}\r\n${part}\r\n`).join("");
  return { contentType: `multipart/form-data; boundary=${boundary}`, bytes: utf8(`${text}--${boundary}--\r\n`) };
}

/**
 * Writes a part. JSON is sent as a file named "blob", as browsers do: servers that expect JSON in a part (Spring, the EU portal) require
 * it.
 */
function writtenPart({ name, value }: Part): string {
  const head = `Content-Disposition: form-data; name="${quoted(name)}"`;
  if (typeof value === "string") return `${head}\r\n\r\n${value}`;
  return `${head}; filename="blob"\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(value)}`;
}

/** Escapes a name as browsers do (HTML, multipart/form-data). */
function quoted(name: string): string {
  return name.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22");
}

function unusedBoundary(texts: readonly string[]): string {
  for (let number = 1; ; number++) {
    const boundary = `moisson-${number}-`;
    if (!texts.some((text) => text.includes(boundary))) return boundary;
  }
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Body of a request. A retry can send it again. */
export interface RequestBody {
  /** Value of the `Content-Type` header, including the boundary. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
}
