import type { ApiVisit } from "../api-route.ts";
import { aidParameters } from "../parameters/aid-parameters.ts";
import { ignoredParameters, type Parameter } from "../parameters/parameter.ts";

/** Returns the names of parameters that did not change the answer, so that nobody takes it for a filtered one. */
export function ignoredOf({ query }: Pick<ApiVisit, "query">, table: Readonly<Record<string, Parameter>> = aidParameters) {
  const ignored = ignoredParameters(table, query);
  return ignored.length === 0 ? {} : { ignored_parameters: ignored };
}
