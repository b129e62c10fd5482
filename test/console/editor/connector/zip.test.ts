import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { runIngestion } from "../../../../src/ingest/run.ts";
import { split } from "../../../../src/kit/expressions/expression.ts";
import { terms } from "../../../../src/kit/rules/terms.ts";
import { text } from "../../../../src/kit/rules/texts.ts";
import { loadConnectors } from "../../../../src/registry/load-connectors.ts";
import { checkFixtures } from "../../../../src/survey/write/check-fixtures.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../../support/catalogues.ts";
import { testConsole } from "../../../support/console-client.ts";
import { guardsOff, newHarvest, smallDefinition } from "../../../support/harvest.ts";
import { projectRoot } from "../../../support/loaded-connectors.ts";
import { testNow } from "../../../support/made-aids.ts";
import { testServices } from "../../../support/test-services.ts";
import { biomeOutput } from "../../../survey/biome.ts";
import { unzipInto } from "./unzipped.ts";

const records = ["Aide aux communes", "Prêt à l’innovation", "Fonds vert"].map((titre, index) => ({
  id: `${index + 1}`,
  titre,
  texte: "<p>Contact : Claire DUPONT, claire.dupont@ladrome.fr, 04 75 79 26 26</p>",
  fin: `2027-01-0${index + 1}`,
  publics: "Mairies;Associations;Martiens",
  couleur: "verte",
}));

