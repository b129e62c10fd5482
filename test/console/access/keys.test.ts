import { describe, expect, it } from "vitest";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { feedServer } from "../../support/feed-server.ts";
import { newHarvest } from "../../support/harvest.ts";

const secret = "the MOISSON_SECRET of the tests";
const key = "s3cret-v4lue-typed-once";

describe.each(testedDatabases)("access keys set in the console, on $title", ({ skipped, ...database }) => {
  it.skipIf(skipped)("are sent to the feed by every run, and never shown again", async () => {
    const catalogue = await newCatalogue({ skipped, ...database });
    const server = await feedServer();
    const feed = { url: `${server.origin}/aides.json`, headersFrom: { "x-api-key": "CLE_EXEMPLE" } };
    const harvest = await newHarvest(catalogue, { feed });
    const logged: string[] = [];
    const log = (...said: unknown[]) => void logged.push(JSON.stringify(said));
    const logger = { info: log, warn: log, error: log } as never;
    const console = testConsole(catalogue, { folders: [harvest.folder], settings: { secrets: [secret] }, services: { logger } });
    const bizdev = await console.as("bizdev", "Bea Bizdev");
    const page = `/connecteurs/${harvest.connector}/cles`;
    expect((await bizdev.get(page)).html).toContain("manque");
    const run = (MOISSON_SECRET: string | undefined) =>
      harvest.run({ force: true }, { allowHosts: [server.host], logger, environment: { MOISSON_SECRET } });
    expect((await run(secret)).error).toMatchObject({ code: "missing-secret", params: { variable: "CLE_EXEMPLE" } });

    const kept = await bizdev.act(page, { nom: "CLE_EXEMPLE", valeur: key });
    expect(kept.html).toContain("La clé CLE_EXEMPLE est enregistrée.");
    expect(kept.html).toContain("par Bea Bizdev");
    server.on("/aides.json", { body: [{ id: 1, titre: "Une aide" }] });
    const report = await run(secret);
    expect(server.requests[0]?.headers["x-api-key"]).toBe(key);

    const everything = [
      kept.html,
      (await bizdev.get(page)).html,
      (await (await console.as("admin")).get("/journal")).html,
      JSON.stringify(report),
      JSON.stringify(await catalogue.audit.list({}, { limit: 99, offset: 0 })),
      JSON.stringify(await catalogue.runs.list({ limit: 99 })),
      logged.join("\n"),
      JSON.stringify(await catalogue.secrets.list()),
    ].join("\n");
    expect(everything).not.toContain(key);
    expect(everything).not.toContain(Buffer.from(key).toString("base64url"));

    for (const [other, isMissing] of [
      ["another secret altogether", 0],
      [undefined, 1],
    ] as const) {
      const refused = await run(other);
      expect(refused).toMatchObject({
        outcome: "refused",
        error: { code: "secret-unreadable", params: { variable: "CLE_EXEMPLE", isMissing } },
      });
      // A file run needs no key, and another connector is unaffected.
      expect(
        (await harvest.day([{ id: 1, titre: "Une aide" }], { force: true }, { environment: { MOISSON_SECRET: other } })).error,
      ).toBeNull();
    }
    expect((await bizdev.act(`${page}/retrait`, { nom: "CLE_EXEMPLE" })).html).toContain("est retirée");
    expect((await run(secret)).error?.code).toBe("missing-secret");
    await catalogue.drop();
  });

  it.skipIf(skipped)("are overridden by the environment, need a name of the definition, and require MOISSON_SECRET", async () => {
    const catalogue = await newCatalogue({ skipped, ...database });
    const server = await feedServer();
    const harvest = await newHarvest(catalogue, { feed: { url: `${server.origin}/a`, auth: { kind: "bearer", tokenFrom: "JETON" } } });
    const page = `/connecteurs/${harvest.connector}/cles`;
    const without = await testConsole(catalogue, { folders: [harvest.folder] }).as("bizdev");
    expect((await without.get(page)).html).toContain("MOISSON_SECRET");
    expect((await without.post(page, { nom: "JETON", valeur: key })).status).toBe(503);

    const console = testConsole(catalogue, {
      folders: [harvest.folder],
      settings: { secrets: [secret] },
      services: { environment: { JETON: "of the machine" } },
    });
    const bizdev = await console.as("bizdev");
    for (const nom of ["DATABASE_URL", "MOISSON_SECRET", "AUTRE", ""])
      expect((await bizdev.post(page, { nom, valeur: key })).status, nom).toBe(422);
    expect((await bizdev.post(page, { nom: "JETON", valeur: "  " })).status).toBe(422);
    expect((await (await console.as("read")).get(page)).status).toBe(403);
    expect((await bizdev.post(page, { nom: "JETON", valeur: key })).to).toBe(page);
    expect((await bizdev.get(page)).html).toContain("qui passe avant celle d’ici");
    server.on("/a", { body: [{ id: 1, titre: "Une aide" }] });
    await harvest.run({}, { allowHosts: [server.host], environment: { JETON: "of the machine", MOISSON_SECRET: secret } });
    expect(server.requests[0]?.headers.authorization).toBe("Bearer of the machine");
    await catalogue.drop();
  });
});
