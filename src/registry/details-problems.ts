import type { Connector } from "../kit/definition.ts";
import { type Details, pageFields } from "../kit/details.ts";
import { pageValueProblem, selectorProblem } from "../kit/html-page.ts";
import { pathsOfRule } from "../kit/rules/rule-paths.ts";
import type { RegistryProblem } from "./registry-error.ts";

type Found = Pick<RegistryProblem, "key" | "message">;

/** Returns the problems of how a connector reads the pages of its records. */
export function detailsProblems({ details, decode, fields }: Connector): Found[] {
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
    ...selectorProblems(details),
    ...unknown.map(([key, field]) => ({ key: `details.${key}`, message: `"${field}" is no field of details.read` })),
    ...unsure.map((path) => ({
      key: "fields.externalId",
      message: `reads "${path}" from the page: an aid whose page cannot be read would lose its identifier, so read it from the list`,
    })),
  ];
}

function selectorProblems({ read }: Details): Found[] {
  const values = Object.entries(read.values).map(([field, value]) => [`values.${field}`, value, pageValueProblem(value)] as const);
  const data = Object.entries(read.data).flatMap(([field, wanted]) =>
    wanted.from === "json" && wanted.selector !== undefined
      ? [[`data.${field}`, wanted.selector, selectorProblem(wanted.selector)] as const]
      : [],
  );
  const within = read.within === undefined ? [] : [["within", read.within, selectorProblem(read.within)] as const];
  return [...values, ...data, ...within].flatMap(([key, selector, problem]) =>
    problem === undefined ? [] : [{ key: `details.read.${key}`, message: `"${selector}" is no CSS selector: ${problem}` }],
  );
}