describe("the zip of a connector", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  async function emptyFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "moisson-zip-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return folder;
  }

  async function unzipped(path: string, given: Parameters<typeof testConsole>[1] = {}, into?: string) {
    const bizdev = await testConsole(catalogue, given).as("bizdev");
    const page = await bizdev.get(path);
    expect(page.status, page.html.slice(0, 2000)).toBe(200);
    expect(page.headers.get("content-disposition")).toContain("attachment");
    const folder = into ?? (await emptyFolder());
    return { folder, names: await unzipInto(folder, page.bytes) };
  }

  it("passes the project's check for a connector made in the console, and names no person", async () => {
    const definition = {
      ...smallDefinition("agence-neuve", { state: "draft" }),
      ignored: [],
      fields: { ...smallDefinition("agence-neuve").fields, targetedAudiences: terms(split("publics", ";"), "targetedAudiences") },
    };
    const made = {
      connector: "agence-neuve",
      definition,
      changes: {},
      terms: { targetedAudiences: { Mairies: ["commune"], Martiens: [] } },
      why: "nouveau",
      by: "Marie",
      at: new Date(testNow),
    };
    await catalogue.connectorVersions.add(made, 0);
    const console = testConsole(catalogue);
    const [connector] = await console.services.jobs.connectors();
    const folder = await emptyFolder();
    await writeFile(join(folder, "feed.json"), JSON.stringify(records));
    if (connector !== undefined) await runIngestion(connector, testServices(catalogue), { file: join(folder, "feed.json") });

    const { folder: project, names } = await unzipped("/connecteurs/agence-neuve/fichiers.zip");
    expect(names.sort()).toEqual([
      "connectors/agence-neuve.ts",
      "fixtures/agence-neuve/as-seen-2026-11-25.expected.json",
      "fixtures/agence-neuve/as-seen-2026-11-25.json",
      "mappings/agence-neuve/targetedAudiences.csv",
    ]);
    const [loaded, ...others] = await loadConnectors([project]);
    expect(others).toEqual([]);
    expect(loaded && (await checkFixtures(loaded)).problems).toEqual([]);
    expect(loaded?.definition).toMatchObject({ state: "draft", ignored: ["couleur"] });
    expect(loaded?.definition.fields).toEqual(connector?.definition.fields);
    expect(await biomeOutput(project, "connectors")).toContain("No fixes applied");
    const fixture = await readFile(join(project, "fixtures/agence-neuve/as-seen-2026-11-25.json"), "utf8");
    expect(fixture).not.toMatch(/DUPONT|ladrome|04 75/);
    const written = await readFile(join(project, "connectors/agence-neuve.ts"), "utf8");
    expect(written).toContain("Nobody has decided on these fields yet: couleur.");
    expect(written).not.toContain("Marie");
    // And as TypeScript, beside the project's own.
    const copy = await emptyFolder();
    for (const name of ["src", "package.json", "tsconfig.json"]) await cp(join(projectRoot, name), join(copy, name), { recursive: true });
    await symlink(join(projectRoot, "node_modules"), join(copy, "node_modules"), "dir");
    await cp(join(project, "connectors"), join(copy, "connectors"), { recursive: true });
    const config = JSON.parse(await readFile(join(projectRoot, "tsconfig.json"), "utf8"));
    await writeFile(join(copy, "tsconfig.json"), JSON.stringify({ ...config, include: ["connectors"] }));
    const { stdout } = await promisify(execFile)(join(projectRoot, "node_modules/.bin/tsc"), ["-p", copy, "--noEmit"]).catch(
      (failed: { stdout: string }) => failed,
    );
    expect(stdout).toBe("");
  });

  it("contains the changes, decided words and earlier fixtures of a connector changed in the console", async () => {
    const harvest = await newHarvest(catalogue, { ignored: ["note", "couleur"] });
    const definition = JSON.parse(await readFile(join(harvest.folder, `connectors/${harvest.connector}.json`), "utf8"));
    await harvest.write(`connectors/${harvest.connector}.ts`, `export const connector = ${JSON.stringify(definition)};\n`);
    await rm(join(harvest.folder, `connectors/${harvest.connector}.json`));
    await harvest.write(
      `mappings/${harvest.connector}/targetedAudiences.csv`,
      "partner_term,our_term,note\nMairie,epci,\nClub,association,vu\n",
    );
    await harvest.write(
      `fixtures/${harvest.connector}/first.json`,
      JSON.stringify([{ id: "9", titre: "Ancienne", libelle: "Aide ancienne" }]),
    );
    await harvest.day(records);
    const made = { connector: harvest.connector, definition: null, why: "x", by: "Marie", at: new Date(testNow) };
    const changes = { fields: { shortTitle: text("libelle") } };
    await catalogue.connectorVersions.add({ ...made, changes, terms: { targetedAudiences: { MAIRIE: ["commune"] } } }, 0);

    const { folder, names } = await unzipped(`/connecteurs/${harvest.connector}/fichiers.zip`, { folders: [harvest.folder] });
    expect(names).toContain(`fixtures/${harvest.connector}/first.expected.json`);
    const [loaded] = await loadConnectors([folder]);
    expect(loaded && (await checkFixtures(loaded)).problems).toEqual([]);
    expect(loaded?.definition.fields.shortTitle).toEqual(text("libelle"));
    expect(loaded?.terms.targetsOf("targetedAudiences", "mairie")).toEqual(["commune"]);
    expect(loaded?.terms.targetsOf("targetedAudiences", "club")).toEqual(["association"]);
  });

  it("contains the unchanged file of an unchanged connector", async () => {
    const { folder } = await unzipped("/connecteurs/departement-drome/fichiers.zip", { folders: [projectRoot] });
    const ours = await readFile(join(projectRoot, "connectors/departement-drome.ts"), "utf8");
    expect(await readFile(join(folder, "connectors/departement-drome.ts"), "utf8")).toBe(ours);
  });

  it("takes its fixture from the last feed with records", async () => {
    const harvest = await newHarvest(catalogue, { ignored: ["note", "couleur", "publics"], guards: guardsOff });
    const given = { folders: [harvest.folder] };
    const path = `/connecteurs/${harvest.connector}/fichiers.zip`;
    await harvest.day([]);
    const empty = await (await testConsole(catalogue, given).as("bizdev")).get(path);
    expect([empty.status, empty.html]).toEqual([422, expect.stringContaining("ne contient d’enregistrement")]);
    await harvest.day(records);
    await harvest.day([], { force: true });
    const { names } = await unzipped(path, given);
    expect(names).toContain(`fixtures/${harvest.connector}/as-seen-2026-11-25.json`);
  });

  it("is refused without records for a fixture, or if a changed rule contains code", async () => {
    const bizdev = await testConsole(catalogue, { folders: [projectRoot] }).as("bizdev");
    const definition = { ...smallDefinition("agence-vide", { state: "draft" }) };
    const made = { definition: null, changes: {}, terms: {}, why: "x", by: "Marie", at: new Date(testNow) };
    await catalogue.connectorVersions.add({ ...made, connector: "agence-vide", definition }, 0);
    expect((await bizdev.get("/connecteurs/agence-vide/fichiers.zip")).status).toBe(422);
    const code = (await loadConnectors([projectRoot])).find(({ definition: { fields } }) => JSON.stringify(fields).includes('"computed"'));
    if (code === undefined) return;
    const { id } = code.definition;
    await catalogue.connectorVersions.add({ ...made, connector: id, changes: { schedule: "0 4 * * *" } }, 0);
    const refused = await bizdev.get(`/connecteurs/${id}/fichiers.zip`);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain("contient du code");
  });
});
