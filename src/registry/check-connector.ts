import { addressVariable } from "../kit/address-variable.ts";
import { type Connector, ConnectorDefinition } from "../kit/definition.ts";
import { type PageReading, pageFields } from "../kit/detail-pages.ts";
import type { Rule } from "../kit/field-rules.ts";
import { pageValueProblem, selectorProblem } from "../kit/html-page.ts";
import { withWholePerimeters } from "../kit/rules/constant.ts";
import type { PerimetersRule } from "../kit/rules/perimeters.ts";
import { pathsOfRule, plainRulesOf, rulesOf } from "../kit/rules/rule-paths.ts";
import { isTimeZone } from "../kit/values/dates/calendar-date.ts";
import { formatProblem } from "../kit/values/dates/read-date.ts";
import { AidContent, type AidField } from "../model/aid/aid.ts";
import type { PerimeterRef } from "../model/territories/perimeter.ts";
import { findPerimeter } from "../model/territories/perimeters.ts";
import { cronProblem } from "./cron-problem.ts";
import { definitionProblems, keyOf } from "./definition-problems.ts";
import type { Found } from "./registry-error.ts";

/** Checks a definition. Returns the connector with defaults, or its problems. `fileName`, without extension, must equal the id. */
export function checkConnector(definition: unknown, fileName?: string): { connector: Connector } | { problems: Found[] } {
  const checked = ConnectorDefinition.safeParse(definition, { reportInput: true });
  if (!checked.success) return { problems: definitionProblems(checked.error) };
  const connector = checked.data as unknown as Connector;
  const problems = [...ownProblems(connector, fileName), ...ruleProblems(connector)];
  return problems.length === 0 ? { connector } : { problems };
}

function ownProblems(connector: Connector, fileName: string | undefined): Found[] {
  const problems: Found[] = [];
  const { id, feed, timeZone, schedule, publisher } = connector;
  if (fileName !== undefined && fileName !== id)
    problems.push({ key: "id", message: `is "${id}", but the file is named "${fileName}"`, didYouMean: fileName });
  if (feed.urlFrom !== undefined && feed.urlFrom !== addressVariable(id)) {
    problems.push({ key: "feed.urlFrom", message: `must be ${addressVariable(id)}` });
  }
  if (!isTimeZone(timeZone)) problems.push({ key: "timeZone", message: `"${timeZone}" is no IANA time zone (Europe/Paris)` });
  const cron = schedule === undefined ? undefined : cronProblem(schedule);
  if (cron !== undefined) problems.push({ key: "schedule", message: cron });
  problems.push(...perimeterProblems([publisher.territory], "publisher.territory"));
  problems.push(...htmlProblems(connector), ...detailsProblems(connector));
  return problems;
}

function htmlProblems({ decode, feed: { paging } }: Connector): Found[] {
  if (decode.format !== "html") return [];
  const { records, values, total } = decode;
  return [
    ...selectorProblems("decode", { records }, selectorProblem),
    ...selectorProblems("decode.values", values),
    ...selectorProblems("decode", { total }),
    ...selectorProblems("feed.paging", { path: paging?.kind === "nextLink" ? paging.path : undefined }),
  ];
}

function ruleProblems(connector: Connector): Found[] {
  return rulesOf(connector).flatMap(([field, rule]) => plainRulesOf(rule).flatMap((plain) => problemsOfRule(plain, field)));
}

function problemsOfRule(rule: Exclude<Rule, { kind: "choose" }>, field: AidField | "externalId"): Found[] {
  const key = `fields.${field}`;
  switch (rule.kind) {
    case "constant":
      return constantProblems(rule.value, field, key);
    case "date":
    case "time":
      return rule.formats.flatMap((format, index) => {
        const message = formatProblem(format, rule.kind === "date" ? "day" : "hour");
        return message === undefined ? [] : [{ key: `${key}.formats[${index}]`, message: `"${format}": ${message}` }];
      });
    case "terms":
    case "namedTerms":
      if (rule.vocabulary !== field) return [{ key: `${key}.vocabulary`, message: `is ${rule.vocabulary}`, didYouMean: field }];
      return rule.kind === "terms" || rule.otherwise === undefined ? [] : constantProblems(rule.otherwise, field, `${key}.otherwise`);
    case "perimeters":
      return [
        ...scaleProblems(rule, key),
        ...(rule.otherwise === undefined ? [] : perimeterProblems([rule.otherwise], `${key}.otherwise`)),
      ];
    case "organisations":
      return rule.siren !== undefined && rule.name === undefined ? [{ key: `${key}.name`, message: "is missing: siren requires it" }] : [];
    default:
      return [];
  }
}

