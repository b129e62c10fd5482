import { describe, expect, it } from "vitest";
import { mayAs, type Role, roles } from "../../../src/aid/role.ts";
import { routes } from "../../../src/console/routes.ts";
import { embedded, newCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { crawl, kindOf } from "./crawl.ts";
import { fillCatalogue } from "./full-catalogue.ts";
import { linksOn } from "./links-on.ts";

/** Pages that no page of the same catalogue leads to: letters are sent; others are met on the way in or out. */
const metElsewhere = /^\/(connexion|deconnexion|entree|mot-de-passe|en-attente|lettre)\b/;

describe.skipIf(embedded.skipped)("every link of the console", { timeout: 300_000 }, () => {
  it("leads whoever sees it where they may go, and to something; every page is led to", async () => {
    const catalogue = await newCatalogue(embedded);
    const console = testConsole(catalogue, { folders: await fillCatalogue(catalogue) });
    const wrong: string[] = [];
    for (const role of roles) {
      const client = await console.as(role);
      const visited = await crawl(["/"], 3, async (address) => {
        const page = await client.get(address);
        if (page.status !== 200 && page.status !== 303) wrong.push(`${role}: ${page.status} ${address}`);
        if (page.to !== null) return page.to.startsWith("/") ? [page.to] : [];
        return page.headers.get("content-type")?.startsWith("text/html") ? linksOn(page.html) : [];
      });
      wrong.push(...notReached(role, visited).map((path) => `${role}: nothing leads to ${path}`));
    }
    expect(wrong).toEqual([]);
    await catalogue.drop();
  });
});

function notReached(role: Role, visited: readonly string[]): string[] {
  const reached = new Set(visited.map((address) => kindOf(address).split(" ")[0]));
  return routes.flatMap(({ method, path, who }) =>
    method === "get" && who !== "anyone" && who !== "signed-in" && mayAs(role, who) && !reached.has(path) && !metElsewhere.test(path)
      ? [path]
      : [],
  );
}
