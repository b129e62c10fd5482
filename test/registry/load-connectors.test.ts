import { execFile } from "node:child_process";
import { appendFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { loadConnectors, readConnectors } from "../../src/registry/load-connectors.ts";
import { RegistryError } from "../../src/registry/registry-error.ts";
import { connectorFolder, soundDefinition } from "../support/connector-folder.ts";

const typescript = `
import { computed, defineConnector, identifier, terms, text } from "moisson/connector-kit";
const suffix: string = "!";
export const connector = defineConnector({
  id: "en-typescript",
  publisher: { name: "A", kind: "any", territory: { scale: "country", code: "FRA" }, licence: "unknown" },
  feed: { url: "https://example.org/a.json" },
  decode: { format: "json" },
  fields: {
    externalId: identifier("id"),
    name: computed("shout", { why: "to see a function in a connector", reads: ["nom"] }, (values) => String(values.nom) + suffix),
    categories: terms("themes", "categories"),
  },
});
`;
const javascript = typescript.replace(": string", "").replace("en-typescript", "en-javascript");
const json = JSON.stringify(soundDefinition({ id: "en-json" }));
const threeWays = { "connectors/en-typescript.ts": typescript, "connectors/en-javascript.js": javascript, "connectors/en-json.json": json };

it("reads TypeScript, JavaScript and JSON in any folder, sorted by id", async () => {
  const folder = await connectorFolder({ ...threeWays, "connectors/README.md": "no connector" });
  const loaded = await loadConnectors([folder]);
  expect(loaded.map(({ definition }) => definition.id)).toEqual(["en-javascript", "en-json", "en-typescript"]);
  expect(loaded[2]).toMatchObject({ folder, file: path.join(folder, "connectors/en-typescript.ts") });
});

it("tsx also resolves moisson/connector-kit from any folder", async () => {
  const folder = await connectorFolder(threeWays);
  const root = path.resolve(import.meta.dirname, "../..");
  const script = `import { loadConnectors } from ${JSON.stringify(path.join(root, "src/registry/load-connectors.ts"))};
    console.log((await loadConnectors([process.argv[2]])).map((loaded) => loaded.definition.id).join());`;
  const probe = await connectorFolder({ "probe.mts": script });
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", path.join(probe, "probe.mts"), folder], { cwd: root });
  expect(stdout.trim()).toBe("en-javascript,en-json,en-typescript");
});

it("an invalid connector is refused with its file and key, and the others can still run", async () => {
  const folder = await connectorFolder({
    "connectors/en-json.json": json,
    "connectors/broken.ts": "export const connector = {",
    "connectors/empty.ts": "export const other = 1;",
    "connectors/not-json.json": "{",
    "connectors/throws.js": "throw new Error('at load')",
    "connectors/region-exemple.json": JSON.stringify(soundDefinition({ shedule: "x" })),
  });
  const { connectors, problems } = await readConnectors([folder]);
  expect(connectors.map(({ definition }) => definition.id)).toEqual(["en-json"]);
  expect(problems.map(({ file, key, didYouMean }) => [path.basename(file), key, didYouMean])).toEqual([
    ["broken.ts", undefined, undefined],
    ["empty.ts", undefined, undefined],
    ["not-json.json", undefined, undefined],
    ["region-exemple.json", "shedule", "schedule"],
    ["throws.js", undefined, undefined],
  ]);
  await expect(loadConnectors([folder])).rejects.toThrow(RegistryError);
  await expect(loadConnectors([folder])).rejects.toThrow(/region-exemple\.json: shedule: unknown key, did you mean schedule\?/);
});

it("an id in two folders is refused, naming both files", async () => {
  const first = await connectorFolder({ "connectors/en-json.json": json });
  const second = await connectorFolder({ "connectors/en-json.json": json });
  const { connectors, problems } = await readConnectors([first, second]);
  expect(connectors).toHaveLength(1);
  expect(problems).toEqual([{ file: path.join(second, "connectors/en-json.json"), key: "id", message: expect.stringContaining(first) }]);
});

it("a folder without connectors gives an empty list", async () => {
  expect(await loadConnectors([await connectorFolder({ "README.md": "" }), "/nowhere/at/all"])).toEqual([]);
});

it("a term file with a misspelt name is refused with the nearest name", async () => {
  const folder = await connectorFolder({
    "connectors/en-json.json": json,
    "mappings/en-json/categorie.csv": "partner_term,our_term,note\n",
  });
  const { problems } = await readConnectors([folder]);
  expect(problems).toEqual([
    { file: path.join(folder, "mappings/en-json/categorie.csv"), message: "is not named after a vocabulary", didYouMean: "categories.csv" },
  ]);
});

it("an invalid shared file is reported once for all connectors", async () => {
  const folder = await connectorFolder({ ...threeWays, "mappings/shared/categories.csv": "partner_term,our_term,note\nA,nope,\n" });
  expect((await readConnectors([folder])).problems).toHaveLength(1);
});

it("terms: the connector's file, then the shared one, then our labels", async () => {
  const header = "partner_term,our_term,note\n";
  const folder = await connectorFolder({
    "connectors/en-json.json": json,
    "mappings/en-json/targetedAudiences.csv": `${header}Jeunes,private-person,\nTouriste,,\n`,
    "mappings/shared/targetedAudiences.csv": `${header}Jeunes,association,\nMairies,commune,\n`,
  });
  const [loaded] = await loadConnectors([folder]);
  const targets = ["JEUNES", "touriste", "Mairies", "Agriculteurs", "farmer", "Martiens"].map((term) =>
    loaded?.terms.targetsOf("targetedAudiences", term),
  );
  expect(targets).toEqual([["private-person"], [], ["commune"], ["farmer"], ["farmer"], undefined]);
});

it("a changed term file or rule changes the fingerprint, an unused file does not", async () => {
  const header = "partner_term,our_term,note\n";
  const folder = await connectorFolder({ "connectors/en-json.json": json, "mappings/en-json/targetedAudiences.csv": header });
  const fingerprint = async () => (await loadConnectors([folder]))[0]?.fingerprint;
  const first = await fingerprint();
  expect(await fingerprint()).toBe(first);

  await writeFile(path.join(folder, "mappings/en-json/categories.csv"), header);
  expect(await fingerprint()).toBe(first);

  await appendFile(path.join(folder, "mappings/en-json/targetedAudiences.csv"), "A,farmer,\n");
  const second = await fingerprint();
  expect(second).not.toBe(first);

  await writeFile(path.join(folder, "connectors/en-json.json"), JSON.stringify(soundDefinition({ id: "en-json", placeholders: ["x"] })));
  expect(await fingerprint()).not.toBe(second);
});

it("other code in the file of a computed rule is part of the fingerprint", async () => {
  const before = await connectorFolder({ "connectors/en-typescript.ts": typescript });
  const after = await connectorFolder({ "connectors/en-typescript.ts": typescript.replace('"!"', '"?"') });
  const [a] = await loadConnectors([before]);
  const [b] = await loadConnectors([after]);
  expect(a?.fingerprint).not.toBe(b?.fingerprint);
});
