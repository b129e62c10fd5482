import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { RunFailed } from "../../../src/model/run/run-error.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { type ConsolePage, testConsole } from "../../support/console-client.ts";
import { guardsOff, type Harvest, newHarvest } from "../../support/harvest.ts";
import { doRunOf } from "../editor/connector/do-waiting.ts";

const feed = (...audiences: string[][]) =>
  audiences.map((publics, index) => ({ id: `${index + 1}`, titre: `Aide numéro ${index + 1}`, texte: "<p>Texte</p>", publics }));

const plain = ({ html }: ConsolePage) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'")
    .replace(/\s+/g, " ");

const decide = (word: string, vocabulary = "targetedAudiences") =>
  `/mots/decider?${new URLSearchParams({ vocabulaire: vocabulary, mot: word })}`;

/** Returns the form value of a row of the trials page. */
const ticked = ({ html }: ConsolePage) => [...html.matchAll(/name="essai" value="([^"]+)"/g)].map(([, value]) => value ?? "");

describe.each(testedDatabases)("words to map: $title", (database) => {
  describe.skipIf(database.skipped)("in the console", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    let towns = 0;
    /** Publishers with their connectors, and a word that only this test uses. */
    async function setUp(...feeds: ((word: string) => string[][])[]) {
      const word = `Villages étoilés ${++towns}`;
      const harvests: Harvest[] = [];
      for (const records of feeds) {
        const harvest = await newHarvest(catalogue, { guards: guardsOff });
        await harvest.day(feed(...records(word)));
        harvests.push(harvest);
      }
      const console = testConsole(catalogue, { folders: harvests.map(({ folder }) => folder) });
      const marie = await console.as("bizdev", `Marie ${towns}`);
      const doTrials = async (client = marie) => {
        const page = await client.get("/mots/essais");
        const runs = await catalogue.runs.open();
        for (const { runId } of runs) await doRunOf(console.services.jobs, `/${runId}`);
        return { before: page, after: await client.get("/mots/essais") };
      };
      return { word, harvests, connectors: harvests.map(({ connector }) => connector), console, marie, doTrials };
    }
    const audiencesOf = async (harvest: Harvest | undefined, id: string) => (await harvest?.aid(id))?.targetedAudiences;

    it("shows a word of two publishers once; one click tries it for both, one keeps and applies it", async () => {
      const { word, harvests, connectors, marie, doTrials } = await setUp(
        (mot) => [[mot], [mot, "Communes"], ["Communes"]],
        (mot) => [[mot.toUpperCase()]],
      );
      const list = plain(await marie.get(`/mots?texte=${encodeURIComponent(word)}`));
      expect(list).toContain("1 mot sans correspondance");
      for (const connector of connectors) expect(list).toContain(connector);

      const page = plain(await marie.get(decide(word)));
      expect(page).toContain("2 producteurs");
      expect(page).toContain("Aide numéro 1");
      const asked = await marie.post(decide(word), { producteur: connectors, proposition: "commune" });
      expect(asked.to).toBe("/mots/essais");
      const { before, after } = await doTrials();
      expect(before.html).toContain("data-live");
      expect(plain(after)).toContain("veut dire Communes");
      expect(plain(after)).toContain("1 aide changerait");
      expect(after.html).not.toContain("data-live");
      for (const connector of connectors) expect(await catalogue.connectorVersions.list(connector)).toEqual([]);
      expect(await audiencesOf(harvests[0], "1")).toEqual([]);
      expect(plain(await marie.get("/mots"))).toContain("en cours d’essai");

      const [first = ""] = ticked(after).filter((value) => value.startsWith(connectors[0] ?? ""));
      const planId = (await catalogue.runs.find(first.slice(-36)))?.report?.planId ?? "";
      const changed = await catalogue.planPages.aids(planId, {}, 10);
      expect(changed.map(({ externalId }) => externalId)).toEqual(["1"]);

      const kept = await marie.act("/mots/essais", { essai: ticked(after) });
      expect(plain(kept)).toContain("Décisions enregistrées pour 2 producteurs. 2 aides ont changé.");
      expect(plain(kept)).not.toMatch(/Retenu par un garde-fou|ont changé depuis l.essai/);
      expect(await audiencesOf(harvests[0], "1")).toEqual(["commune"]);
      expect(await audiencesOf(harvests[1], "1")).toEqual(["commune"]);
      expect(plain(kept)).toContain("Vous n’avez pas de décision à l’essai");
      expect(plain(await marie.get(`/mots?texte=${encodeURIComponent(word)}`))).toContain("Aucun mot ne répond");
      expect((await marie.get(decide(word))).status).toBe(404);
      for (const connector of connectors)
        expect(await catalogue.connectorVersions.list(connector)).toMatchObject([{ version: 1, why: expect.stringContaining("Communes") }]);
    });

    it("reports and audits the trials kept before the catalogue failed", async () => {
      const { word, connectors, marie, doTrials } = await setUp(
        (mot) => [[mot]],
        (mot) => [[mot]],
      );
      await marie.post(decide(word), { producteur: connectors, proposition: "commune" });
      const { after } = await doTrials();
      const { add } = catalogue.connectorVersions;
      const broken = vi.spyOn(catalogue.connectorVersions, "add").mockImplementation(function (
        this: typeof catalogue.connectorVersions,
        made,
        base,
      ) {
        if (made.connector === connectors[1]) throw new RunFailed("storage-failed", { reason: "53100" });
        return add.call(this, made, base);
      });
      onTestFinished(() => broken.mockRestore());
      const kept = await marie.act("/mots/essais", {
        essai: connectors.flatMap((id) => ticked(after).filter((value) => value.startsWith(`${id} `))),
      });
      expect(plain(kept)).toContain("Décisions enregistrées pour 1 producteur.");
      expect(plain(kept)).toContain(`Non enregistré, Région Exemple (${connectors[1]})`);
      const [entry] = await catalogue.audit.list({ act: "words.keep" }, { limit: 1, offset: 0 });
      expect(JSON.stringify(entry?.details)).toContain(connectors[0]);
    });

    it("ignores a word for one publisher and keeps it waiting for the other", async () => {
      const { word, connectors, marie, doTrials } = await setUp(
        (mot) => [[mot]],
        (mot) => [[mot]],
      );
      const [one = "", other = ""] = connectors;
      await marie.post(decide(word), { producteur: one, faire: "ignorer" });
      const { after } = await doTrials();
      expect(plain(after)).toContain("est ignoré");
      expect(plain(after)).toContain("Aucune aide ne changerait");
      await marie.act("/mots/essais", { essai: ticked(after) });
      expect(await catalogue.connectorVersions.list(one)).toMatchObject([{ terms: { targetedAudiences: { [word]: [] } } }]);
      const page = await marie.get(decide(word));
      expect(page.html).toContain(other);
      expect(page.html).not.toContain(`"${one}"`);
    });

    it("tries and abandons successive decisions together", async () => {
      const { word, connectors, marie, doTrials } = await setUp((mot) => [[mot, `${mot} bis`]]);
      const [connector = ""] = connectors;
      await marie.post(decide(word), { producteur: connector, termes: ["commune", "epci"] });
      await marie.post(decide(`${word} bis`), { producteur: connector, faire: "ignorer" });
      const { after } = await doTrials();
      expect(ticked(after)).toHaveLength(1);
      expect(plain(after)).toContain("veut dire Communes, Intercommunalités");
      expect(plain(after)).toContain("est ignoré");
      const left = await marie.act("/mots/essais/abandonner", { un: ticked(after)[0] ?? "" });
      expect(plain(left)).toContain("rien ne change");
      expect(await catalogue.words.trials(connector)).toEqual([]);
      expect((await marie.get(decide(word))).status).toBe(200);
    });

    it("overwrites nothing if another person has decided the word meanwhile, and says so", async () => {
      const { word, connectors, console, marie, doTrials } = await setUp((mot) => [[mot]]);
      const [connector = ""] = connectors;
      const paul = await console.as("bizdev", "Paul");
      await marie.post(decide(word), { producteur: connector, termes: "commune" });
      await paul.post(decide(word), { producteur: connector, termes: "region" });
      const { after } = await doTrials();
      const pauls = await paul.get("/mots/essais");
      expect(plain(pauls)).toContain("Essais d’autres personnes");
      await marie.act("/mots/essais", { essai: ticked(after) });

      const late = await paul.post("/mots/essais", { essai: ticked(pauls) });
      expect(late.status).toBe(409);
      expect(plain(await paul.get("/mots/essais"))).toContain("l’essai est à refaire");
      const retried = await paul.post("/mots/essais/refaire", { un: ticked(pauls)[0] ?? "" });
      expect(retried.status).toBe(409);
      const again = await paul.post(decide(word), { producteur: connector, termes: "region" });
      expect(again.status).toBe(409);
      expect(plain(again)).toMatch(/Marie \d+ en a décidé entre-temps : Communes/);
      expect(await catalogue.connectorVersions.list(connector)).toMatchObject([{ terms: { targetedAudiences: { [word]: ["commune"] } } }]);
    });

    it("repeats a trial that another decision has made outdated", async () => {
      const { word, harvests, connectors, console, marie, doTrials } = await setUp((mot) => [[mot, `${mot} bis`]]);
      const [connector = ""] = connectors;
      const paul = await console.as("bizdev", "Paul");
      await marie.post(decide(word), { producteur: connector, termes: "commune" });
      await paul.post(decide(`${word} bis`), { producteur: connector, termes: "region" });
      const { after } = await doTrials();
      const [stale = ""] = ticked(await paul.get("/mots/essais"));
      await marie.act("/mots/essais", { essai: ticked(after) });
      expect((await paul.post("/mots/essais/refaire", { un: stale })).to).toBe("/mots/essais");
      const { after: fresh } = await doTrials(paul);
      await paul.act("/mots/essais", { essai: ticked(fresh) });
      expect(await audiencesOf(harvests[0], "1")).toEqual(["commune", "region"]);
    });

    it("keeps the decision and leaves a held plan to ops", async () => {
      const { word, harvests, connectors, console, marie, doTrials } = await setUp((mot) => [[mot]]);
      const [connector = ""] = connectors;
      await marie.post(decide(word), { producteur: connector, termes: "commune" });
      const { after } = await doTrials();
      const [trial] = await catalogue.words.trials(connector);
      const finding = { code: "filled", field: "description", found: 0, limit: 1 };
      await catalogue.store.rows(sql`update plans set guards = ${JSON.stringify([finding])}::jsonb where id = ${trial?.planId}::uuid`);
      const ops = await console.as("ops");
      const kept = plain(await marie.act("/mots/essais", { essai: ticked(after) }));
      expect(kept).toContain(`Retenu par un garde-fou, à décider par l’exploitation : Région Exemple.`);
      expect(kept).toContain("Enregistré, pas encore appliqué");
      expect(await audiencesOf(harvests[0], "1")).toEqual([]);
      expect((await ops.get("/mots/essais")).html).toContain(`/plans/${trial?.planId}`);
    });

    it("accepts sure suggestions of several words at once", async () => {
      const { word, harvests, connectors, marie, doTrials } = await setUp(
        (mot) => [[mot, `${mot} bis`]],
        (mot) => [[mot, `${mot} bis`]],
      );
      const [known, asked] = harvests;
      await marie.post(decide(word), { producteur: connectors[0] ?? "", termes: "commune" });
      await marie.post(decide(`${word} bis`), { producteur: connectors[0] ?? "", termes: "epci" });
      await marie.act("/mots/essais", { essai: ticked((await doTrials()).after) });
      expect(await audiencesOf(known, "1")).toEqual(["commune", "epci"]);

      const list = await marie.get(`/mots?texte=${encodeURIComponent(word)}`);
      const boxes = [...list.html.matchAll(/name="mot" value="([^"]+)"/g)].map(([, value]) => value ?? "");
      expect(boxes).toHaveLength(2);
      expect((await marie.post("/mots/accepter", { mot: boxes })).to).toBe("/mots/essais");
      const { after } = await doTrials();
      expect(ticked(after)).toHaveLength(1);
      await marie.act("/mots/essais", { essai: ticked(after) });
      expect(await audiencesOf(asked, "1")).toEqual(["commune", "epci"]);
      expect((await marie.post("/mots/accepter", { mot: boxes })).status).toBe(409);
      expect((await marie.post("/mots/accepter", {})).status).toBe(422);
    });

    it("separates the trials of two people with the same name", async () => {
      const { word, connectors, console, doTrials } = await setUp((mot) => [[mot, `${mot} bis`]]);
      const [one, other] = [await console.as("bizdev", "Camille Martin"), await console.as("bizdev", "Camille Martin")];
      await one.post(decide(word), { producteur: connectors, proposition: "commune" });
      await other.post(decide(`${word} bis`), { producteur: connectors, proposition: "epci" });
      const { after } = await doTrials(one);
      expect(ticked(after)).toHaveLength(1);
      const page = plain(after);
      const cut = page.indexOf("Essais d’autres personnes");
      const [own, others] = [page.slice(0, cut), page.slice(cut)];
      expect(own).toContain("veut dire Communes");
      expect(own).not.toContain("Intercommunalités");
      expect(others).toContain("Intercommunalités");
    });

    it("shows form problems at their field, and keeps the typed values", async () => {
      const { word, connectors, marie } = await setUp((mot) => [[mot]]);
      const [connector = ""] = connectors;
      const none = await marie.post(decide(word), { producteur: connector, faire: "choisir" });
      expect(none.status).toBe(422);
      expect(plain(none)).toContain("Cochez au moins un terme");
      const wrong = await marie.post(decide(word), { producteur: connector, proposition: "martiens" });
      expect(wrong.status).toBe(422);
      const nobody = await marie.post(decide(word), { termes: "commune" });
      expect(nobody.status).toBe(422);
      expect(nobody.html).toMatch(/value="commune"\s+checked/);
      expect((await marie.get(decide("Personne ne dit cela"))).status).toBe(404);
    });

    it("lets only curators decide; everybody may read and export the list", async () => {
      const { word, connectors, console } = await setUp((mot) => [[mot, `=${mot}()`]]);
      const read = await console.as("read");
      expect((await read.get("/mots/essais")).status).toBe(200);
      expect((await read.get(decide(word))).html).not.toContain('name="termes"');
      expect((await read.post(decide(word), { producteur: connectors, termes: "commune" })).status).toBe(403);
      const csv = await read.get(`/mots.csv?texte=${encodeURIComponent(word)}`);
      expect(csv.html).toContain(word);
      expect(csv.html).toContain(`'=${word}`);
    });
  });
});
