import { describe, expect, it, onTestFinished } from "vitest";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";

const asked = { nom: "Ville de Nantes", portee: "reuse", limite: "300" };

describe.each(testedDatabases)("keys of the API in the console, $title", ({ skipped, ...database }) => {
  it.skipIf(skipped)(
    "are created by admins, shown once, listed without the key, and revoked; the audit trail names the admin",
    async () => {
      const catalogue = await newCatalogue({ skipped, ...database });
      onTestFinished(() => catalogue.drop());
      const console = testConsole(catalogue);
      const admin = await console.as("admin", "Alix Admin");
      expect((await admin.get("/comptes")).html).toContain('href="/comptes/cles-api"');
      const made = await admin.post("/comptes/cles-api", asked);
      const key = /moisson_[\w-]{43}/.exec(made.html)?.[0] ?? "";
      expect(made.status).toBe(200);
      const token = await catalogue.apiTokens.findByKey(key);
      expect(token).toMatchObject({ name: "Ville de Nantes", scope: "reuse", perMinute: 300, by: "Alix Admin", revokedAt: null });
      const list = await admin.get("/comptes/cles-api");
      expect(list.html).toContain("Ville de Nantes");
      expect(list.html).not.toContain(key);
      expect(list.html).not.toContain(token?.tokenHash);

      const again = await admin.post("/comptes/cles-api", asked);
      expect([again.status, again.html.includes("a déjà une clé")]).toEqual([422, true]);
      const revoked = await admin.act(`/comptes/cles-api/${token?.tokenId}/fin`);
      expect(revoked.html).toMatch(/La clé de «.Ville de Nantes.» est révoquée/);
      expect(revoked.html).toContain("révoquée");
      expect((await admin.post(`/comptes/cles-api/${token?.tokenId}/fin`)).status).toBe(409);
      expect((await catalogue.apiTokens.findByKey(key))?.revokedBy).toBe("Alix Admin");

      const journal = (await admin.get("/journal")).html;
      for (const said of ["a fait une clé de l’API", "a révoqué une clé de l’API", "clé Ville de Nantes"]) expect(journal).toContain(said);
      expect(journal).not.toContain(key);
      expect((await (await console.as("ops")).get("/comptes/cles-api")).status).toBe(403);
    },
  );

  it.skipIf(skipped)("an invalid form is shown again with its problems, and creates nothing", async () => {
    const catalogue = await newCatalogue({ skipped, ...database });
    onTestFinished(() => catalogue.drop());
    const admin = await testConsole(catalogue).as("admin");
    const wrong = [{ nom: "" }, { nom: "x".repeat(201) }, { portee: "toString" }, { limite: "0" }, { limite: "60001" }, { limite: "1e3" }];
    for (const changes of wrong) expect((await admin.post("/comptes/cles-api", { ...asked, ...changes })).status).toBe(422);
    expect(await catalogue.apiTokens.list()).toEqual([]);
    expect((await admin.post("/comptes/cles-api/nothing/fin")).status).toBe(404);
  });
});
