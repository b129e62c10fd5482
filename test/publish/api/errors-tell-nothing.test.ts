import { expect, it } from "vitest";
import type { Route } from "../../../src/console/route.ts";
import { routes as consoleRoutes } from "../../../src/console/routes.ts";
import { RunFailed } from "../../../src/model/run/run-error.ts";
import { routes as apiRoutes } from "../../../src/publish/api/api-routes.ts";
import { testApi } from "../../support/api-client.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { apiOrigin, consoleOrigin, type Heard, outsideOf } from "./outside.ts";
import { leaks, poison } from "./poison.ts";
import { filled } from "./public-addresses.ts";

/** Returns a public version of a route that throws this error. */
function brokenBy(error: Error): (route: Route) => Route {
  const broken = () => {
    throw error;
  };
  return (route) => (route.method === "get" ? { ...route, who: "anyone", answer: broken } : { ...route, who: "anyone", perform: broken });
}

it.each([new Error(poison("secretrange")), new RunFailed("storage-failed", { reason: poison("secretrange") })])(
  "the answer reveals nothing about an internal error ($name)",
  async (error) => {
    const catalogue = await ownCatalogue();
    const pages = consoleRoutes.map(brokenBy(error));
    const records = apiRoutes.map((route) => ({ ...route, answer: () => Promise.reject(error) }));
    const api = await testApi(catalogue);
    const outside = outsideOf(testConsole(catalogue).services, api.services, { pages, records });
    const answers = new Map<string, Heard>();
    for (const { path, method } of pages) {
      const body = new FormData();
      body.append("jeton", "personne");
      const init = method === "post" ? { method: "POST", body } : {};
      for (const one of filled(path, ["1"])) answers.set(`${method} ${one}`, await outside(`${consoleOrigin}${one}`, init));
    }
    for (const { path, method = "get" } of records)
      for (const one of filled(path, ["1"])) answers.set(one, await outside(`${apiOrigin}${one}`, { method: method.toUpperCase() }));
    expect(leaks(answers)).toEqual({});
    expect([...answers.values()].every(({ status }) => status >= 500)).toBe(true);
    expect(api.errors).toHaveLength(records.length);
  },
  60_000,
);
