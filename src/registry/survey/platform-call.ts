import type { ConnectorInput } from "../../kit/definition.ts";
import type { Rule } from "../../kit/field-rules.ts";
import { aidesTerritoiresApi } from "../../kit/platforms/aides-territoires-api.ts";
import { dispositifAide } from "../../kit/platforms/dispositif-aide.ts";
import { manualTemplate } from "../../kit/platforms/manual-template.ts";
import { moissonTemplate } from "../../kit/platforms/moisson-template.ts";
import { openDataSoft } from "../../kit/platforms/open-data-soft.ts";
import { rss } from "../../kit/platforms/rss.ts";
import { wordpressExport } from "../../kit/platforms/wordpress-export.ts";
import { pathsOfRule } from "../../kit/rules/rule-paths.ts";
import type { FactoryCall } from "./proposal.ts";
import type { PlatformName, Survey, Values } from "./survey.ts";

/** Converts a definition to a call of its platform's factory, or of `defineConnector` if no factory fits. */
export function platformCall(survey: Survey, definition: ConnectorInput): FactoryCall {
  const written = byFactory(survey, definition);
  // Some publishers copy the records of a platform but put them at another path, where the factory would not find them.
  return readsAlike(written.definition.decode, survey.reading) ? written : plainCall(definition);
}

function readsAlike(decode: ConnectorInput["decode"], reading: Survey["reading"]): boolean {
  if (decode.format !== reading.format) return false;
  const paths = (of: ConnectorInput["decode"]) => ("recordPath" in of && of.recordPath !== undefined ? [of.recordPath].flat() : [""]);
  const rows = (of: ConnectorInput["decode"]) => ("headerRow" in of ? (of.headerRow ?? 1) : 1);
  const areLines = (of: ConnectorInput["decode"]) => of.format === "json" && of.lines === true;
  return (
    paths(reading).every((path) => paths(decode).includes(path)) && rows(decode) === rows(reading) && areLines(decode) === areLines(reading)
  );
}

function byFactory({ platform, records, reading }: Survey, definition: ConnectorInput): FactoryCall {
  const { decode: _, ...rest } = definition;
  const keys = new Set(records.slice(0, 50).flatMap((record: Values) => Object.keys(record)));
  switch (platform) {
    case "wordpressExport":
      return callOf("wordpressExport", wordpressExport, { ...rest, shape: keys.has("post_title") ? "flat" : "restApi" }, definition);
    case "rss":
      return callOf(
        "rss",
        rss,
        { ...rest, format: reading.format === "xml" && reading.recordPath === "/feed/entry" ? "atom" : "rss" },
        definition,
      );
    case "dispositifAide":
      return reading.format === "csv" || reading.format === "json"
        ? callOf("dispositifAide", dispositifAide, { ...rest, ...schemaFile(reading) }, definition)
        : plainCall(definition);
    case "aidesTerritoiresApi":
      return callOf(
        "aidesTerritoiresApi",
        aidesTerritoiresApi,
        { ...rest, servedBy: isSite(keys, records) ? "site" : "publisher" },
        definition,
      );
    case "openDataSoft":
      return portalCall(definition) ?? plainCall(definition);
    case "manualTemplate":
      return templateCall("manualTemplate", manualTemplate, definition);
    case "moissonTemplate":
      return templateCall("moissonTemplate", moissonTemplate, definition);
    default:
      return plainCall(definition);
  }
}

function plainCall(definition: ConnectorInput): FactoryCall {
  return { definition, factory: "defineConnector", argument: { ...definition } };
}

/** Calls a factory. Passes the proposed rules that the factory lacks, or that read more fields than its own rules. */
function callOf<A extends object>(
  factory: PlatformName,
  make: (argument: A) => ConnectorInput,
  argument: Omit<A, "fields" | "ignored"> & { fields?: object },
  definition: ConnectorInput,
): FactoryCall {
  const bare = make({ ...argument, fields: {}, ignored: [] } as unknown as A);
  const fixed = new Map(Object.entries(bare.fields) as [string, Rule][]);
  const own = Object.entries(definition.fields).filter(([field, rule]) => readsMore(rule, fixed.get(field)));
  const read = new Set(
    [...fixed.values(), ...own.map(([, rule]) => rule as Rule)].flatMap(pathsOfRule).flatMap((path) => [path, firstKey(path)]),
  );
  const known = new Set([...(bare.ignored ?? []), ...read]);
  const ignored = (definition.ignored ?? []).filter((key) => !known.has(key));
  const newlyFree = Object.values(definition.fields)
    .flatMap((rule) => pathsOfRule(rule as Rule))
    .map(firstKey)
    .filter((key) => !known.has(key));
  const given = { ...argument, ignored: [...new Set([...ignored, ...newlyFree])], fields: Object.fromEntries(own) };
  return { definition: make(given as unknown as A), factory, argument: given };
}

function readsMore(rule: Rule, fixed: Rule | undefined): boolean {
  if (fixed === undefined) return true;
  const paths = new Set(pathsOfRule(rule));
  return paths.size > new Set(pathsOfRule(fixed)).size && pathsOfRule(fixed).some((path) => paths.has(path));
}

function firstKey(path: string): string {
  const end = path.search(/[.[]/);
  return end > 0 ? path.slice(0, end) : path;
}

function schemaFile(reading: Survey["reading"]): { format: "csv" | "json"; recordPath?: string } {
  const path = reading.format === "json" ? reading.recordPath : undefined;
  return { format: reading.format === "csv" ? "csv" : "json", ...(typeof path === "string" && { recordPath: path }) };
}

/** Returns true for the API of Aides-territoires itself, which alone has scales, rates with two bounds, or themes before categories. */
function isSite(keys: ReadonlySet<string>, records: readonly Values[]): boolean {
  return (
    keys.has("perimeter_scale") || keys.has("subvention_rate_lower_bound") || JSON.stringify(records[0]?.categories ?? "").includes("|")
  );
}

/** Calls `openDataSoft` with the portal, dataset and version of the address. Returns null if the address does not contain them. */
function portalCall(definition: ConnectorInput): FactoryCall | null {
  const { url } = definition.feed;
  const [, domain, dataset, form] =
    /^https:\/\/([^/]+)\/api\/explore\/v2\.1\/catalog\/datasets\/([^/?]+)\/(records|exports\/json)(?:\?|$)/.exec(url ?? "") ?? [];
  if (domain === undefined || dataset === undefined) return null;
  const { feed: _, decode: __, ...rest } = definition;
  const version = form === "records" ? ("explore-v2.1" as const) : ("exports" as const);
  return callOf("openDataSoft", openDataSoft, { ...rest, domain, dataset, ...(version !== "exports" && { version }) }, definition);
}

/** Calls the factory of a template and adds the publisher and state of this connector. */
function templateCall(
  factory: "manualTemplate" | "moissonTemplate",
  make: typeof manualTemplate,
  { id, feed, decode, publisher, state }: ConnectorInput,
): FactoryCall {
  const base = make({ id, feed, decode });
  const over = { publisher, state };
  return {
    definition: { ...base, ...over } as ConnectorInput,
    factory: "defineConnector",
    argument: over,
    base: { factory, argument: { id, feed, decode } },
  };
}
