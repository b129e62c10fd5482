import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPublicSettings } from "../../src/console/console-settings.ts";
import { publicRoutes, routes } from "../../src/console/routes.ts";
import { roles } from "../../src/model/publisher/role.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { testConsole } from "../support/console-client.ts";

const path = "/plan-du-site";
/** Pages that people meet on their way in, or that need another account. */
const notListed = new Set(["/connexion", "/connexion/externe", "/en-attente", "/espace", path]);

const linksOf = (html: string) => {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? "";
  return [...main.matchAll(/<li><a href="([^"]+)"/g)].map(([, href = ""]) => href);
};

describe("the site map", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  it("lists only pages that the visitor may open, and more of them with each role", async () => {
    const console = testConsole(catalogue);
    const counts: number[] = [];
    for (const role of ["nobody", ...roles] as const) {
      const client = await console.as(role);
      const links = linksOf((await client.get(path)).html);
      for (const href of links) expect((await client.get(href)).status, `${href} as ${role}`).toBe(200);
      counts.push(links.length);
    }
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts[0]).toBe(6);
    expect(counts[1]).toBeGreaterThan(20);
  });

  it("lists every page of the first level", async () => {
    const admin = await testConsole(catalogue).as("admin");
    const listed = new Set(linksOf((await admin.get(path)).html));
    const pages = routes.filter(({ method, path: own }) => method === "get" && /^\/[a-z-]*$/.test(own)).map(({ path: own }) => own);
    expect(pages.filter((own) => !listed.has(own) && !notListed.has(own))).toEqual([]);
  });

  it("is also a page of the process for people without an account", async () => {
    const site = testConsole(catalogue, { settings: readPublicSettings({}), routes: publicRoutes });
    const nobody = await site.as("nobody");
    const links = linksOf((await nobody.get(path)).html);
    expect(links).toContain("/publier-ses-aides");
    for (const href of links) expect((await nobody.get(href)).status, href).toBe(200);
  });
});
