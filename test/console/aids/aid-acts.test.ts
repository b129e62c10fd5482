import { describe, expect, it } from "vitest";
import type { CuratedAid } from "../../../src/catalogue/aids/aid-repository.ts";
import { markName } from "../../../src/console/curation/read-aid-form.ts";
import { typedMark, typedValue } from "../../../src/console/curation/typed-value.ts";
import { aidRoutes } from "../../../src/console/pages/aids/aid-routes.ts";
import type { AidField } from "../../../src/model/aid/aid.ts";
import { shownValue } from "../../../src/model/aid/shown-value.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { curatedAid, edit, publish } from "../../support/curate.ts";
import { newHarvest } from "../../support/harvest.ts";

const record = {
  id: "1",
  titre: "Rénovation des écoles",
  texte: "<p>Pour les écoles.</p>",
  lien: "https://exemple.fr/aides/1",
  rythme: "Permanente",
  publics: "Communes",
};

/** Opens a catalogue with one aid of a feed, and signs a curator in. */
async function oneAid() {
  const catalogue = await ownCatalogue();
  const harvest = await newHarvest(catalogue);
  await harvest.day([record]);
  const console = testConsole(catalogue, { folders: [harvest.folder] });
  const marie = await console.as("bizdev", "Marie D.");
  const aid = () => curatedAid(catalogue, { connector: harvest.connector, externalId: "1" });
  return { catalogue, harvest, console, marie, aid };
}

/** Returns the form of an aid with only these fields changed. */
function sent(aid: CuratedAid, typed: Readonly<Record<string, string | readonly string[]>>): Record<string, string | readonly string[]> {
  const fields = Object.entries(typed).flatMap(([name, value]) => [
    [markName(name as AidField), typedMark(typedValue(name as AidField, shownValue(aid, name as AidField)))],
    [`aide.${name}`, value],
  ]);
  return { revision: String(aid.revision), ...Object.fromEntries(fields) };
}

/** Returns the plan named in an action's redirect. */
function planOf({ to }: { readonly to: string | null }): string {
  return new URL(to ?? "", "http://console.test").searchParams.get("fait") ?? "";
}

async function undo(client: ConsoleClient, aidId: string, planId: string) {
  const done = await client.act(`/aides/${aidId}/annuler`, { plan: planId });
  expect(done.html).toContain("C’est annulé.");
}

