import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exchangeSentence } from "../../../src/french/exchanges.ts";
import { defaultRetention } from "../../../src/model/run/retention.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { guardsOff, type Harvest, newHarvest } from "../../support/harvest.ts";
import { madeLetter, partnerOf, pointOf, words, wrong } from "./answered-letters.ts";

describe.each(testedDatabases)("answers to letters, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());
    const made = async (harvest: Harvest) => madeLetter(catalogue, testConsole(catalogue, { folders: [harvest.folder] }), harvest);
    const sent = async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day(wrong);
      return { harvest, publisherId: await partnerOf(catalogue, harvest), ...(await made(harvest)) };
    };

    it("can be given to each point without an account, are shown with their date, and can be changed", async () => {
      const { nobody, address, bizdev, path, publisherId, harvest } = await sent();
      const letter = await nobody.get(address);
      const dates = pointOf(letter.html, "date de clôture");
      const answered = await nobody.act(`${address}/reponses`, {
        point: dates,
        reponse: "planned",
        prevu: "2026-12-03",
        remarque: "Voir avec Mme Dupont.",
      });
      expect(answered.status).toBe(200);
      expect(words(answered.html)).toContain("Vous avez répondu le 25 novembre 2026 : « C'est prévu pour le 3 décembre 2026 ».");
      expect(words(answered.html)).toContain("C'est noté, merci.");
      expect(answered.html).toContain("Voir avec Mme Dupont.");
      expect(answered.headers.getSetCookie()).toEqual([]);
      const word = pointOf(letter.html, "Martiens");
      await nobody.post(`${address}/reponses`, { point: word, reponse: "intended" });
      await nobody.post(`${address}/reponses`, { point: dates, reponse: "corrected" });
      await nobody.post(`${address}/reponses`, { point: "lettre", remarque: "Merci pour cette lettre." });

      const read = words((await nobody.get(address)).html);
      expect(read).toContain("« C'est corrigé »");
      expect(read).not.toContain("3 décembre");
      expect(read).toContain("Merci pour cette lettre.");
      const ours = words((await bizdev.get(path)).html);
      expect(ours).toContain("Merci pour cette lettre.");
      expect(ours).toMatch(/mot que nous ne savons pas ranger\..*C'est voulu/);

      const log = (await catalogue.exchanges.list(publisherId)).filter(({ kind }) => kind === "letter-answered");
      expect(log.map(({ by, details }) => [by, details.answer, details.connector])).toEqual([
        ["producteur", null, harvest.connector],
        ["producteur", "corrected", harvest.connector],
        ["producteur", "intended", harvest.connector],
        ["producteur", "planned", harvest.connector],
      ]);
      const audit = await catalogue.audit.list({ subject: `connecteur ${harvest.connector}` }, { limit: 20, offset: 0 });
      expect(audit.filter(({ act }) => act === "letter.answer")).toHaveLength(4);
      expect(JSON.stringify([log, audit])).not.toMatch(/Dupont|Merci/);
      const corrected = log.find(({ details }) => details.answer === "corrected");
      expect(words(exchangeSentence("letter-answered", corrected?.details ?? {}) ?? "")).toContain(
        "Des dates à revoir (date de clôture) : « C'est corrigé »",
      );
    });

    it("show form problems at their point, and keep the typed values", async () => {
      const { nobody, address, letterId } = await sent();
      const letter = await nobody.get(address);
      const point = pointOf(letter.html, "date de clôture");
      const past = await nobody.post(`${address}/reponses`, { point, reponse: "planned", prevu: "2026-11-01", remarque: "Je regarde" });
      expect(past.status).toBe(422);
      expect(words(past.html)).toContain("Ce jour est passé");
      expect(past.html).toContain("Je regarde");
      for (const [fields, problem] of [
        [{ point, reponse: "planned", prevu: "bientôt" }, "Donnez le jour"],
        [{ point }, "Choisissez une réponse"],
        [{ point, reponse: "corrected", remarque: "x".repeat(501) }, "500 caractères au plus"],
        [{ point: "lettre", remarque: "x".repeat(501) }, "500 caractères au plus"],
        [{ point: "99", reponse: "corrected" }, "n'a pas ce point"],
      ] as const) {
        const page = await nobody.post(`${address}/reponses`, fields);
        expect(page.status).toBe(422);
        expect(words(page.html)).toContain(problem);
      }
      expect(await catalogue.letterAnswers.list(letterId)).toEqual([]);
    });

    it("are stored once if the form is sent twice", async () => {
      const { nobody, address, publisherId } = await sent();
      const fields = { point: "0", reponse: "corrected" };
      await Promise.all([1, 2].map(() => nobody.post(`${address}/reponses`, fields)));
      const log = await catalogue.exchanges.list(publisherId);
      expect(log.filter(({ kind }) => kind === "letter-answered")).toHaveLength(1);
    });

    it("remove a remark that is left empty", async () => {
      const { nobody, address } = await sent();
      await nobody.post(`${address}/reponses`, { point: "lettre", remarque: "Trop vite écrit" });
      await nobody.post(`${address}/reponses`, { point: "lettre", remarque: "" });
      expect((await nobody.get(address)).html).not.toContain("Trop vite écrit");
    });

    it("are refused for a revoked address, an unknown token and a foreign form", async () => {
      const [one, other] = [await sent(), await sent()];
      await one.nobody.post(`${one.address}/reponses`, { point: "0", reponse: "corrected" });
      expect(await catalogue.letterAnswers.list(other.letterId)).toEqual([]);
      expect((await one.nobody.post("/lettre/autre-jeton/reponses", { point: "0", reponse: "corrected" })).status).toBe(404);
      const elsewhere = { "sec-fetch-site": "cross-site" };
      expect((await one.nobody.post(`${one.address}/reponses`, { point: "0", reponse: "intended" }, elsewhere)).status).toBe(403);
      await one.bizdev.post(`${one.path}/revoquer`);
      for (const what of ["reponses", "relecture"]) {
        const page = await one.nobody.post(`${one.address}/${what}`, { point: "0", reponse: "intended" });
        expect(page.status).toBe(410);
        expect(page.html).not.toContain("Région Exemple");
      }
      expect((await catalogue.letterAnswers.list(one.letterId)).map(({ answer }) => answer)).toEqual(["corrected"]);
      expect((await one.nobody.get(`${one.address}/relecture`)).status).toBe(410);
    });

    it("are limited to 30 per hour and letter", async () => {
      const { nobody, address, letterId } = await sent();
      const statuses: number[] = [];
      for (let count = 0; count < 31; count++)
        statuses.push((await nobody.post(`${address}/reponses`, { point: "lettre", remarque: `n° ${count}` })).status);
      expect(statuses.slice(0, 30).every((status) => status === 303)).toBe(true);
      expect(statuses[30]).toBe(429);
      expect((await catalogue.letterAnswers.list(letterId))[0]?.remark).toBe("n° 29");
    });

    it("let ops set aside intended values", async () => {
      const { nobody, address, harvest, path } = await sent();
      const letter = await nobody.get(address);
      const point = pointOf(letter.html, "date de clôture");
      await nobody.post(`${address}/reponses`, { point, reponse: "intended" });
      const ops = await testConsole(catalogue, { folders: [harvest.folder] }).as("ops");
      const link =
        /href="(\/collectes\/[^"]*mettre-de-cote[^"]*)"/.exec((await ops.get(path)).html)?.[1]?.replaceAll("&amp;", "&") ?? "no link";
      expect((await ops.get(link)).status).toBe(200);
    });

    it("are deleted with their letter", async () => {
      const { nobody, address, letterId } = await sent();
      await nobody.post(`${address}/reponses`, { point: "0", reponse: "corrected" });
      const kept = { ...defaultRetention, letters: 1, revoked: 1 };
      for await (const _ of catalogue.retention.prune(kept, new Date("2026-12-25T03:00:00Z")));
      expect(await catalogue.letters.find(letterId)).toBeNull();
      expect(await catalogue.letterAnswers.list(letterId)).toEqual([]);
    });
  });
});
