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
import type { PlatformName, Survey, Values } from "./survey.ts";

/** A connector as a call: the factory and its argument. */
export interface OnPlatform {
  readonly definition: ConnectorInput;
  readonly factory: PlatformName | "defineConnector";
  readonly argument: Readonly<Record<string, unknown>>;
  /** A factory whose result is spread into the argument, which overrides it. */
  readonly base?: { readonly factory: PlatformName; readonly argument: Readonly<Record<string, unknown>> };
}

/**
 * Writes the connector with the factory of its platform, which supplies everything common to its feeds. Returns it unchanged if no factory
 * fits.
 */
export function onPlatform(survey: Survey, definition: ConnectorInput): OnPlatform {
  const written = byFactory(survey, definition);
  // Publishers copy the form of records and move them elsewhere. A factory that would not find them does not fit.
  return readsAlike(written.definition.decode, survey.reading) ? written : asItStands(definition);
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

function byFactory({ platform, records, reading }: Survey, definition: ConnectorInput): OnPlatform {
  const { decode: _, ...rest } = definition;
  const keys = new Set(records.slice(0, 50).flatMap((record: Values) => Object.keys(record)));
  switch (platform) {
    case "wordpressExport":
      return called("wordpressExport", wordpressExport, { ...rest, shape: keys.has("post_title") ? "flat" : "restApi" }, definition);
    case "rss":
      return called(
        "rss",
        rss,
        { ...rest, format: reading.format === "xml" && reading.recordPath === "/feed/entry" ? "atom" : "rss" },
        definition,
      );
    case "dispositifAide":
      return reading.format === "csv" || reading.format === "json"
        ? called("dispositifAide", dispositifAide, { ...rest, ...schemaFile(reading) }, definition)
        : asItStands(definition);
    case "aidesTerritoiresApi":
      return called(
        "aidesTerritoiresApi",
        aidesTerritoiresApi,
        { ...rest, servedBy: isSite(keys, records) ? "site" : "publisher" },
        definition,
      );
    case "openDataSoft":
      return onPortal(definition) ?? asItStands(definition);
    case "manualTemplate":
      return onTemplate("manualTemplate", manualTemplate, definition);
    case "moissonTemplate":
      return onTemplate("moissonTemplate", moissonTemplate, definition);
    default:
      return asItStands(definition);
  }
}

function asItStands(definition: ConnectorInput): OnPlatform {
  return { definition, factory: "defineConnector", argument: { ...definition } };
}

/** Keeps the factory's rules; ours are added, and override them if they read more. */
function called<A extends object>(
  factory: PlatformName,
  make: (argument: A) => ConnectorInput,
  argument: Omit<A, "fields" | "ignored"> & { fields?: object },
  definition: ConnectorInput,
): OnPlatform {
  const bare = make({ ...argument, fields: {}, ignored: [] } as unknown as A);
  const fixed = new Map(Object.entries(bare.fields) as [string, Rule][]);
  const own = Object.entries(definition.fields).filter(([field, rule]) => saysMore(rule, fixed.get(field)));
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

function saysMore(rule: Rule, fixed: Rule | undefined): boolean {
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

/** Aides-territoires itself has scales, and themes before categories; publishers with the same API do not. */
function isSite(keys: ReadonlySet<string>, records: readonly Values[]): boolean {
  return (
    keys.has("perimeter_scale") || keys.has("subvention_rate_lower_bound") || JSON.stringify(records[0]?.categories ?? "").includes("|")
  );
}

/** The factory needs portal, dataset and version, which only the address contains. */
function onPortal(definition: ConnectorInput): OnPlatform | null {
  const { url } = definition.feed;
  const [, domain, dataset, form] =
    /^https:\/\/([^/]+)\/api\/explore\/v2\.1\/catalog\/datasets\/([^/?]+)\/(records|exports\/json)(?:\?|$)/.exec(url ?? "") ?? [];
  if (domain === undefined || dataset === undefined) return null;
  const { feed: _, decode: __, ...rest } = definition;
  const version = form === "records" ? ("explore-v2.1" as const) : ("exports" as const);
  return called("openDataSoft", openDataSoft, { ...rest, domain, dataset, ...(version !== "exports" && { version }) }, definition);
}

/** A template knows its columns better than a survey; publisher and state are this connector's. */
function onTemplate(
  factory: "manualTemplate" | "moissonTemplate",
  make: typeof manualTemplate,
  { id, feed, decode, publisher, state }: ConnectorInput,
): OnPlatform {
  const base = make({ id, feed, decode });
  const over = { publisher, state };
  return {
    definition: { ...base, ...over } as ConnectorInput,
    factory: "defineConnector",
    argument: over,
    base: { factory, argument: { id, feed, decode } },
  };
}