describe("an aid in the console", () => {
  it("says why a field is missing", async () => {
    const catalogue = await ownCatalogue();
    const harvest = await newHarvest(catalogue);
    await harvest.day([{ ...record, publics: "Gardes champêtres" }]);
    const marie = await testConsole(catalogue, { folders: [harvest.folder] }).as("bizdev", "Marie D.");
    const { aidId } = await curatedAid(catalogue, { connector: harvest.connector, externalId: "1" });
    const { html } = await marie.get(`/aides/${aidId}`);
    expect(html.replace(/[\u00a0\u202f]/g, " ")).toContain("(mot à traduire : « Gardes champêtres »)");
  });

  it("shows both values of a field with their authors, and reverts the correction", async () => {
    const { marie, aid } = await oneAid();
    const before = await aid();
    const saved = await marie.act(`/aides/${before.aidId}/corriger`, { ...sent(before, { name: "Rénover une école" }), note: "un verbe" });
    expect(saved.html).toContain("La correction est enregistrée.");
    expect(saved.html).toContain("<h1>Rénover une école</h1>");
    expect(saved.html).toContain("Le producteur dit");
    expect(saved.html).toMatch(/Rénovation.{1,80}écoles/s);
    expect(saved.html).toContain("Correction de Marie D.");
    expect(saved.html).toContain("un verbe");
    const edited = await aid();
    expect(edited.edits.name?.by).toBe("Marie D.");
    await marie.act(`/aides/${edited.aidId}/reprendre`, { champ: "name", revision: String(edited.revision) });
    expect((await aid()).edits).toEqual({});
  });

  it("never lets a second save overwrite the first, and keeps the second's values in the form", async () => {
    const { console, marie, aid } = await oneAid();
    const paul = await console.as("bizdev", "Paul");
    const seen = await aid();
    const path = `/aides/${seen.aidId}/corriger`;
    expect((await marie.post(path, sent(seen, { name: "Titre de Marie" }))).status).toBe(303);
    const second = await paul.post(path, sent(seen, { name: "Titre de Paul", contactPhone: "0123456789" }));
    expect(second.status).toBe(409);
    expect(second.html).toContain("Marie D.");
    expect(second.html).toContain("Titre de Marie");
    expect(second.html).toContain('value="Titre de Paul"');
    expect(second.html).toContain('value="0123456789"');
    const now = await aid();
    expect(shownValue(now, "name")).toBe("Titre de Marie");
    expect(shownValue(now, "contactPhone")).toBeNull();
    // The returned form applies to the revision that both have seen.
    expect((await paul.post(path, sent(now, { name: "Titre de Paul" }))).status).toBe(303);
    expect(shownValue(await aid(), "name")).toBe("Titre de Paul");
  });

  it("refuses an action on an aid that has changed meanwhile", async () => {
    const { catalogue, marie, aid } = await oneAid();
    const { aidId, revision, connector } = await aid();
    await edit(catalogue, { connector }, { name: "Autre titre" });
    const refused = await marie.post(`/aides/${aidId}/rejeter`, { revision: String(revision), raison: "un prix" });
    expect(refused.status).toBe(409);
    expect((await aid()).status).toBe("reviewable");
  });

  it("shows the form again with its problems and the typed values", async () => {
    const { marie, aid } = await oneAid();
    const seen = await aid();
    const wrong = await marie.post(
      `/aides/${seen.aidId}/corriger`,
      sent(seen, { originUrl: "pas une adresse", contactPhone: "0123456789" }),
    );
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain("n’est pas une adresse web");
    expect(wrong.html).toContain('value="pas une adresse"');
    expect(wrong.html).toContain('value="0123456789"');
    expect((await aid()).revision).toBe(seen.revision);
  });

  it("performs and undoes every action on its status", async () => {
    const { catalogue, marie, aid, harvest } = await oneAid();
    const { connector } = harvest;
    const { aidId } = await aid();
    const stateOf = async () => {
      const { status, withdrawnAt, withdrawnBy, watch, edits } = await aid();
      return { status, withdrawnAt, withdrawnBy, watch: watch?.state ?? null, edited: Object.keys(edits).length };
    };
    const perform = async (slug: string, fields: Record<string, string> = {}) =>
      marie.post(`/aides/${aidId}/${slug}`, { revision: String((await aid()).revision), ...fields });
    const missing = await perform("publier");
    expect(missing.status).toBe(422);
    expect(missing.html).toContain("il faut remplir ou corriger");
    await publish(catalogue, { connector });
    for (const [slug, fields, expected] of [
      ["depublier", {}, { status: "draft" }],
      ["rejeter", { raison: "un prix" }, { status: "deleted" }],
      ["suspendre", { jusque: "2027-01-15", raison: "pas encore votée" }, { withdrawnBy: "Marie D.", watch: "suspended" }],
      ["confirmer", { jusque: "2027-01-15" }, { watch: "confirmed" }],
      ["retirer", { raison: "arrêtée" }, { withdrawnBy: "Marie D." }],
    ] as const) {
      const before = await stateOf();
      const done = await perform(slug, fields);
      expect(done.status, slug).toBe(303);
      expect(await stateOf(), slug).toMatchObject(expected);
      await undo(marie, aidId, planOf(done));
      expect(await stateOf(), slug).toEqual(before);
    }
    await perform("rejeter", { raison: "un prix" });
    const restored = await perform("retablir");
    expect(restored.status).toBe(303);
    expect((await aid()).status).toBe("reviewable");
    await undo(marie, aidId, planOf(restored));
    expect((await aid()).status).toBe("deleted");
  });

  it("requires a reason and a future day where needed", async () => {
    const { marie, aid } = await oneAid();
    const { aidId, revision } = await aid();
    const refused = await marie.post(`/aides/${aidId}/suspendre`, { revision: String(revision), jusque: "2020-01-01" });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain("Choisissez un jour à venir.");
    expect(refused.html).toContain("Dites pourquoi");
    const noDay = await marie.post(`/aides/${aidId}/suspendre`, { revision: String(revision), jusque: "2027-02-30", raison: "budget" });
    expect(noDay.html).toContain("Choisissez un jour à venir.");
    expect((await aid()).revision).toBe(revision);
  });

  it("accepts and refuses the publisher's proposals", async () => {
    const { catalogue, harvest, marie, aid } = await oneAid();
    await publish(catalogue, { connector: harvest.connector });
    await harvest.day([{ ...record, texte: "<p>Pour les écoles et les crèches.</p>" }]);
    const proposed = await aid();
    const page = await marie.get(`/aides/${proposed.aidId}`);
    expect(page.html).toContain("Ce que le producteur propose");
    const refused = await marie.post(`/aides/${proposed.aidId}/refuser`, { champ: "description", revision: String(proposed.revision) });
    expect(shownValue(await aid(), "description")).toBe("<p>Pour les écoles.</p>");
    expect((await aid()).proposals).toEqual({});
    await undo(marie, proposed.aidId, planOf(refused));
    const again = await aid();
    expect(again.proposals).toHaveProperty("description");
    await marie.post(`/aides/${again.aidId}/accepter`, { revision: String(again.revision) });
    expect(shownValue(await aid(), "description")).toBe("<p>Pour les écoles et les crèches.</p>");
  });

  it("keeps later changes when it undoes an action, and refuses to undo other people's plans", async () => {
    const { catalogue, harvest, marie, aid } = await oneAid();
    const seen = await aid();
    const first = await marie.post(`/aides/${seen.aidId}/corriger`, sent(seen, { name: "Premier titre", contactPhone: "0123456789" }));
    await edit(catalogue, { connector: harvest.connector }, { name: "Second titre" });
    const undone = await marie.act(`/aides/${seen.aidId}/annuler`, { plan: planOf(first) });
    expect(undone.html).toContain("Ce qui a changé depuis est resté tel quel.");
    const now = await aid();
    expect(shownValue(now, "name")).toBe("Second titre");
    expect(shownValue(now, "contactPhone")).toBeNull();
    const [creation] = await catalogue.history.list(seen.aidId);
    const refused = await marie.post(`/aides/${seen.aidId}/annuler`, { plan: creation?.planId ?? "" });
    expect(refused.status).toBe(422);
    expect((await marie.post(`/aides/${seen.aidId}/annuler`, { plan: "rien" })).status).toBe(422);
  });

  it("shows the history, newest first, with runs and plans", async () => {
    const { harvest, marie, aid } = await oneAid();
    await harvest.day([{ ...record, fin: "2027-01-31" }]);
    const { aidId, revision } = await aid();
    await marie.post(`/aides/${aidId}/rejeter`, { revision: String(revision), raison: "un <b>prix</b>" });
    const { html } = await marie.get(`/aides/${aidId}`);
    const life = html.slice(html.indexOf('id="histoire"'));
    expect(life.indexOf("Rejetée par Marie D.")).toBeLessThan(life.indexOf("Modifiée par son flux"));
    expect(life.indexOf("Modifiée par son flux")).toBeLessThan(life.indexOf("Créée"));
    expect(life).toContain("un &lt;b&gt;prix&lt;/b&gt;");
    expect(life).toMatch(/href="\/collectes\/[0-9a-f-]{36}"/);
    expect(life).toMatch(/href="\/plans\/[0-9a-f-]{36}"/);
  });

  it("answers 404 for an unknown aid", async () => {
    const { marie } = await oneAid();
    for (const id of ["00000000-0000-4000-8000-000000000000", "rien", "'; drop table aids; --"]) {
      for (const { method, path } of aidRoutes) {
        const address = path.replace(":aide", encodeURIComponent(id));
        const { status } = await (method === "get" ? marie.get(address) : marie.post(address));
        expect(status, `${method} ${address}`).toBe(404);
      }
    }
  });

  it("opens the record as received, with its issues", async () => {
    const { harvest, marie, aid } = await oneAid();
    const report = await harvest.day([{ ...record, fin: "bientôt" }]);
    const { aidId } = await aid();
    expect((await marie.get(`/aides/${aidId}`)).html).toContain("1 anomalie rencontrée dans son enregistrement");
    const opened = await marie.get(`/aides/${aidId}/enregistrement`);
    expect(opened.to).toContain(`/collectes/${report.runId}/enregistrement?ou=`);
    expect((await marie.get(opened.to ?? "")).html).toContain("bientôt");
  });

  it("is read-only for readers", async () => {
    const { console, aid } = await oneAid();
    const { aidId, revision } = await aid();
    const reader = await console.as("read");
    const page = await reader.get(`/aides/${aidId}`);
    expect(page.status).toBe(200);
    expect(page.html).not.toContain(`/aides/${aidId}/corriger`);
    expect((await reader.post(`/aides/${aidId}/rejeter`, { revision: String(revision), raison: "x" })).status).toBe(403);
  });
});
