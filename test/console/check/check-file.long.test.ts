import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { gzipSync } from "node:zlib";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleThreads } from "../../../src/console/sample-threads.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { feedServer } from "../../support/feed-server.ts";
import { faultyBytes, faultyFile } from "./faulty-file.ts";

/** Returns the visible text, without markup. */
function words(html: string): string {
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&nbsp;|[\u00a0\u202f]/g, " ")
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, " ");
}

/** Counts the rows of every table except the rate limits. */
async function rowsOf({ store, schema }: TestCatalogue): Promise<Readonly<Record<string, number>>> {
  const tables = await store.rows<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = ${schema} and table_name <> 'sign_in_tries' order by 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const { count } = await store.row<{ count: number }>(
      sql`select count(*)::int as count from ${sql.identifier(schema)}.${sql.identifier(name)}`,
    );
    counts[name] = count;
  }
  return counts;
}

/** Returns the temporary upload folders of this process. */
async function spoolFolders(): Promise<readonly string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith(`moisson-spool-${process.pid}-`));
}

/** Returns the annex in the page. */
function annexIn(html: string): string {
  const written = /href="data:text\/csv;charset=utf-8;base64,([^"]+)"/.exec(html)?.[1] ?? "";
  return Buffer.from(written, "base64").toString("utf8");
}

/** Returns a client with this address. */
function from(
  client: ConsoleClient,
  address: string,
): (fields: Readonly<Record<string, string | Blob>>) => ReturnType<ConsoleClient["post"]> {
  return (fields) => client.post("/verifier", fields, { "x-forwarded-for": address });
}

const behindProxy = { isBehindProxy: true };

describe.each(testedDatabases)("a file that an anonymous visitor checks, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it("learns that day and month changed places in its dates", async () => {
      const nobody = await testConsole(catalogue, { settings: behindProxy }).as("nobody");
      const two = (number: number) => String(number).padStart(2, "0");
      const lines = Array.from({ length: 30 }, (_, place) => {
        const date = `${two((place % 11) + 2)}/${two((place % 12) + 1)}/2027`;
        return `A${place};Rénover l’école n° ${place};Le département aide à rénover, dossier ${place}.;${date};Communes;https://www.example.org/a${place}`;
      });
      const text = ["identifiant;titre;description;date de clôture;publics;lien", ...lines].join("\r\n");
      const read = words((await from(nobody, "192.0.2.11")({ fichier: new File([text], "aides.csv") })).html);
      expect(read).toContain("Ce qui nous étonne");
      expect(read).toContain("Aucune date de « date de clôture » n’est après le 12 du mois");
    });

    it("gets a result with good points and faults, and is not stored", async () => {
      const nobody = await testConsole(catalogue, { settings: behindProxy }).as("nobody");
      const before = [await rowsOf(catalogue), await spoolFolders()];
      const page = await from(nobody, "192.0.2.10")({ fichier: faultyFile() });
      expect(page.status).toBe(200);
      const read = words(page.html);
      expect(read).toContain("Fichier : « aides.csv »");
      expect(read).toContain("windows-1252");
      expect(read).toMatch(/La note de vos données : \d+ sur 100/);
      expect(read).toContain("1 date n’existe pas dans le calendrier.");
      expect(read).toContain("31/02/2027");
      expect(read).toContain("1 aide n’a pas de titre.");
      expect(read).toContain("1 aide porte un identifiant qui est déjà celui d’une autre");
      expect(read).toContain("1 lien n’est pas une adresse de page web.");
      expect(read).toContain("Étudier la forêt");
      const annex = annexIn(page.html);
      expect(annex).toContain("31/02/2027");
      expect(annex).toContain("'=1+1");
      expect(annex).not.toMatch(/(^|;)"?=1/m);
      expect([await rowsOf(catalogue), await spoolFolders()]).toEqual(before);
    });

    it("gets no letter about grants paid, unless its publisher says that they are aids", async () => {
      const nobody = await testConsole(catalogue, { settings: behindProxy }).as("nobody");
      const rows = Array.from(
        { length: 12 },
        (_, n) => `Département;22260001800011;2025-0${(n % 9) + 1}-15;Association des ${n} rives;${77567227221138 + n};${n}500`,
      );
      const text = ["nomAttribuant;idAttribuant;dateConvention;nomBeneficiaire;idBeneficiaire;montant", ...rows].join("\n");
      const post = from(nobody, "192.0.2.13");
      const refused = await post({ fichier: new File([text], "subventions.csv") });
      expect([refused.status, words(refused.html).includes("une liste de subventions déjà versées, pas une liste d’aides")]).toEqual([
        422,
        true,
      ]);
      expect(words(refused.html)).not.toContain("La note de vos données");
      const checked = await post({ fichier: new File([text], "subventions.csv"), "quand-meme": "1" });
      expect(words(checked.html)).toContain("Résultat de la vérification");
    });

    it("is not stored if it is refused", async () => {
      const nobody = await testConsole(catalogue, { settings: behindProxy }).as("nobody");
      const post = from(nobody, "192.0.2.11");
      const before = [await rowsOf(catalogue), await spoolFolders()];
      const page = await post({ fichier: new File(["<!doctype html><html><body><p>Nos aides</p></body></html>"], "page.html") });
      expect(page.status).toBe(422);
      expect(words(page.html)).toContain("Ce fichier n’a pas pu être vérifié");
      expect((await post({})).status).toBe(422);
      expect((await post({ adresse: "ftp://example.org/x" })).status).toBe(422);
      expect((await post({ fichier: new File([new Uint8Array(20_050_000)], "gros.csv") })).status).toBe(422);
      expect((await post({ fichier: new File([new Uint8Array(21_000_000)], "gros.csv") })).status).toBe(413);
      expect([await rowsOf(catalogue), await spoolFolders()]).toEqual(before);
    });

    it("is never fetched from a private address, even one that colleagues can use", async () => {
      const server = await feedServer();
      const url = server.on("/aides.csv", { body: faultyBytes(), headers: { "content-type": "text/csv" } });
      const console = testConsole(catalogue, { settings: behindProxy, services: { allowHosts: [server.host] } });
      const post = from(await console.as("nobody"), "192.0.2.12");
      for (const adresse of [url, "http://169.254.169.254/latest/meta-data", "http://[::1]:5432/", "http://localhost/"]) {
        const refused = await post({ adresse });
        expect(refused.status, adresse).toBe(422);
        expect(words(refused.html), adresse).toContain("n’est pas celle d’un site public");
        expect(refused.html).not.toContain("MOISSON_");
      }
      expect(server.requests).toHaveLength(0);
      const ours = await (await console.as("bizdev")).post("/verifier", { adresse: url });
      expect(words(ours.html)).toContain("1 date n’existe pas dans le calendrier.");
      expect((await post({ adresse: "https://user:motdepasse@example.org/aides.csv" })).html).toContain("retirez-les");
    });

    it("is refused after ten checks an hour from one address, with the time to retry", async () => {
      const console = testConsole(catalogue, { settings: behindProxy });
      const post = from(await console.as("nobody"), "2001:db8:1::5");
      for (let time = 0; time < 10; time++) expect((await post({})).status).toBe(422);
      const late = await post({ fichier: faultyFile() });
      expect(late.status).toBe(429);
      expect(late.headers.get("retry-after")).toBe("3600");
      const neighbour = await from(await console.as("nobody"), "2001:db8:1::6")({});
      expect(neighbour.status, "the same network").toBe(429);
      expect((await from(await console.as("nobody"), "2001:db8:2::5")({})).status, "another network").toBe(422);
      expect((await from(await console.as("bizdev"), "2001:db8:1::5")({})).status, "who works here").toBe(422);
    });

    it("is read only for colleagues if the page is not public", async () => {
      const console = testConsole(catalogue, { settings: { isCheckPublic: false } });
      const nobody = await console.as("nobody");
      expect((await nobody.get("/verifier")).status).toBe(404);
      expect((await nobody.post("/verifier", { fichier: faultyFile() })).status).toBe(404);
      expect((await (await console.as("bizdev")).get("/verifier")).status).toBe(200);
    });

    it("is added to the log of its publisher, with number of records and score only", async () => {
      const console = testConsole(catalogue);
      const bizdev = await console.as("bizdev", "Marie");
      const facts = { siren: null, territory: "department:26", website: null, licence: null, agreedOn: null, agreedBy: null };
      const more = { agreementDocument: null, personInCharge: null, nextAction: null, nextActionOn: null };
      const now = console.services.jobs.services.clock.now();
      const id = await catalogue.publishers.add(
        { name: "Département de la Drôme", kind: "department", ...facts, ...more },
        { by: "Marie", now },
      );
      const page = await bizdev.post(`/verifier?producteur=${id}`, { fichier: faultyFile() });
      expect(words(page.html)).toContain("Vérification faite pour : Département de la Drôme");
      const note = /name="note" value="(\d+)"/.exec(page.html)?.[1] ?? "";
      const done = await bizdev.post("/verifier/journal", { producteur: id, enregistrements: "5", note });
      expect(done.to).toBe(`/producteurs/${id}`);
      const [entry] = await catalogue.exchanges.list(id);
      expect(entry).toMatchObject({ kind: "file-checked", by: "Marie", details: { records: 5, score: Number(note) } });
      const outside = await (await console.as("nobody")).post(`/verifier?producteur=${id}`, { fichier: faultyFile() });
      expect(outside.html).not.toContain("Drôme");
      expect((await (await console.as("read")).post("/verifier/journal", { producteur: id })).status).toBe(403);
    });
  });
});

