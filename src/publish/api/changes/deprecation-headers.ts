import { givenOlderNames, type Parameter } from "../parameters/parameter.ts";
import { apiChanges, changesPath } from "./api-changes.ts";

/** The change that deprecates older names of parameters. */
const olderNames = apiChanges.find(({ id }) => id === "older-names");

/**
 * Returns the headers of a request with older names of parameters: `Deprecation` (RFC 9745), `Sunset` (RFC 8594), and a link to the feed
 * of changes. Empty for other requests. `url`: of the API, without final slash.
 */
export function deprecationHeaders(
  parameters: readonly Parameter[],
  query: URLSearchParams,
  url: string,
): Readonly<Record<string, string>> {
  if (olderNames === undefined || givenOlderNames(parameters, query).length === 0) return {};
  const { date, sunset } = olderNames;
  return {
    deprecation: `@${Date.parse(date) / 1000}`,
    ...(sunset !== undefined && { sunset: new Date(`${sunset}T23:59:59Z`).toUTCString() }),
    link: `<${url}${changesPath}>; rel="deprecation"; type="application/atom+xml"`,
  };
}
