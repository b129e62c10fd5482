import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gatherDigest } from "../../../src/jobs/digest/gather-digest.ts";
import { workOnce } from "../../../src/jobs/worker/work-once.ts";
import { readConnectors } from "../../../src/registry/load-connectors.ts";
import { newCatalogue, ownCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { draftWithFeed } from "../previews/draft-with-feed.ts";

const records = [
  { id: "1", titre: "Rénover une école", texte: "<p>Pour les communes rurales.</p>" },
  { id: "2", titre: "Planter des haies", texte: "<p>Pour les agriculteurs.</p>" },
];
const button = "Demander à l’équipe d’appliquer";
const asked = /Application demandée par Marie, le mercredi 25 novembre à \d+ h \d\d : relu & corrigé\./;

/** Returns the text of a page, without markup. */
function textOf(html: string): string {
  return html
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&amp;", "&")
    .replace(/[\s\u00a0\u202f]+/g, " ");
}

describe.each(testedDatabases)("the request to apply a held plan, $title", (database) => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    if (!database.skipped) catalogue = await newCatalogue(database);
  });
  afterAll(async () => catalogue?.drop());
  const test = it.skipIf(database.skipped);

  /** Returns the held first plan of a draft. */
  async function begin() {
    const harvest = await newHarvest(catalogue, { state: "draft" });
    const { planId, outcome } = await harvest.day(records);
    expect(outcome).toBe("held");
    const console = testConsole(catalogue, { folders: [harvest.folder] });
    const [marie, olga] = [await console.as("bizdev", "Marie"), await console.as("ops", "Olga")];
    const requested = async () => {
      const since = new Date(testNow.getTime() - 86_400_000);
      const registry = await readConnectors([harvest.folder]);
      const { ops } = await gatherDigest(catalogue, { ...registry, environment: {} }, { since, until: testNow }, testNow);
      return ops.requested?.filter(({ connector }) => connector === harvest.connector);
    };
    const places = async () => ({
      night: asked.test(textOf((await olga.get("/")).html)),
      list: asked.test(textOf((await olga.get(`/plans?etat=requested&connecteur=${harvest.connector}`)).html)),
      digest: (await requested())?.length === 1,
    });
    const acts = async (act: string) =>
      (await catalogue.audit.list({ act }, { limit: 100, offset: 0 })).filter(({ subject }) => subject === `plan ${planId}`);
    return { harvest, console, marie, olga, planId, path: `/plans/${planId}`, places, requested, acts };
  }

  test("bizdev asks; ops see it on the plan, the night page, the list and in the digest, and apply the plan, which ends it", async () => {
    const { marie, olga, path, places, requested, acts } = await begin();
    expect((await marie.get(path)).html).toContain(button);
    expect(await places()).toEqual({ night: false, list: false, digest: false });
    const done = await marie.act(`${path}/demander`, { note: "relu & corrigé" });
    expect(textOf(done.html)).toMatch(asked);
    expect(done.html).not.toContain(button);
    expect(textOf((await olga.get(path)).html)).toMatch(asked);
    expect(textOf((await olga.get("/")).html)).toContain("application demandée Région Exemple");
    expect(await places()).toEqual({ night: true, list: true, digest: true });
    expect(await requested()).toMatchObject([{ request: { by: "Marie", note: "relu & corrigé" } }]);
    expect(await acts("plan.request-apply")).toMatchObject([{ by: "Marie" }]);
    await olga.act(`${path}/appliquer`);
    expect(await places()).toEqual({ night: false, list: false, digest: false });
    expect((await marie.post(`${path}/demander`)).status).toBe(409);
  });

  test("a discarded plan ends it", async () => {
    const { marie, olga, path, places } = await begin();
    await marie.post(`${path}/demander`, { note: "relu & corrigé" });
    expect(await places()).toEqual({ night: true, list: true, digest: true });
    await olga.act(`${path}/ecarter`);
    expect(await places()).toEqual({ night: false, list: false, digest: false });
  });

  test("can be withdrawn, and made again", async () => {
    const { marie, path, places, acts } = await begin();
    await marie.post(`${path}/demander`, { note: "relu & corrigé" });
    const withdrawn = await marie.act(`${path}/retirer-demande`);
    expect(withdrawn.html).toContain("La demande est retirée.");
    expect(withdrawn.html).toContain(button);
    expect(await places()).toEqual({ night: false, list: false, digest: false });
    await marie.post(`${path}/retirer-demande`);
    expect(await acts("plan.withdraw-request")).toHaveLength(1);
    await marie.post(`${path}/demander`, { note: "relu & corrigé" });
    expect(await places()).toEqual({ night: true, list: true, digest: true });
  });

  test("a second request changes nothing", async () => {
    const { marie, path, requested, acts } = await begin();
    await marie.post(`${path}/demander`, { note: "première" });
    const first = await requested();
    expect((await marie.post(`${path}/demander`, { note: "seconde" })).to).toBe(path);
    expect(await requested()).toEqual(first);
    expect(await acts("plan.request-apply")).toHaveLength(1);
  });

  test("neither a reader nor a person who may apply the plan can make one", async () => {
    const { console, olga, path, requested } = await begin();
    const reader = await console.as("read");
    expect((await reader.get(path)).html).not.toContain(button);
    expect((await reader.post(`${path}/demander`)).status).toBe(403);
    expect((await olga.get(path)).html).not.toContain(button);
    expect((await olga.post(`${path}/demander`)).status).toBe(422);
    expect(await requested()).toEqual([]);
  });
});

describe("the last step of a draft", () => {
  it("offers to ask ops once the first run is held, and then says who asked", async () => {
    const catalogue = await ownCatalogue();
    const console = testConsole(catalogue);
    const marie = await console.as("bizdev", "Marie");
    const { path } = await draftWithFeed(marie);
    await marie.post(`${path}/essai`);
    expect((await marie.get(`${path}/essai`)).html).not.toContain(button);
    await workOnce(console.services.jobs, {});
    const { html } = await marie.get(`${path}/essai`);
    expect(html).toContain(button);
    const [, action = ""] = /action="(\/plans\/[^"]+\/demander)"/.exec(html) ?? [];
    expect((await marie.post(action)).status).toBe(303);
    const after = textOf((await marie.get(`${path}/essai`)).html);
    expect(after).toContain("Première collecte retenue, application demandée par Marie.");
    expect(after).not.toContain(button);
  }, 60_000);
});
