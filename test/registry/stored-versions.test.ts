import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { ConnectorVersion } from "../../src/model/run/connector-version.ts";
import { type ReadConnectors, readConnectors } from "../../src/registry/load-connectors.ts";
import { withStoredVersions } from "../../src/registry/stored-versions.ts";
import { connectorFolder, soundDefinition } from "../support/connector-folder.ts";

const text = (path: string) => ({ kind: "text", of: { kind: "field", path } });

function version(changes: Partial<ConnectorVersion>): ConnectorVersion {
  return {
    connector: "region-exemple",
    version: 3,
    definition: null,
    changes: {},
    terms: {},
    why: "une colonne a changé de nom",
    by: "Marie",
    at: new Date("2026-11-25T08:00:00Z"),
    ...changes,
  };
}

async function read(
  versions: readonly ConnectorVersion[],
  files: Readonly<Record<string, string>> = { "connectors/region-exemple.json": JSON.stringify(soundDefinition()) },
): Promise<ReadConnectors> {
  const folder = await connectorFolder(files);
  return withStoredVersions(await readConnectors([folder]), versions, [folder]);
}

it("changes take precedence over the file field by field, null removes a field, and the fingerprint changes", async () => {
  const plain = await read([]);
  const changed = await read([
    version({ changes: { schedule: "0 5 * * *", fields: { name: text("intitule"), targetedAudiences: null } } }),
  ]);
  const [before, after] = [plain.connectors[0], changed.connectors[0]];
  expect(after?.definition.fields.name).toEqual(text("intitule"));
  expect(after?.definition.fields.targetedAudiences).toBeUndefined();
  expect(after?.definition.fields.externalId).toEqual(before?.definition.fields.externalId);
  expect(after?.definition.schedule).toBe("0 5 * * *");
  expect(after?.version).toBe(3);
  expect(after?.fingerprint).not.toBe(before?.fingerprint);
});

it("a version without changes, such as a reverted one, has the fingerprint of the file", async () => {
  const plain = await read([]);
  const same = await read([version({ changes: {}, terms: {} })]);
  expect(same.connectors[0]?.fingerprint).toBe(plain.connectors[0]?.fingerprint);
});

it("decided words, also ignored ones, take precedence over term files in any case", async () => {
  const files = {
    "connectors/region-exemple.json": JSON.stringify(soundDefinition()),
    "mappings/region-exemple/targetedAudiences.csv": "partner_term,our_term,note\nMairie,epci,\nClub,association,\n",
  };
  const { connectors } = await read([version({ terms: { targetedAudiences: { mairie: ["commune"], Autre: [] } } })], files);
  const terms = connectors[0]?.terms;
  expect(terms?.targetsOf("targetedAudiences", "MAIRIE")).toEqual(["commune"]);
  expect(terms?.targetsOf("targetedAudiences", "autre")).toEqual([]);
  expect(terms?.targetsOf("targetedAudiences", "club")).toEqual(["association"]);
  expect(terms?.targetsOf("targetedAudiences", "inconnu")).toBeUndefined();
});

it("a connector without a file runs like any other, with the shared term files", async () => {
  const files = {
    "connectors/region-exemple.json": JSON.stringify(soundDefinition()),
    "mappings/shared/targetedAudiences.csv": "partner_term,our_term,note\nMairie,commune,\n",
  };
  const definition = soundDefinition({ id: "agence-neuve", state: "draft" });
  const { connectors, problems } = await read([version({ connector: "agence-neuve", version: 1, definition })], files);
  expect(problems).toEqual([]);
  expect(connectors.map(({ definition: { id } }) => id)).toEqual(["agence-neuve", "region-exemple"]);
  expect(connectors[0]).toMatchObject({ file: null, folder: null, version: 1, definition: { state: "draft" } });
  expect(connectors[0]?.terms.targetsOf("targetedAudiences", "mairie")).toEqual(["commune"]);
});

it("the fingerprint of a connector without a file covers its words and the shared ones", async () => {
  const definition = soundDefinition({ id: "agence-neuve" });
  const of = async (terms: ConnectorVersion["terms"], files: Readonly<Record<string, string>>) =>
    (await read([version({ connector: "agence-neuve", definition, terms })], files)).connectors[0]?.fingerprint;
  const shared = (row: string) => ({ "mappings/shared/targetedAudiences.csv": `partner_term,our_term,note\n${row}\n` });
  const prints = [
    await of({}, shared("Mairie,commune,")),
    await of({ targetedAudiences: { Club: ["association"] } }, shared("Mairie,commune,")),
    await of({}, shared("Mairie,epci,")),
  ];
  expect(new Set(prints).size).toBe(3);
  expect(await of({}, shared("Mairie,commune,"))).toBe(prints[0]);
});

