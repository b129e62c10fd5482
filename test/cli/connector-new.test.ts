import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pc from "picocolors";
import { describe, expect, it, onTestFinished } from "vitest";
import { CliCommand } from "../../src/cli/command.ts";
import { openContext } from "../../src/cli/context.ts";
import { NotDone, WrongUse } from "../../src/cli/exit.ts";
import { addPublishersCommands } from "../../src/cli/publishers/publishers-commands.ts";
import { FeedRefused } from "../../src/model/run/run-error.ts";
import { loadConnectors } from "../../src/registry/load-connectors.ts";
import { checkFixtures } from "../../src/survey/write/check-fixtures.ts";
import { feedServer } from "../support/feed-server.ts";

const aids = Array.from({ length: 25 }, (_, n) => ({
  id: `VERGER-${n * 3}`,
  titre: `Aide pour les vergers n° ${n}`,
  description: "<p>La Région aide à planter des vergers.</p>",
  date_fin: n % 3 === 0 ? null : `${(n % 28) + 1}`.padStart(2, "0").concat("/12/2025"),
  beneficiaires: n % 2 === 0 ? "Communes;Martiens" : "Collectivités",
  contact: "Claire DUPONT, claire.dupont@ladrome.fr",
}));

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-connector-new-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function feedFile(folder: string, feed: unknown = aids): Promise<string> {
  const file = join(folder, "feed.json");
  await writeFile(file, typeof feed === "string" ? feed : JSON.stringify(feed));
  return file;
}

/** Runs the command in this process and returns its output, or the error. */
async function connectorNew(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const said = { out: "", err: "" };
  const add = (to: "out" | "err", text: string) => {
    said[to] += text;
  };
  const terminal = {
    out: (text: string) => add("out", `${text}\n`),
    write: async (text: string) => add("out", text),
    err: (text: string) => add("err", `${text}\n`),
    colors: pc.createColors(false),
    columns: 120,
    progress: () => undefined,
  };
  const program = new CliCommand("moisson").exitOverride();
  // Never the checkout's catalogue, which the demo fills.
  addPublishersCommands(program, async () => openContext({ MOISSON_HOME: "/nonexistent", ...environment }, terminal));
  const before = process.exitCode;
  const error = await program.parseAsync(["connector", "new", ...args], { from: "user" }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  process.exitCode = before;
  return { ...said, error };
}

describe("moisson connector new", () => {
  it("refuses a list of grants paid with the reasons, unless told to write it anyway", async () => {
    const folder = await emptyFolder();
    const grants = "nomAttribuant;dateConvention;nomBeneficiaire;idBeneficiaire;montant\nVille;2024-01-02;SARL DUPONT;1;500\n";
    const args = ["ville-exemple", "--from", await feedFile(folder, grants), "--into", folder];
    const refused = await connectorNew(args);
    expect(refused.error).toBeInstanceOf(NotDone);
    expect(String(refused.error)).toContain("a list of grants paid, not a list of aids");
    expect(existsSync(join(folder, "connectors"))).toBe(false);
    const forced = await connectorNew([...args, "--anyway"]);
    expect(forced.error).toBeNull();
    expect(forced.out).toContain("a list of grants paid: its columns are those of SCDL subventions");
    expect(existsSync(join(folder, "connectors", "ville-exemple.ts"))).toBe(true);
  });

  it("only warns that a file of four rows with an amount looks like grants paid, and refuses the same columns in many rows", async () => {
    const folder = await emptyFolder();
    const file = (count: number) =>
      feedFile(folder, `Réf;Objet;Montant\n${Array.from({ length: count }, (_, n) => `R${n};Objet ${n};${500 + 10 * n}\n`).join("")}`);
    const few = await connectorNew(["ville-exemple", "--from", await file(4), "--into", folder]);
    expect(few.error).toBeNull();
    expect(few.err).toContain("a list of grants paid, not a list of aids");
    expect(few.err).toContain("too few records");
    expect(existsSync(join(folder, "connectors", "ville-exemple.ts"))).toBe(true);
    const many = await connectorNew(["ville-entiere", "--from", await file(12), "--into", folder]);
    expect(many.error).toBeInstanceOf(NotDone);
    expect(existsSync(join(folder, "connectors", "ville-entiere.ts"))).toBe(false);
  });

  it("writes a draft that passes the check, and lists what remains to do", async () => {
    const folder = await emptyFolder();
    const said = await connectorNew([
      "region-vergers",
      "--from",
      await feedFile(folder),
      "--into",
      folder,
      "--publisher",
      "Région Bretagne",
    ]);
    expect(said.error).toBeNull();
    const [connector, ...others] = await loadConnectors([folder]);
    expect(others).toEqual([]);
    expect(connector && (await checkFixtures(connector)).problems).toEqual([]);
    expect(connector?.definition).toMatchObject({
      id: "region-vergers",
      state: "draft",
      publisher: { name: "Région Bretagne", kind: "region", territory: { scale: "region", code: "53" }, licence: "unknown" },
      feed: { urlFrom: "MOISSON_URL_REGION_VERGERS" },
      expect: { atLeast: 12 },
    });
    expect(said.out).toMatch(/submissionDeadline +← date_fin .*day first/);
    expect(said.out).toContain('1 without any: "Martiens"');
    expect(said.out).toContain("left for a person:");
    expect(said.out).toMatch(/fields that were not found .*: originUrl, aidTypes, mobilizationSteps, categories\n/);
    expect(said.out).toMatch(/next: moisson run region-vergers --file .* --dry-run/);
    const terms = await readFile(join(folder, "mappings/region-vergers/targetedAudiences.csv"), "utf8");
    expect(terms).toMatch(/^Collectivités,commune,"suggéré, à vérifier"$/m);
    const fixture = await readFile(join(folder, "fixtures/region-vergers/as-first-seen.json"), "utf8");
    expect(fixture).not.toMatch(/DUPONT|ladrome/);
  });

  it("does not overwrite files unless told to", async () => {
    const folder = await emptyFolder();
    const args = ["region-vergers", "--from", await feedFile(folder), "--into", folder];
    expect((await connectorNew(args)).error).toBeNull();
    const again = await connectorNew(args);
    expect(again.error).toBeInstanceOf(WrongUse);
    expect(String(again.error)).toMatch(/already exists; --force/);
    expect((await connectorNew([...args, "--force"])).error).toBeNull();
    const ours = await connectorNew(["departement-drome", "--from", await feedFile(folder), "--into", folder, "--force"]);
    expect(String(ours.error)).toMatch(/is already the connector of/);
  });

  it("--dry-run writes nothing, --json prints everything", async () => {
    const folder = await emptyFolder();
    const said = await connectorNew(["region-vergers", "--from", await feedFile(folder), "--into", folder, "--dry-run", "--json"]);
    expect(existsSync(join(folder, "connectors"))).toBe(false);
    const printed = JSON.parse(said.out);
    expect(printed.survey).toMatchObject({ received: 25, reading: { format: "json" } });
    expect(printed.survey).not.toHaveProperty("records");
    expect(printed.proposal.fields.find((field: { field: string }) => field.field === "name")).toMatchObject({ from: ["titre"] });
    expect(printed.files.map((file: { path: string }) => file.path)).toContain(join(folder, "connectors/region-vergers.ts"));
  });

  it("with an older copy of the feed, names stable identifiers, or else the question to the publisher", async () => {
    const folder = await emptyFolder();
    const bare = aids.map(({ id: _, ...aid }, n) => ({ lien: `https://example.org/aides/${n}`, numero: `N${n}`, ...aid }));
    const older = join(folder, "older.json");
    await writeFile(older, JSON.stringify(bare.map((aid, n) => ({ ...aid, numero: `N${n + 1}` }))));
    const said = await connectorNew([
      "region-vergers",
      "--from",
      await feedFile(folder, bare),
      "--and",
      older,
      "--into",
      folder,
      "--dry-run",
    ]);
    expect(said.out).toContain("identifier, FRAGILE: lien");
    expect(said.out).toContain("only 0 % of the aids of the older file still have it");
    expect(said.out).toContain("to send to the publisher:");
    expect(said.out).toContain("identifiant stable");
  });

  it("refuses a file that is not a feed, and says what to do", async () => {
    const folder = await emptyFolder();
    const page = await connectorNew([
      "region-vergers",
      "--from",
      await feedFile(folder, "<!doctype html><html><title>Aides</title></html>"),
      "--into",
      folder,
    ]);
    expect(page.error).toBeInstanceOf(NotDone);
    expect(String(page.error)).toMatch(/ask the publisher for the data behind it/);
    expect(existsSync(join(folder, "connectors"))).toBe(false);
  });

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["no such file", ["region-vergers", "--from", "/nowhere/feed.json"], /no such file/],
    ["a name that is none", ["Région_Vergers", "--from", "package.json"], /is no name of a connector/],
    ["a kind that is none", ["region-vergers", "--from", "package.json", "--kind", "empire"], /--kind takes ministry/],
    ["a territory that is none", ["region-vergers", "--from", "package.json", "--territory", "53"], /--territory takes scale:code/],
    ["a licence that is none", ["region-vergers", "--from", "package.json", "--licence", "gratuite"], /--licence takes openlicence20/],
  ];
  it.each(wrong)("wrong use: %s", async (_, args, message) => {
    const { error } = await connectorNew([...args, "--dry-run"]);
    expect(error).toBeInstanceOf(WrongUse);
    expect(String(error)).toMatch(message);
  });
});

