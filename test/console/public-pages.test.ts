import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPublicSettings } from "../../src/console/console-settings.ts";
import { publicRoutes, routes } from "../../src/console/routes.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { testConsole } from "../support/console-client.ts";
import { newHarvest } from "../support/harvest.ts";
import { madeLetter, record } from "./letters/answered-letters.ts";

const publicUrl = "https://aides.example.fr";
const addressOf = (path: string) => path.replace(/:\w+(\{[^}]*\})?/g, "00000000-0000-4000-8000-000000000000");

describe("pages for people without an account, in a process of their own", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  it("are all that the process serves, even to a colleague with a session", async () => {
    const settings = readPublicSettings({});
    const site = testConsole(catalogue, { settings, routes: publicRoutes });
    const admin = await site.as("admin");
    const served: string[] = [];
    for (const { method, path, who } of routes) {
      const page = method === "get" ? await admin.get(addressOf(path)) : await admin.post(addressOf(path));
      // Letters and previews of unknown addresses are not found either, but say which.
      const isServed = page.status !== 404 || !page.html.includes("Cette page n’existe pas");
      if (isServed !== (who === "public" || who === "publisher") && path !== "/") served.push(`${method} ${path}: ${page.status}`);
      expect(page.html).not.toContain("Se déconnecter");
    }
    expect(served).toEqual([]);
    expect((await admin.get("/")).to).toBe("/publier-ses-aides");
  });

  it("leave the console when it knows their address, except for colleagues", async () => {
    const harvest = await newHarvest(catalogue, {});
    await harvest.day([record(1), record(2, { titre: "" })]);
    const console = testConsole(catalogue, { folders: [harvest.folder], settings: { publicUrl } });
    const { nobody, page, bizdev } = await madeLetter(catalogue, console, harvest);
    const address = new RegExp(`${publicUrl}(/lettre/[\\w-]+)`).exec(page.html)?.[1] ?? "no address";
    const there = await nobody.get(`${address}?repondu=1`);
    expect([there.status, there.to, there.html]).toEqual([303, `${publicUrl}${address}?repondu=1`, ""]);
    expect((await nobody.post(`${address}/reponses`, { reponse: "corrected" })).status).toBe(401);
    expect((await nobody.get("/connexion")).status).toBe(200);
    expect((await bizdev.get(address)).status).toBe(200);

    const site = testConsole(catalogue, { folders: [harvest.folder], settings: readPublicSettings({}), routes: publicRoutes });
    const publisher = await site.as("nobody");
    expect((await publisher.get(address)).html).toContain("Vous avez corrigé");
  });
});