it("an invalid version prevents its connector from running and is reported; other connectors run", async () => {
  const files = {
    "connectors/region-exemple.json": JSON.stringify(soundDefinition()),
    "connectors/region-saine.json": JSON.stringify(soundDefinition({ id: "region-saine" })),
  };
  const changes = {
    shedule: "0 5 * * *",
    fields: { startDate: { kind: "date", of: { kind: "field", path: "d" }, formats: ["jj/mm/aaaa"] } },
  };
  const { connectors, problems } = await read([version({ changes, terms: { targetedAudiences: { Mairie: ["comune"] } } })], files);
  expect(connectors.map(({ definition: { id } }) => id)).toEqual(["region-saine"]);
  expect(problems.every(({ version: of }) => of?.connector === "region-exemple" && of.number === 3)).toBe(true);
  expect(problems.map(({ file }) => file)[0]).toBe("version 3 of region-exemple, by Marie");
  expect(problems.map(({ key, didYouMean }) => [key, didYouMean])).toContainEqual(["shedule", "schedule"]);
  expect(problems.map(({ key, didYouMean }) => [key, didYouMean])).toContainEqual(['terms.targetedAudiences."Mairie"', "commune"]);
});

it("a new file takes precedence over the catalogue, and a removed file stays removed", async () => {
  const definition = soundDefinition({ id: "region-exemple", schedule: "0 4 * * *" });
  const both = await read([version({ definition, terms: { targetedAudiences: { Mairie: ["commune"] } } })]);
  expect(both.connectors[0]?.definition.schedule).toBeUndefined();
  expect(both.connectors[0]?.terms.targetsOf("targetedAudiences", "Mairie")).toBeUndefined();
  const gone = await read([version({ connector: "region-partie", changes: { schedule: "0 4 * * *" } })]);
  expect(gone.connectors.map(({ definition: { id } }) => id)).toEqual(["region-exemple"]);
  expect(gone.problems).toEqual([]);
});

it("versions of the console can neither reach private hosts, nor read other secrets, nor send a file's secrets to another server", async () => {
  const feed = { url: "https://example.org/aides.csv", auth: { kind: "bearer", tokenFrom: "OUR_TOKEN" } };
  const files = { "connectors/region-exemple.json": JSON.stringify(soundDefinition({ feed })) };
  const keysOf = async (changes: object) =>
    (await read([version({ changes: { feed: changes } })], files)).problems.map(({ key, message }) => `${key} ${message}`);
  expect(await keysOf({ ...feed, url: "https://example.org/aides-2027.csv" })).toEqual([]);
  expect(await keysOf({ url: "https://elsewhere.example/aides.csv" })).toEqual([]);
  expect(await keysOf({ ...feed, auth: { kind: "bearer", tokenFrom: "REGION_EXEMPLE_TOKEN" } })).toEqual([]);
  expect(await keysOf({ ...feed, url: "https://elsewhere.example/aides.csv" })).toEqual([
    expect.stringMatching(/^feed\.url .*another server/),
  ]);
  expect(await keysOf({ ...feed, headersFrom: { "X-Key": "AWS_SECRET_ACCESS_KEY" } })).toEqual([
    expect.stringMatching(/AWS_SECRET_ACCESS_KEY/),
  ]);
  expect(await keysOf({ ...feed, allowHosts: ["169.254.169.254"] })).toEqual([expect.stringMatching(/^feed\.allowHosts 169/)]);
});

it("definitions that have not changed are not checked again, and a changed file or version is", async () => {
  const definition = (id: string) => soundDefinition({ id });
  const folder = await connectorFolder({
    "connectors/region-exemple.json": JSON.stringify(soundDefinition()),
    "connectors/region-autre.json": JSON.stringify(definition("region-autre")),
  });
  const [files, stored] = [new Map(), new Map()];
  const readAgain = async (...versions: ConnectorVersion[]) => {
    const { connectors, problems } = await withStoredVersions(await readConnectors([folder], { kept: files }), versions, [folder], stored);
    expect(problems).toEqual([]);
    return new Map(connectors.map((connector) => [connector.definition.id, connector]));
  };
  const own = version({ connector: "region-neuve", definition: definition("region-neuve") });
  const first = await readAgain(own, version({ changes: { schedule: "0 5 * * *" } }));
  await writeFile(join(folder, "connectors/region-autre.json"), JSON.stringify({ ...definition("region-autre"), schedule: "15 4 * * *" }));
  const second = await readAgain();
  for (const id of ["region-neuve", "region-exemple"]) expect(second.get(id)?.definition).toBe(first.get(id)?.definition);
  expect(second.get("region-neuve")?.fingerprint).toBe(first.get("region-neuve")?.fingerprint);
  expect(second.get("region-exemple")?.definition.schedule).toBe("0 5 * * *");
  expect(second.get("region-autre")?.definition.schedule).toBe("15 4 * * *");
  const third = await readAgain(version({ version: 4, changes: { schedule: "0 6 * * *" } }));
  expect(third.get("region-exemple")?.definition.schedule).toBe("0 6 * * *");
  expect(third.get("region-neuve")?.definition).toBe(first.get("region-neuve")?.definition);
});
