import { describe, expect, it } from "vitest";
import type { ConnectorInput } from "../../../src/kit/definition.ts";
import { constant } from "../../../src/kit/rules/constant.ts";
import { html } from "../../../src/kit/rules/texts.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { curatedAid } from "../../support/curate.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";

const haie = {
  id: "1",
  titre: "Planter une haie",
  texte: "<p>La haie du bocage.</p><p>Renseignements : haies@region-exemple.fr</p>",
  lien: "https://example.org/haie",
  rythme: "Permanente",
  publics: ["Communes"],
  contact: "",
};
const mare = { ...haie, id: "2", titre: "Creuser une mare", lien: "https://example.org/mare", contact: "<p>Service de l'eau</p>" };

/** Gives every other field that publishing requires, except the steps. */
const fields = {
  contact: html("contact"),
  aidTypes: constant(["technical-engineering"]),
  categories: constant(["eau-potable"]),
  financers: constant([{ name: "Région Exemple", siren: null }]),
  perimeters: constant([{ scale: "department", code: "78" }]),
};

/** Opens a catalogue with two aids, and signs in a curator and an operator. */
async function opened(changes: Partial<ConnectorInput> = {}) {
  const catalogue = await ownCatalogue();
  const harvest = await newHarvest(catalogue, { guards: guardsOff, ...changes, fields: fields as never });
  await harvest.day([haie, mare]);
  const console = testConsole(catalogue, { folders: [harvest.folder] });
  const marie = await console.as("bizdev", "Marie D.");
  const claire = await console.as("ops", "Claire O.");
  const aid = (externalId = "1") => curatedAid(catalogue, { connector: harvest.connector, externalId });
  return { catalogue, harvest, marie, claire, aid, path: `/connecteurs/${harvest.connector}` };
}

describe("suggestions in the console", () => {
  it("are on the aid's page with the sentence, and one button accepts one and marks the field", async () => {
    const { marie, aid } = await opened();
    const { aidId, revision } = await aid();
    const before = await marie.get(`/aides/${aidId}`);
    expect(before.html).toContain("Suggestion de Moisson");
    expect(before.html.replace(/\s|&nbsp;/g, " ")).toContain("Renseignements : haies@region-exemple.fr");
    const done = await marie.act(`/aides/${aidId}/suggestion`, { champ: "contactEmail", revision: String(revision) });
    expect(done.html).toContain("La suggestion est acceptée.");
    expect(done.html).toContain("rempli par Moisson");
    expect((await aid()).edits.contactEmail).toMatchObject({
      value: "haies@region-exemple.fr",
      by: "Marie D.",
      suggestion: { confirmed: true },
    });
    expect((await marie.post(`/aides/${aidId}/suggestion`, { champ: "contactEmail", revision: String(revision) })).status).toBe(409);
    expect((await marie.post(`/aides/${aidId}/suggestion`, { champ: "contactMail", revision: String(revision + 1) })).status).toBe(422);
  });

  it("are in the review, where the button also keeps what was typed elsewhere", async () => {
    const { marie, aid } = await opened();
    const { aidId, revision } = await aid();
    const page = await marie.get(`/relecture/${aidId}`);
    expect(page.html).toContain(`formaction="/relecture/${aidId}/suggestion"`);
    const done = await marie.act(`/relecture/${aidId}/suggestion`, {
      revision: String(revision),
      suggestion: "contact",
      "vu.name": "other",
      "aide.name": "Planter des haies",
      file: "",
    });
    expect(done.html).toContain("La suggestion est acceptée.");
    const { edits } = await aid();
    expect([edits.name?.value, edits.contact?.suggestion?.rule]).toEqual(["Planter des haies", "sentence-contact"]);
  });

  it("a decision holds for later runs until somebody ends it", async () => {
    const { catalogue, harvest, marie, path } = await opened();
    const none = { publisher: null, rule: null, condition: null, note: null, by: "Marie D.", at: testNow.toISOString() };
    const fill = { kind: "fill", connector: harvest.connector, field: "contactEmail", value: "a@example.org", ...none } as const;
    const decision = await catalogue.standingDecisions.add(fill);
    const page = await marie.get(`${path}/suggestions`);
    expect(page.html).toContain("Y mettre fin");
    expect(page.html.replace(/\s|&nbsp;/g, " ")).toContain("1 aide sans ce champ : 1 a une suggestion.");
    await marie.post(`${path}/suggestions/finir`, { decision });
    expect(await catalogue.standingDecisions.list()).toEqual([]);
    expect((await marie.post(`${path}/suggestions/finir`, { decision })).status).toBe(409);
  });

  it("only ops lets runs publish, and the aids that they published are checked once", async () => {
    const { catalogue, harvest, marie, claire, path, aid } = await opened();
    expect((await marie.post(`${path}/publication`, { politique: "fullyDescribed", raison: "convenu" })).status).toBe(403);
    expect((await claire.post(`${path}/publication`, { politique: "fullyDescribed", raison: "" })).status).toBe(422);
    await claire.post(`${path}/publication`, { politique: "fullyDescribed", raison: "convenu avec eux" });
    const at = testNow.toISOString();
    const none = { publisher: null, rule: null, condition: null, note: null, by: "Claire O.", at };
    await catalogue.standingDecisions.add({
      kind: "fill",
      connector: harvest.connector,
      field: "mobilizationSteps",
      value: ["op"],
      ...none,
    });
    await harvest.day([haie, { ...mare, texte: "<p>La mare.</p>" }]);
    expect([(await aid("1")).status, (await aid("2")).status]).toEqual(["reviewable", "published"]);
    expect((await marie.get("/publications")).html).toContain("Creuser une mare");
    const { aidId } = await aid("2");
    expect((await marie.act(`/publications/${aidId}/vu`)).html).toContain("vue par Marie D.");
    expect((await claire.post(`/publications/${aidId}/vu`)).status).toBe(409);
    const [policy] = (await catalogue.standingDecisions.list()).filter(({ kind }) => kind === "publish");
    await claire.post(`${path}/publication`, { politique: "review", decision: policy?.id ?? "" });
    expect((await catalogue.standingDecisions.list()).map(({ kind }) => kind)).toEqual(["fill"]);
  });
});
