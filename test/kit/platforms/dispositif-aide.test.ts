import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import type { ConnectorInput } from "../../../src/kit/definition.ts";
import { dispositifAide } from "../../../src/kit/platforms/dispositif-aide.ts";
import { text } from "../../../src/kit/rules/texts.ts";
import { feedServer, type ScriptedAnswer } from "../../support/feed-server.ts";
import { failureOf } from "../../support/fetch-test-feed.ts";
import { readServed } from "../../support/read-served.ts";

const publisher: ConnectorInput["publisher"] = {
  name: "Ministère d'Exemple",
  kind: "ministry",
  territory: { scale: "country", code: "FRA" },
  licence: "unknown",
};
const id = "65d5b6c7-102c-4440-ac3b-768f708edc0a";
const terms = {
  aidTypes: { financement: ["grant"], prêt: ["loan"] },
  targetedAudiences: { professionnels: ["private-sector"], associations: ["association"] },
};

/** One aid in JSON: lists and objects. */
const asJson = {
  id,
  titre: "Prime aux machines sobres",
  promesse: "Changez de machines",
  description: "Une **prime**.",
  eligibilite: ["Avoir une machine", "En vouloir une autre"],
  types_aides: ["financement", "prêt"],
  porteurs: [
    { nom: "AGENCE D'EXEMPLE", siren: "385290309", roles: ["instructeur"] },
    { nom: "BANQUE EXEMPLE", siren: "483790069", roles: ["financeur", "diffuseur"] },
  ],
  programmes_parents: ["Fonds d'exemple", "Plan d'exemple"],
  url_source: "https://aides.example.org/prime",
  cibles: ["professionnels", "associations"],
  eligibilite_geographique: ["REG-84", "DEP-05"],
  eligibilite_geographique_exclusions: ["DEP-01", "COM-83141"],
  date_ouverture: "2025-10-14T22:00:00Z",
  date_cloture: "2025-12-31T15:00:00Z",
  date_mise_a_jour: "2025-10-15T15:00:00Z",
  ciblage_naf: "A|B",
};
/** The same in CSV: lists with `|`, and JSON objects in cells, as in the schema's examples. */
const asCsv = {
  ...asJson,
  eligibilite: asJson.eligibilite.join("\n\n"),
  types_aides: "financement|prêt",
  porteurs:
    "[{ nom: 'AGENCE D'EXEMPLE', siren: '385290309', roles: [ 'instructeur' ]}, { nom: 'BANQUE EXEMPLE', siren: '483790069', roles: [ 'financeur', 'diffuseur' ]}]",
  programmes_parents: "Fonds d'exemple|Plan d'exemple",
  cibles: "professionnels|associations",
  eligibilite_geographique: "REG-84|DEP-05",
  eligibilite_geographique_exclusions: "DEP-01|COM-83141",
};

/** Reads a feed with this answer. */
async function read(given: Pick<Parameters<typeof dispositifAide>[0], "format" | "recordPath" | "fields">, answer: ScriptedAnswer) {
  const server = await feedServer();
  return readServed(server, dispositifAide({ id: "schema", publisher, feed: { url: server.on("/aides", answer) }, ...given }), { terms });
}

describe("aids in the national schema", () => {
  it("give the same aid from CSV, with commas or semicolons, and from JSON", async () => {
    const ways = await Promise.all([
      read({ format: "json" }, { body: [asJson] }),
      read({ format: "json", recordPath: "data.aides" }, { body: { data: { aides: [asJson] } } }),
      read({ format: "csv" }, { body: Papa.unparse([asCsv]) }),
      read({ format: "csv" }, { body: `\ufeff${Papa.unparse([asCsv], { delimiter: ";" })}` }),
    ]);
    for (const { issues, unreadFields } of ways) expect([issues, unreadFields]).toEqual([[], []]);
    const [first, ...others] = ways.map(({ aids }) => aids.get(id));
    expect(first).toMatchObject({
      description: "<p>Changez de machines</p><p>Une <strong>prime</strong>.</p>",
      eligibility: "<p>Avoir une machine</p><p>En vouloir une autre</p>",
      aidTypes: ["grant", "loan"],
      targetedAudiences: ["association", "private-sector"],
      instructors: [{ name: "AGENCE D'EXEMPLE", siren: "385290309" }],
      financers: [{ name: "BANQUE EXEMPLE", siren: "483790069" }],
      programs: ["Fonds d'exemple", "Plan d'exemple"],
      startDate: "2025-10-15",
      submissionDeadline: "2025-12-31",
      submissionDeadlineTime: "16:00",
      recurrence: "oneoff",
    });
    expect(first?.perimeters.map(({ code }) => code)).toEqual(["05", "84"]);
    expect(first?.perimeterExclusions.map(({ code }) => code)).toEqual(["83141", "01"]);
    for (const other of others) expect(other).toEqual(first);
  });

  it("are permanent without a deadline; rules of the connector take precedence over the schema", async () => {
    const open = { ...asJson, date_cloture: "", porteurs: [] };
    const { aids } = await read({ format: "json", fields: { shortTitle: text("promesse") } }, { body: [open] });
    expect(aids.get(id)).toMatchObject({
      recurrence: "ongoing",
      submissionDeadline: null,
      shortTitle: "Changez de machines",
      financers: [],
    });
  });

  it.each<["csv" | "json", ScriptedAnswer, string]>([
    ["json", { body: '[{"id": "1", "titre"' }, "malformed"],
    ["csv", { body: "<!doctype html><title>Maintenance</title>" }, "html-page"],
    ["csv", { status: 429, headers: { "retry-after": "3600" } }, "server-busy"],
  ])("as %s, the response %j is not read", async (format, answer, code) => {
    expect(await failureOf(read({ format }, answer))).toMatchObject({ code });
  });

  it("an error instead of the aids gives no aid", async () => {
    const { aids, rejected } = await read({ format: "json" }, { body: { error: "Not found" } });
    expect([aids.size, rejected]).toEqual([0, ["missing-external-id", "missing-name"]]);
  });
});
