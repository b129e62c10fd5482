import { describe, expect, it } from "vitest";
import { routes } from "../../../src/console/routes.ts";
import { mayAs, type Role, roles } from "../../../src/model/publisher/role.ts";
import { newCatalogue, testDatabase } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { crawl, kindOf } from "./crawl.ts";
import { fillCatalogue } from "./full-catalogue.ts";
import { linksOn } from "./links-on.ts";

/** Pages without a link in this catalogue: sign-in pages, addresses in mails, form targets, and pages whose cause is missing here, such as a plan with more than fifty missing aids. */
const metElsewhere =
  /^\/(connexion|deconnexion|entree|mot-de-passe|en-attente|lettre|mots\/essais)\b|\/(changements\/:changement|publier|depublier|retablir|separer|reprendre|remarques.*|absentes.*|:lettre\/(annexe.csv|envoyer))$/;

describe("every link of the console", { timeout: 300_000 }, () => {
  it("leads whoever sees it where they may go, and to something; every page is led to", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const { folders, trial } = await fillCatalogue(catalogue);
    const console = testConsole(catalogue, { folders });
    const wrong: string[] = [];
    for (const role of roles) {
      const client = await console.as(role);
      const visited = await crawl(mayAs(role, "bizdev") ? ["/", trial] : ["/"], role === "admin" ? 12 : 3, async (address) => {
        const page = await client.get(address);
        if (page.status !== 200 && page.status !== 303) wrong.push(`${role}: ${page.status} ${address}`);
        if (page.to !== null) return page.to.startsWith("/") ? [page.to] : [];
        return page.headers.get("content-type")?.startsWith("text/html") ? linksOn(page.html, address) : [];
      });
      if (role === "admin") wrong.push(...notReached(role, visited).map((path) => `nothing leads to ${path}`));
    }
    expect(wrong).toEqual([]);
    await catalogue.drop();
  });
});

function notReached(role: Role, visited: readonly string[]): string[] {
  const reached = new Set(visited.map((address) => kindOf(address).split(" ")[0]));
  return routes.flatMap(({ method, path, who }) =>
    method === "get" &&
    who !== "public" &&
    who !== "publisher" &&
    who !== "anyone" &&
    who !== "signed-in" &&
    mayAs(role, who) &&
    !reached.has(path) &&
    !metElsewhere.test(path)
      ? [path]
      : [],
  );
}
