import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formSections } from "../../../src/console/curation/field-controls.ts";
import { aidFields } from "../../../src/model/aid/aid.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { edit, publish } from "../../support/curate.ts";
import { formOnPage } from "../../support/form-on-page.ts";
import { guardsOff, type Harvest, newHarvest } from "../../support/harvest.ts";

const text = (about: string) => `<p>Cette aide accompagne les communes rurales dans ${about}, de l’étude à la réception des travaux.</p>`;
const first = [
  { id: "1", titre: "Rénover une école", texte: text("la rénovation de leurs écoles"), fin: "2027-01-31", lien: "https://a.example/1" },
  { id: "2", titre: "Planter des haies", texte: text("la plantation de haies"), fin: "2027-02-28", lien: "https://a.example/2" },
  { id: "3", titre: "Réparer un pont", texte: text("la réparation de leurs ponts"), fin: "2027-03-31", lien: "https://a.example/3" },
];
/** 1: another text and deadline; 2: another deadline; 3: gone; 4: new. */
const second = [
  { ...first[0], texte: text("la rénovation énergétique de leurs écoles"), fin: "2027-06-30" },
  { ...first[1], fin: "2027-07-31" },
  { id: "4", titre: "Isoler une mairie", texte: text("l’isolation de leurs mairies"), fin: "2027-08-31" },
];

async function planOf(harvest: Harvest): Promise<string> {
  const { planId } = await harvest.day(second, { dryRun: true });
  if (planId === null) throw new Error("no plan");
  return planId;
}

