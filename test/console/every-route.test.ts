import { describe, expect, it } from "vitest";
import type { Route } from "../../src/console/route.ts";
import { routes } from "../../src/console/routes.ts";
import { mayAs, type Role, roles } from "../../src/model/publisher/role.ts";
import { ownCatalogue } from "../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../support/console-client.ts";
import { newPublisher } from "./space/publishers-with-aids.ts";

/** Returns an address of the route whose object does not exist. */
function addressOf({ path }: Route): string {
  return path.replace(/:\w+(\{[^}]*\})?/g, "00000000-0000-4000-8000-000000000000");
}

/** Returns the status for a client. */
async function ask(client: ConsoleClient, route: Route): Promise<number> {
  const page = route.method === "get" ? await client.get(addressOf(route)) : await client.post(addressOf(route));
  if (page.to?.startsWith("/connexion?") || page.to?.startsWith("/espace/connexion?")) return 401;
  if (page.to === "/en-attente") return 403;
  return page.status;
}

describe("every route of the console", { timeout: 180_000 }, () => {
  it("admits only visitors with the required role", async () => {
    const catalogue = await ownCatalogue();
    const console = testConsole(catalogue);
    const nobody = await console.as("nobody");
    const clients = new Map<Role | null, ConsoleClient>([[null, await console.as(null)]]);
    for (const role of roles) clients.set(role, await console.as(role));
    const publisher = await console.asPublisher(await newPublisher(catalogue));
    const wrong: string[] = [];
    for (const route of routes) {
      const name = `${route.method} ${route.path}`;
      if (route.who === "publisher") {
        for (const client of [nobody, ...clients.values()])
          if ((await ask(client, route)) !== 401) wrong.push(`${name} lets somebody in who is of no publisher`);
        // Signing out would end the session for the next request.
        if (route.path === "/espace/deconnexion") continue;
        const status = await ask(publisher, route);
        if (status === 401 || status === 403) wrong.push(`${name} as a publisher: ${status}`);
        continue;
      }
      const isOpen = route.who === "anyone" || route.who === "public";
      if (!isOpen && (await ask(publisher, route)) !== 401) wrong.push(`${name} lets a publisher in`);
      if (!isOpen && (await ask(nobody, route)) !== 401) wrong.push(`${name} lets nobody in`);
      for (const [role, client] of clients) {
        const may = isOpen || route.who === "signed-in" || (role !== null && mayAs(role, route.who));
        // Signing out would end the session for the next request.
        if (may && route.path === "/deconnexion") continue;
        const status = await ask(client, route);
        if (may ? status === 401 || status === 403 : status !== 403) wrong.push(`${name} as ${role ?? "no role"}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("refuses a form without its token, or from another site", async () => {
    const catalogue = await ownCatalogue();
    const console = testConsole(catalogue);
    const [admin, publisher] = [await console.as("admin"), await console.asPublisher(await newPublisher(catalogue))];
    for (const route of routes.filter(({ method }) => method === "post")) {
      const client = route.who === "publisher" ? publisher : admin;
      expect((await client.post(addressOf(route), { jeton: "wrong" })).status, route.path).toBe(403);
      expect((await client.post(addressOf(route), {}, { "sec-fetch-site": "cross-site" })).status, route.path).toBe(403);
      expect((await client.post(addressOf(route), {}, { origin: "https://elsewhere.example" })).status, route.path).toBe(403);
    }
  });

  it("has one route for each method and path", () => {
    const names = routes.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it("names every act that changes something", () => {
    for (const route of routes) if (route.method === "post" && route.act !== null) expect(route.act).toMatch(/^[a-z-]+\.[a-z-]+$/);
  });
});
