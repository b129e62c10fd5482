import type { ConnectorInput } from "../../kit/definition.ts";
import { firstSegment } from "../../kit/expressions/field-path.ts";
import type { Rule } from "../../kit/field-rules.ts";
import { aidesTerritoiresApi } from "../../kit/platforms/aides-territoires-api.ts";
import { dispositifAide } from "../../kit/platforms/dispositif-aide.ts";
import { manualTemplate } from "../../kit/platforms/manual-template.ts";
import { moissonTemplate } from "../../kit/platforms/moisson-template.ts";
import { openDataSoft } from "../../kit/platforms/open-data-soft.ts";
import { rss } from "../../kit/platforms/rss.ts";
import { site } from "../../kit/platforms/site.ts";
import { sitemap } from "../../kit/platforms/sitemap.ts";
import { wordpressExport } from "../../kit/platforms/wordpress-export.ts";
import { pathsOfRule, rulesOf } from "../../kit/rules/rule-paths.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import { canonicalJson } from "../../model/text/canonical.ts";
import type { PlatformName, Survey } from "../survey.ts";
import type { FactoryCall } from "./proposal.ts";

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

function byFactory(survey: Survey, definition: ConnectorInput): FactoryCall {
  const { platform, records, reading } = survey;
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
    case "site":
      return siteCall(survey, definition) ?? plainCall(definition);
    case "sitemap":
      return sitemapCall(definition) ?? plainCall(definition);
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
  const fixed = new Map(rulesOf(bare));
  const ofPages = new Set(definition.details === undefined ? [] : Object.values(definition.details.read).flatMap(keysOf));
  const proposed = rulesOf(definition);
  const own = proposed.filter(
    ([field, rule]) => readsMore(rule, fixed.get(field)) || pathsOfRule(rule).some((path) => ofPages.has(firstSegment(path))),
  );
  const read = new Set(
    [...fixed.values(), ...own.map(([, rule]) => rule)].flatMap(pathsOfRule).flatMap((path) => [path, firstSegment(path)]),
  );
  const known = new Set([...(bare.ignored ?? []), ...read]);
  const ignored = (definition.ignored ?? []).filter((key) => !known.has(key));
  const newlyFree = proposed.flatMap(([, rule]) => pathsOfRule(rule).map(firstSegment)).filter((key) => !known.has(key));
  const given = { ...argument, ignored: [...new Set([...ignored, ...newlyFree])], fields: Object.fromEntries(own) };
  return { definition: make(given as unknown as A), factory, argument: given };
}

/** Returns the fields of a part of `details.read`. */
function keysOf(part: unknown): string[] {
  return typeof part === "object" && part !== null && !Array.isArray(part) ? Object.keys(part) : [];
}

function readsMore(rule: Rule, fixed: Rule | undefined): boolean {
  if (fixed === undefined) return true;
  const paths = new Set(pathsOfRule(rule));
  return paths.size > new Set(pathsOfRule(fixed)).size && pathsOfRule(fixed).some((path) => paths.has(path));
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

/** Calls `site` with what the pages have besides the usual markup of the software. Returns null if the definition differs from the call's result. */
function siteCall({ site: found }: Survey, definition: ConnectorInput): FactoryCall | null {
  const software = found?.software ?? null;
  if (software === null || definition.details === undefined) return null;
  const { decode: _, feed, details, ...about } = definition;
  const usual = site({ ...definition, software, feed: {} } as Parameters<typeof site>[0]);
  const read = Object.fromEntries(
    Object.entries(details.read).flatMap(([key, wanted]) => {
      const own = key === "values" ? withoutUsual(wanted as object, usual.details?.read.values ?? {}) : wanted;
      return typeof own === "object" && Object.keys(own).length === 0 ? [] : [[key, own]];
    }),
  );
  const { paging, ...place } = feed;
  const isUsualPaging = canonicalJson(paging ?? null) === canonicalJson(usual.feed.paging ?? null);
  const argument = {
    ...about,
    software,
    feed: (isUsualPaging ? place : feed) as ConnectorInput["feed"],
    ...(Object.keys(read).length > 0 && { details: { read } }),
  } as Parameters<typeof site>[0];
  const made = site(argument);
  const isSame = canonicalJson([made.decode, made.feed, made.details]) === canonicalJson([definition.decode, feed, details]);
  return isSame ? { definition: made, factory: "site", argument: { ...argument } } : null;
}

/** Calls `sitemap` with the patterns of the pages. Returns null if the definition differs from the call's result. */
function sitemapCall(definition: ConnectorInput): FactoryCall | null {
  const { decode: _, feed, details, ...about } = definition;
  const [first, ...others] = details?.only ?? [];
  if (details === undefined || first === undefined) return null;
  const { paging: __, ...place } = feed;
  const known = new Set(
    sitemap({ ...about, feed: {}, pages: ["/"], details: { read: {} } } as Parameters<typeof sitemap>[0]).ignored ?? [],
  );
  const ignored = (about.ignored ?? []).filter((key) => !known.has(key));
  const argument = {
    ...about,
    ignored,
    feed: place as ConnectorInput["feed"],
    pages: [first, ...others] as const,
    details: { read: details.read },
  };
  const made = sitemap(argument as unknown as Parameters<typeof sitemap>[0]);
  const isSame = canonicalJson([made.feed, made.details]) === canonicalJson([feed, { ...details, changed: "lastmod" }]);
  return isSame ? { definition: made, factory: "sitemap", argument } : null;
}

function withoutUsual(values: object, usual: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([field, written]) => (usual as Readonly<Record<string, unknown>>)[field] !== written),
  );
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