/** Returns the text of a page, without markup. */
function textOf(html: string): string {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html;
  return main
    .replace(/<svg[\s\S]*?<\/svg>/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&#39;", "'")
    .replace(/[\s\u00a0\u202f]+/g, " ");
}

describe.each(testedDatabases)("the page of a plan, $title", (database) => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    if (!database.skipped) catalogue = await newCatalogue(database);
  });
  afterAll(async () => catalogue?.drop());
  const test = it.skipIf(database.skipped);

  async function begin() {
    const harvest = await newHarvest(catalogue, { guards: guardsOff });
    await harvest.day(first);
    const planId = await planOf(harvest);
    const console = testConsole(catalogue, { folders: [harvest.folder] });
    return { harvest, planId, console, path: `/plans/${planId}` };
  }

  test("of an answer says in French what was asked, and undoes it in one act, with the decision", async () => {
    const harvest = await newHarvest(catalogue, { guards: guardsOff });
    await harvest.day(first);
    const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("bizdev");
    const answered = await client.post(`/questions/${harvest.connector}/mobilizationSteps`, { valeur: ["preop"], raison: "des études" });
    const page = await client.get(answered.to ?? "");
    expect(textOf(page.html)).toContain("Demandé : remplir, le champ « état d’avancement du projet »");
    expect(page.html).toContain(`href="/questions?connecteur=${harvest.connector}"`);
    const { jeton: _, ...fields } = formOnPage(page.html, `${answered.to}/defaire`);
    const undone = await client.act(`${answered.to}/defaire`, fields);
    expect(textOf(undone.html)).toContain("Défait par un autre plan");
    expect(await catalogue.standingDecisions.holdingFor(harvest.connector)).toEqual([]);
  });

  test("offers the fields in the groups of the form of an aid", async () => {
    const { console, path } = await begin();
    const [list = ""] = /<select[^>]*name="champ"[\s\S]*?<\/select>/.exec((await (await console.as("read")).get(path)).html) ?? [];
    expect([...list.matchAll(/<optgroup label="([^"]*)"/g)].map(([, group]) => group)).toEqual(formSections.map(({ title }) => title));
    const grouped = list.match(/<optgroup[\s\S]*?<\/optgroup>/g)?.join("") ?? "";
    expect(grouped.match(/<option/g)).toHaveLength(aidFields.length);
  });

  test("shows each change with the value today and after, and the content of new aids; escapes the publisher's markup", async () => {
    const { console, path, harvest } = await begin();
    const { status, html } = await (await console.as("read")).get(path);
    expect(status).toBe(200);
    const page = textOf(html);
    expect(page).toContain("Plan de la collecte, Région Exemple");
    expect(page).toContain("3 changements");
    expect(page).toMatch(/Rénover une école modification 1/);
    expect(page).toContain("Date de clôture à appliquer");
    expect(page).toContain("31 janvier 2027");
    expect(page).toContain("30 juin 2027");
    expect(html).toContain('<ins class="moisson-come">énergétique</ins>');
    expect(page).toContain("Isoler une mairie création 4 Ce que cette aide apporte (5 champs remplis)");
    await edit(catalogue, { connector: harvest.connector, externalId: "2" }, { name: "Planter <script>alert(1)</script>" });
    const hostile = await (await console.as("read")).get(path);
    expect(textOf(hostile.html)).toContain("Planter <script>alert(1)</script>");
    expect(hostile.html).not.toContain("<script>alert");
  });

  test("lists the aids that a held plan misses, with status, last sighting, publisher's page and the day of their withdrawal", async () => {
    const harvest = await newHarvest(catalogue, { state: "active", schedule: "0 3 * * *" });
    const records = Array.from({ length: 70 }, (_, id) => ({
      ...first[0],
      id: `a${String(id).padStart(2, "0")}`,
      titre: `Financer le projet ${id}`,
      lien: `https://a.example/${id}`,
    }));
    await harvest.day(records);
    const { aidId } = await harvest.aid("a10");
    const published = { connector: harvest.connector, externalId: "a10" };
    await edit(catalogue, published, { recurrence: "oneoff", targetedAudiences: ["commune"] });
    await publish(catalogue, published);
    const { planId, outcome } = await harvest.day(records.slice(0, 10));
    expect(outcome).toBe("held");
    const reader = await testConsole(catalogue, { folders: [harvest.folder], now: new Date("2026-12-05T08:00:00Z") }).as("ops");
    const { html } = await reader.get(`/plans/${planId}`);
    const page = textOf(html);
    expect(page).toContain("Il ne modifie, ne crée et ne retire aucune aide aujourd’hui.");
    expect(page).toContain("Aides absentes du flux (60)");
    expect(page).toContain("elles seront retirées le 12 décembre 2026 si elles restent absentes du flux.");
    expect(page).toMatch(
      /Financer le projet 10 a10, page du producteur publiée le 25 novembre 2026 le 12 décembre 2026 Financer le projet 11 a11, page du producteur à relire/,
    );
    expect(html).toContain(`href="/aides/${aidId}"`);
    expect(html).toContain('href="https://a.example/10"');
    expect(page).toContain("Financer le projet 17");
    expect(page).not.toContain("Financer le projet 18");
    expect(page).toContain("… et 52 autres. Voir les 60 aides absentes");
    const all = await reader.get(`/plans/${planId}/absentes?page=3`);
    expect(textOf(all.html)).toContain("Financer le projet 69");
    const csv = (await reader.get(`/plans/${planId}/absentes.csv`)).html;
    expect(csv.trim().split("\n")).toHaveLength(61);
    await reader.act(`/plans/${planId}/appliquer`);
    expect(textOf((await reader.get(`/plans/${planId}`)).html)).not.toContain("Aides absentes du flux");
  });

  test("offers the cure of a broken feed first, and to apply everything second", async () => {
    const harvest = await newHarvest(catalogue);
    const records = Array.from({ length: 12 }, (_, id) => ({ ...first[0], id: `a${id}`, titre: `Financer le projet ${id}` }));
    await harvest.day(records);
    const { planId } = await harvest.day(records.map(({ texte: _, ...rest }) => rest));
    const ops = await testConsole(catalogue, { folders: [harvest.folder] }).as("ops");
    const { html } = await ops.get(`/plans/${planId}`);
    expect(html).toMatch(/<button type="submit" class="fr-btn">Appliquer tout le reste, sauf «.description.»</);
    expect(html).toMatch(/<a class="fr-btn fr-btn--secondary" href="[^"]*">Appliquer tout le plan…</);
    const gone = await harvest.day(records.slice(0, 3));
    expect((await ops.get(`/plans/${gone.planId}`)).html).toMatch(/<a class="fr-btn" href="[^"]*">Écarter le plan…</);
  });

  test("tells the aids that are absent already from the new ones, and those that the plan withdraws", async () => {
    const harvest = await newHarvest(catalogue, { guards: guardsOff, absence: { runs: 2, days: 0 }, schedule: "0 6 * * *" });
    await harvest.day(first);
    await harvest.day(first.slice(1));
    const { planId } = await harvest.day(first.slice(2), { dryRun: true });
    const page = textOf((await (await testConsole(catalogue, { folders: [harvest.folder] }).as("read")).get(`/plans/${planId}`)).html);
    expect(page).toContain("Si vous appliquez ce plan, 1 aide reste au catalogue pour l’instant");
    expect(page).toContain("1 autre manquait déjà dans le flux précédent");
    expect(page).toMatch(/Planter des haies 2, page du producteur à relire le 25 novembre 2026 le 25 novembre 2026 Rénover une école 1,/);
    expect(page).toContain("retirée par ce plan");
  });

  test("applies nothing if the filter cannot be read", async () => {
    const { console, path, planId } = await begin();
    const ops = await console.as("ops");
    for (const chosen of [{ genre: "creation" }, { champ: "titre" }, { aide: "1" }]) {
      expect((await ops.get(`${path}/appliquer?${new URLSearchParams(chosen)}`)).status).toBe(422);
      expect((await ops.post(`${path}/appliquer`, chosen)).status).toBe(422);
    }
    expect((await catalogue.plans.find(planId))?.state).toBe("open");
  });

  test("filters changes by kind, field, words of the title and id, in the address", async () => {
    const { console, path } = await begin();
    const reader = await console.as("read");
    const page = async (query: string) => textOf((await reader.get(`${path}?${query}`)).html);
    expect(await page("genre=create")).toContain("1 changement (filtrés)");
    expect(await page("genre=create")).not.toContain("Planter des haies");
    expect(await page("champ=description")).toContain("Rénover une école");
    expect(await page("champ=description")).not.toContain("Planter des haies");
    expect(await page("champ=description")).not.toContain("31 janvier 2027");
    expect(await page("q=ECOLE")).toContain("1 changement (filtrés)");
    expect(await page("q=mairie")).toContain("Isoler une");
    expect(await page("q=2")).toContain("Planter des haies");
    expect(await page("q=introuvable")).toContain("Aucun changement ne répond à ce filtre.");
  });

  test("applies one kind, then one field, then one aid, and reports what remains each time", async () => {
    const { console, path, harvest, planId } = await begin();
    const ops = await console.as("ops", "Olga");
    const confirmation = textOf((await ops.get(`${path}/appliquer?genre=create`)).html);
    expect(confirmation).toContain("1 aide créée");
    const afterKind = textOf((await ops.act(`${path}/appliquer`, { genre: "create", note: "vu" })).html);
    expect(afterKind).toContain("Appliqué en partie : 1 aide créée. 2 changements restent à décider.");
    expect((await harvest.aid("4")).submissionDeadline).toBe("2027-08-31");
    expect((await harvest.aid("1")).submissionDeadline).toBe("2027-01-31");

    const afterField = textOf((await ops.act(`${path}/appliquer`, { champ: "submissionDeadline" })).html);
    expect(afterField).toContain("2 aides modifiées");
    expect((await harvest.aid("1")).submissionDeadline).toBe("2027-06-30");
    expect((await harvest.aid("1")).description).toContain("la rénovation de leurs écoles");
    expect((await catalogue.plans.find(planId))?.state).toBe("part-applied");

    const { aidId } = await harvest.aid("1");
    const afterAid = textOf((await ops.act(`${path}/appliquer`, { aide: aidId })).html);
    expect(afterAid).toContain("Plan appliqué : 1 aide modifiée.");
    expect((await harvest.aid("1")).description).toContain("énergétique");
    expect(await catalogue.plans.find(planId)).toMatchObject({ state: "applied", appliedBy: "Olga", note: "vu" });
    const audit = await catalogue.audit.list({ subject: `plan ${planId}` }, { limit: 10, offset: 0 });
    expect(audit.map(({ act, by }) => [act, by])).toEqual([
      ["plan.apply", "Olga"],
      ["plan.apply", "Olga"],
      ["plan.apply", "Olga"],
    ]);
  });

  test("undoes an applied plan with a second plan, which restores everything", async () => {
    const { console, path, harvest } = await begin();
    const before = await harvest.exported();
    const ops = await console.as("ops");
    await ops.act(`${path}/appliquer`);
    expect(await harvest.exported()).not.toBe(before);
    const made = await ops.post(`${path}/defaire`);
    expect(made.status).toBe(303);
    expect(await harvest.exported()).not.toBe(before);
    const undo = made.to ?? "";
    expect(textOf((await ops.get(undo)).html)).toContain("Plan inverse prêt : 3 changements.");
    expect(textOf((await ops.get(path)).html)).toContain("Un plan qui défait celui-ci attend une décision");
    const again = await ops.post(`${path}/defaire`);
    expect([again.status, again.html.includes(undo)]).toEqual([409, true]);
    await ops.act(`${undo}/appliquer`);
    expect(await harvest.exported()).toBe(before);
    expect((await ops.post(`${path}/defaire`)).status).toBe(409);
  });

  test("writes nothing if aids have changed: names them and offers to apply the rest", async () => {
    const { console, path, harvest } = await begin();
    const { aidId } = await harvest.aid("2");
    await edit(catalogue, { connector: harvest.connector, externalId: "2" }, { name: "Planter des haies vives" });
    const before = await harvest.exported();
    const ops = await console.as("ops");
    expect(textOf((await ops.get(path)).html)).toContain("1 aide a changé depuis que ce plan a été préparé");
    const refused = await ops.post(`${path}/appliquer`, { note: "ma raison" });
    expect(refused.status).toBe(409);
    expect(textOf(refused.html)).toContain("Planter des haies vives (2)");
    expect(refused.html).toContain(`/aides/${aidId}`);
    expect(refused.html).toContain("ma raison");
    expect(refused.html).toContain('name="sauf-changees"');
    expect(await harvest.exported()).toBe(before);
    const rest = textOf((await ops.act(`${path}/appliquer`, { note: "ma raison", "sauf-changees": "oui" })).html);
    expect(rest).toContain("1 changement reste à décider, dont 1 aide qui a changé depuis.");
    expect((await harvest.aid("1")).submissionDeadline).toBe("2027-06-30");
    const nothing = await ops.post(`${path}/appliquer`, { "sauf-changees": "oui" });
    expect([nothing.status, textOf(nothing.html)]).toEqual([409, expect.stringContaining("Toutes ces aides ont changé depuis")]);
  });

  test("is discarded once, with a note; a closed plan is refused", async () => {
    const { console, path, harvest, planId } = await begin();
    const before = await harvest.exported();
    const ops = await console.as("ops", "Olga");
    expect(textOf((await ops.get(`${path}/ecarter`)).html)).toContain("3 changements ne seront pas appliqués");
    expect(textOf((await ops.act(`${path}/ecarter`, { note: "flux de test" })).html)).toContain("Note : flux de test");
    expect(await catalogue.plans.find(planId)).toMatchObject({ state: "discarded", closedBy: "Olga" });
    expect(await harvest.exported()).toBe(before);
    const closed = textOf((await ops.get(path)).html);
    expect(closed).toContain("Date de clôture non appliqué");
    expect(closed).not.toMatch(/Date de clôture à appliquer|Affiché après ce plan/);
    for (const act of ["ecarter", "appliquer"]) {
      const again = await ops.post(`${path}/${act}`);
      expect([again.status, textOf(again.html)]).toEqual([409, expect.stringContaining("Le plan a été écarté")]);
    }
  });

  test("lets bizdev decide on people's plans without guards, not on nightly runs", async () => {
    const { console, path, harvest } = await begin();
    const bizdev = await console.as("bizdev");
    expect((await bizdev.get(`${path}/appliquer`)).status).toBe(403);
    expect((await bizdev.post(`${path}/appliquer`)).status).toBe(403);
    expect((await bizdev.post(`${path}/ecarter`)).status).toBe(403);
    expect((await bizdev.post(`${path}/defaire`)).status).toBe(403);
    await edit(catalogue, { connector: harvest.connector, externalId: "2" }, { name: "Planter des haies vives" });
    const [persons] = await catalogue.planPages.list({ connector: harvest.connector, origin: "curator" }, { limit: 1, offset: 0 });
    const undo = await bizdev.post(`/plans/${persons?.planId}/defaire`);
    expect(undo.status).toBe(303);
    await bizdev.act(`${undo.to}/appliquer`);
    expect((await harvest.aid("2")).name).toBe("Planter des haies");
  });

  test("refuses a form without ticked aids, and combines ticks with the filter", async () => {
    const { console, path, harvest } = await begin();
    const ops = await console.as("ops");
    const none = await ops.get(`${path}/appliquer?coches=oui`);
    expect([none.status, textOf(none.html)]).toEqual([422, expect.stringContaining("Aucune aide n’est cochée")]);
    const ids = [(await harvest.aid("1")).aidId, (await harvest.aid("2")).aidId];
    const confirmation = textOf((await ops.get(`${path}/appliquer?coches=oui&champ=submissionDeadline&aide=${ids.join("&aide=")}`)).html);
    expect(confirmation).toContain("2 aides modifiées");
    expect(confirmation).toContain("Seul le champ « date de clôture » est appliqué");
    await ops.act(`${path}/appliquer`, { champ: "submissionDeadline", aide: ids });
    expect((await harvest.aid("1")).description).not.toContain("énergétique");
    expect((await harvest.aid("2")).submissionDeadline).toBe("2027-07-31");
  });

  test("applies a filter with words to the matching aids", async () => {
    const { console, path, harvest } = await begin();
    const ops = await console.as("ops");
    await ops.act(`${path}/appliquer`, { q: "haies" });
    expect((await harvest.aid("2")).submissionDeadline).toBe("2027-07-31");
    expect((await harvest.aid("1")).submissionDeadline).toBe("2027-01-31");
    expect((await ops.get(`${path}/appliquer?q=haies`)).status).toBe(422);
  });

  test("shows both values of a field owned by a person", async () => {
    const harvest = await newHarvest(catalogue, { guards: guardsOff });
    await harvest.day(first);
    const filter = { connector: harvest.connector, externalId: "1" };
    await edit(catalogue, filter, { recurrence: "ongoing", targetedAudiences: ["commune"] });
    await publish(catalogue, filter);
    await edit(catalogue, filter, { description: "<p>Un texte de Marie, qui reste.</p>" });
    const planId = await planOf(harvest);
    const page = textOf((await (await testConsole(catalogue).as("read")).get(`/plans/${planId}?q=1`)).html);
    expect(page).toContain("Description à proposer");
    expect(page).toContain("Un texte de Marie, qui reste.");
    expect(page).toContain("Le producteur disait");
    expect(page).toContain("Correction par marie");
  });

  test("filters the list by connector, state, origin and person, and shows why a plan is held", async () => {
    const harvest = await newHarvest(catalogue);
    const twenty = Array.from({ length: 20 }, (_, place) => ({ ...first[0], id: String(place), titre: `Aide ${place}` }));
    await harvest.day(twenty);
    const { planId } = await harvest.day(twenty.slice(0, 5));
    const reader = await testConsole(catalogue, { folders: [harvest.folder] }).as("read");
    const of = `connecteur=${harvest.connector}`;
    const held = textOf((await reader.get(`/plans?${of}&etat=held`)).html);
    expect(held).toContain("1 plan");
    expect(held).toContain("15 aides sur 20 ne sont plus dans le flux (75 %, pour un seuil de 10 %)");
    expect(textOf((await reader.get(`/plans?${of}&etat=applied`)).html)).toContain("appliqué 20 0 0 collecte");
    expect(textOf((await reader.get(`/plans?${of}&origine=curator`)).html)).toContain("Aucun plan ne répond à ce filtre.");
    expect(textOf((await reader.get(`/plans?${of}&qui=personne`)).html)).toContain("Aucun plan ne répond à ce filtre.");
    expect((await reader.get(`/plans.csv?${of}`)).html).toContain(`${planId}`);

    const page = await reader.get(`/plans/${planId}`);
    expect(textOf(page.html)).toContain("Pourquoi ce plan attend");
    // The same numbers as in the chart: 20 yesterday, 5 today, a limit of 15 (five gone).
    const drawn = /<svg[\s\S]*?<title[^>]*>([^<]*)/.exec(page.html)?.[1]?.replace(/[\u00a0\u202f]/g, " ");
    expect(drawn).toBe(
      "Aides dans le flux : 5 dans cette collecte, 20 auparavant. Seuil : 10 % d’aides perdues, au moins 5, soit 15 restantes ; à ce seuil ou en dessous, une personne décide.",
    );
    expect(textOf(page.html)).toMatch(/seuil du garde-fou 15/);

    // No aid changes yet, but there is a decision: whether these aids count as absent.
    const ops = await testConsole(catalogue).as("ops");
    const confirmation = textOf((await ops.get(`/plans/${planId}/appliquer`)).html);
    expect(confirmation).toContain("15 aides qui ne sont plus dans le flux seront comptées comme absentes, et retirées après leur délai.");
    expect(textOf((await ops.act(`/plans/${planId}/appliquer`, { note: "confirmé" })).html)).toContain(
      "Plan appliqué : aucune aide n’était à changer.",
    );
  });

  test("answers 404 for an unknown plan or an invalid id", async () => {
    const ops = await testConsole(catalogue).as("ops");
    for (const id of ["00000000-0000-4000-8000-000000000000", "abc", "%00"]) {
      expect((await ops.get(`/plans/${id}`)).status).toBe(404);
      expect((await ops.post(`/plans/${id}/appliquer`)).status).toBe(404);
    }
  });
});