describe("from an address", () => {
  it("passes the guard of every fetch", async () => {
    const folder = await emptyFolder();
    const { error } = await connectorNew(["region-vergers", "--from", "http://127.0.0.1:9/aides.json", "--into", folder]);
    expect(error).toBeInstanceOf(FeedRefused);
    expect(error).toMatchObject({ code: "address-refused" });
  });

  it("a public address is written with its paging; one with a secret becomes a variable", async () => {
    const folder = await emptyFolder();
    const server = await feedServer();
    const answer = { body: { total_count: 250, results: aids } };
    const open = server.on("/aides?limit=25&offset=0", answer);
    const secret = server.on("/aides?apikey=s3cret", answer);
    const environment = { MOISSON_ALLOW_HOSTS: server.host };
    expect((await connectorNew(["region-vergers", "--from", open, "--into", folder], environment)).error).toBeNull();
    expect((await connectorNew(["region-prairies", "--from", secret, "--into", folder], environment)).error).toBeNull();
    const [prairies, vergers] = await loadConnectors([folder]);
    expect(vergers?.definition.feed).toMatchObject({
      url: open,
      paging: { kind: "offset", limitParameter: "limit", offsetParameter: "offset", pageSize: 25 },
    });
    expect(prairies?.definition.feed).toEqual({ urlFrom: "MOISSON_URL_REGION_PRAIRIES" });
    expect(await readFile(join(folder, "connectors/region-prairies.ts"), "utf8")).not.toContain("s3cret");
  });
});