describe("a file that cannot be read in time or in memory", () => {
  it("is refused and not stored, and the next file is read", async () => {
    const [database] = testedDatabases;
    if (database === undefined || database.skipped) return;
    const catalogue = await newCatalogue(database);
    const given = testConsole(catalogue);
    const { samples } = given.services;
    const nobody = await given.as("nobody");
    const folders = await spoolFolders();
    const slow = sampleThreads({ timeoutMs: 1, maxMemoryMb: 512, maxQueued: 3 });
    Object.assign(samples, slow);
    const late = await nobody.post("/verifier", { fichier: faultyFile() });
    expect(late.status).toBe(422);
    expect(words(late.html)).toContain("trop long ou trop complexe");
    await slow.close();
    const small = sampleThreads({ timeoutMs: 60_000, maxMemoryMb: 12, maxQueued: 3 });
    Object.assign(samples, small);
    const heavy = await nobody.post("/verifier", { fichier: faultyFile() });
    expect(heavy.status).toBe(422);
    expect(words(heavy.html)).toContain("trop long ou trop complexe");
    expect(await spoolFolders()).toEqual(folders);
    await small.close();
    Object.assign(samples, sampleThreads());
    const bomb = new File([gzipSync(Buffer.alloc(90_000_000, "a"))], "aides.csv.gz");
    expect(words((await nobody.post("/verifier", { fichier: bomb })).html)).toContain("Ce fichier n’a pas pu être vérifié");
    expect(await spoolFolders()).toEqual(folders);
    expect((await nobody.post("/verifier", { fichier: faultyFile() })).status).toBe(200);
    await samples.close();
    await catalogue.drop();
  }, 120_000);
});
