import { describe, expect, it } from "vitest";
import { workOnce } from "../../../../src/jobs/worker/work-once.ts";
import { ownCatalogue } from "../../../support/catalogues.ts";
import { testConsole } from "../../../support/console-client.ts";
import { testNow } from "../../../support/made-aids.ts";

const feed = ["id;titre;texte", "A1;Rénover une salle;<p>Pour les communes.</p>", "A2;Planter des haies;<p>Pour tous.</p>"].join("\n");
const id = "region-bretagne-essai";

/** Returns a draft that is ready to become a connector. */
async function ready() {
  const catalogue = await ownCatalogue();
  const console = testConsole(catalogue);
  const marie = await console.as("bizdev", "Marie");
  const begin = await marie.post("/brouillons", { nom: "Région Bretagne" });
  const draft = (begin.to ?? "").replace(/\/producteur$/, "");
  const who = { nom: "Région Bretagne", nature: "region", territoire: "Bretagne", licence: "openlicence20", connecteur: id };
  await marie.post(`${draft}/producteur`, who);
  await marie.post(`${draft}/flux`, { fichier: new File([feed], "aides.csv") });
  return { catalogue, console, marie, step: `${draft}/essai`, who, draft };
}

describe("a draft that becomes a connector", () => {
  it("creates one connector on a double click", async () => {
    const { catalogue, marie, step } = await ready();
    const both = await Promise.all([marie.post(step), marie.post(step)]);
    for (const { to } of both) expect(to).toMatch(/^\/(collectes|connecteurs)\//);
    expect(await catalogue.connectorVersions.list(id)).toHaveLength(1);
    expect((await catalogue.runs.open()).filter(({ connector }) => connector === id)).toHaveLength(1);
  }, 60_000);

  it("adds no version if the same definition is created again", async () => {
    const { catalogue, marie, step } = await ready();
    const first = await marie.post(step);
    expect((await marie.post(step)).to).toBe(first.to);
    expect(await catalogue.connectorVersions.list(id)).toHaveLength(1);
  }, 60_000);

  it("does not replace a connector that somebody has changed since", async () => {
    const { catalogue, marie, step } = await ready();
    await marie.post(step);
    expect((await marie.post(step)).to).toMatch(/^\/collectes\//);
    const [newest] = await catalogue.connectorVersions.list(id);
    const definition = { ...newest?.definition, ignored: ["texte"] };
    const made = { connector: id, definition, changes: {}, terms: newest?.terms ?? {}, why: "tri", by: "Paul", at: new Date(testNow) };
    const changed = await catalogue.connectorVersions.add(made, newest?.version ?? 0);

    const refused = await marie.post(step);
    expect(refused.status).toBe(409);
    expect(refused.html).toContain("Paul");
    expect(refused.html).toContain(`/connecteurs/${id}/definition`);
    expect((await catalogue.connectorVersions.list(id))[0]).toMatchObject({ version: changed, by: "Paul", why: "tri" });
    const page = await marie.get(step);
    expect(page.html).not.toContain("Remplacer le connecteur");
  }, 60_000);

  it("does not replace a connector whose aids are in the catalogue", async () => {
    const { catalogue, console, marie, step, draft, who } = await ready();
    await marie.post(step);
    await workOnce(console.services.jobs, {});
    const [held] = await catalogue.plans.list({ connector: id, limit: 1 });
    await catalogue.plans.apply(held?.planId ?? "", { token: null, now: new Date(testNow), appliedBy: "Olga" });
    await marie.post(`${draft}/producteur`, { ...who, licence: "unknown" });
    expect((await marie.post(step)).status).toBe(409);
    expect(await catalogue.connectorVersions.list(id)).toHaveLength(1);
  }, 60_000);
});