function scaleProblems({ written, scales }: PerimetersRule, key: string): Found[] {
  if ((written !== "code" && written !== "mention") || scales !== undefined) return [];
  return [{ key: `${key}.scales`, message: "is missing: a code, or a name in a text, needs a scale" }];
}

function constantProblems(value: unknown, field: AidField | "externalId", key: string): Found[] {
  if (field === "externalId") return [{ key, message: "cannot be the same for every aid" }];
  if (field === "perimeters" || field === "perimeterExclusions") {
    const unknown = perimeterProblems(value, `${key}.value`);
    if (unknown.length > 0) return unknown;
  }
  const checked = AidContent.shape[field].safeParse(withWholePerimeters(value));
  if (checked.success && checked.data !== null) return [];
  if (checked.success) return [{ key, message: "is null for every aid: leave the field out" }];
  return checked.error.issues.map((found) => ({ key: keyOf(["fields", field, "value", ...found.path]), message: found.message }));
}

function perimeterProblems(refs: unknown, key: string): Found[] {
  if (!Array.isArray(refs)) return [{ key, message: "must be a list of { scale, code }" }];
  return refs.flatMap((ref: PerimeterRef, index) => {
    const at = refs.length > 1 ? `${key}[${index}]` : key;
    if (typeof ref?.scale !== "string" || typeof ref.code !== "string") return [{ key: at, message: "must be { scale, code }" }];
    // The code of a former territory stays valid, so that a new edition of the official lists stops no connector.
    return findPerimeter(ref) === undefined ? [{ key: at, message: `unknown territory: ${ref.scale} ${ref.code}` }] : [];
  });
}

/** Returns a connector for downloading a feed that has no connector yet, or null for an invalid id. */
export function placeholderConnector(id: string): Connector | null {
  const field = (kind: string) => ({ kind, of: { kind: "field", path: "id" } });
  const checked = checkConnector({
    id,
    publisher: { name: id, kind: "any", territory: { scale: "country", code: "FRA" }, licence: "unknown" },
    feed: { urlFrom: addressVariable(id) },
    decode: { format: "json" },
    fields: { externalId: field("identifier"), name: field("text") },
  });
  return "connector" in checked ? checked.connector : null;
}

/** Returns the problems of how a connector reads the pages of its records. */
function detailsProblems({ details, decode, fields }: Connector): Found[] {
  if (details === undefined) return [];
  const filled = new Set(pageFields(details.read));
  if (filled.size === 0) return [{ key: "details.read", message: "reads nothing: name values, headings, labels or data" }];
  const named = [
    ...(details.required ?? []).map((field) => ["required", field] as const),
    ...details.override.map((field) => ["override", field] as const),
  ];
  const unknown = named.filter(([, field]) => !filled.has(field));
  const ofList: ReadonlySet<string> = new Set(decode.format === "html" ? Object.keys(decode.values) : []);
  const unsure = pathsOfRule(fields.externalId).filter((path) => {
    const [field = ""] = path.split(/[.[]/);
    return filled.has(field) && !ofList.has(field);
  });
  return [
    ...selectorProblems("details.read.values", details.read.values),
    ...selectorProblems("details.read.data", selectorsOfData(details.read), selectorProblem),
    ...selectorProblems("details.read", { within: details.read.within }, selectorProblem),
    ...unknown.map(([key, field]) => ({ key: `details.${key}`, message: `"${field}" is no field of details.read` })),
    ...unsure.map((path) => ({
      key: "fields.externalId",
      message: `reads "${path}" from the page: an aid whose page cannot be read would lose its identifier, so read it from the list`,
    })),
  ];
}

function selectorsOfData({ data }: PageReading) {
  return Object.fromEntries(Object.entries(data).map(([field, wanted]) => [field, wanted.from === "json" ? wanted.selector : undefined]));
}

/** Returns the problems of selectors, or of values of a page, by their key below `parent`. */
function selectorProblems(
  parent: string,
  selectors: Readonly<Record<string, string | undefined>>,
  problemOf: (written: string) => string | undefined = pageValueProblem,
): Found[] {
  return Object.entries(selectors).flatMap(([key, written]) => {
    const problem = written === undefined ? undefined : problemOf(written);
    return problem === undefined ? [] : [{ key: `${parent}.${key}`, message: `"${written}" is no CSS selector: ${problem}` }];
  });
}
