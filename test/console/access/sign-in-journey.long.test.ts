import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { readConsoleSettings } from "../../../src/console/console-settings.ts";
import { startConsole } from "../../../src/console/start-console.ts";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { startIdentityProvider } from "../../support/identity-provider.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}

const { context: newContext } = browserForTests();

describe(`in a browser${whyNoBrowser}`, () => {
  it.skipIf(!hasBrowser)(
    "a person signs in externally, waits for a role, gets it, opens the account pages, and signs out of the console and the provider",
    { timeout: 240_000 },
    async () => {
      const catalogue = await ownCatalogue();
      const port = await freePort();
      // One by name and one by number, so they are two sites.
      const url = `http://localhost:${port}`;
      const provider = await startIdentityProvider(url);
      provider.somebody({ sub: "claire", email: "claire@exemple.fr", email_verified: true, given_name: "Claire", usual_name: "Martin" });
      const { services } = testConsole(catalogue, {
        services: { clock: { now: () => new Date(), fixed: null, elapsed: () => performance.now() } },
      });
      const console = await startConsole(services.jobs, {
        ...readConsoleSettings({}),
        port,
        host: "localhost",
        url,
        oidc: provider.settings,
      });
      onTestFinished(() => console.close());
      const { context, errors } = await newContext();
      const page = await context.newPage();
      const keys = new KeyboardUser(page);
      const found: string[] = [];
      const look = async () => found.push(...(await seriousOn(page)).map((one) => `${new URL(page.url()).pathname} ${one}`));

      await page.goto(`${url}/mon-compte`);
      await look();
      await keys.press("link", "Se connecter avec ProConnect");
      await page.waitForURL(`${url}/mon-compte`);
      expect(await page.locator("main").textContent()).toContain("Claire Martin");
      await look();
      await page.goto(`${url}/comptes`);
      expect(new URL(page.url()).pathname).toBe("/en-attente");
      await look();

      const person = await catalogue.people.findByEmail("claire@exemple.fr");
      await catalogue.people.giveRole(person?.personId ?? "", "admin", null);
      for (const path of [
        "/comptes",
        "/comptes/nouveau",
        `/comptes/${person?.personId}`,
        "/journal",
        "/accessibilite",
        "/mentions-legales",
        "/donnees-personnelles",
      ]) {
        await page.goto(`${url}${path}`);
        expect(await page.locator("h1").count(), path).toBe(1);
        await look();
      }
      await page.goto(`${url}/comptes/nouveau`);
      await keys.write(page.getByLabel("Adresse électronique"), "paul@exemple.fr");
      await keys.write(page.getByLabel("Prénom et nom"), "Paul Durand");
      await keys.press("button", "Créer le compte");
      expect(await page.getByLabel("Lien à transmettre").inputValue()).toMatch(`${url}/mot-de-passe/`);
      await look();

      await keys.press("button", "Se déconnecter", page.getByRole("banner"));
      await page.waitForURL(/session\/end/);
      await keys.press("button", /yes/i, page.locator("body"));
      await page.waitForURL(`${url}/connexion`);
      expect(await page.locator("main").textContent()).toContain("Vous êtes déconnecté.");
      await page.goto(`${url}/comptes`);
      expect(new URL(page.url()).pathname).toBe("/connexion");
      expect(found).toEqual([]);
      expect(errors).toEqual([]);
    },
  );
});
