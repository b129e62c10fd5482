import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { testNow } from "../../support/made-aids.ts";
import { seededFrom, words } from "./publisher-fixtures.ts";

const tomorrow = "2026-12-01";

describe.each(testedDatabases)("the follow-up of publishers in a spreadsheet, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    let client: ConsoleClient;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
      client = await testConsole(catalogue).as("bizdev", "Marie Le Goff");
      await client.get("/producteurs");
    });
    afterEach(() => catalogue.drop());

    const drop = (text: string | Uint8Array<ArrayBuffer>) => client.post("/producteurs/suivi", { fichier: new File([text], "suivi.csv") });
    const linesOn = (html: string) =>
      [...html.matchAll(/name="ligne" value="([^"]*)"/g)].map(([, value = ""]) => value.replaceAll("&quot;", '"'));

    it("shows what a changed list changes, saves it in one act, and logs the stage", async () => {
      const [bretagne, drome] = [await seededFrom(catalogue, "region:53"), await seededFrom(catalogue, "department:26")];
      const head = "Producteur;SIREN;Étape;Suivi par;Prochaine action;Action;Remarque";
      const read = await drop(
        `${head}\n${bretagne.name};;Contacté;marie le goff;01/12/2026;Appeler le service des aides;à nous\n${drome.name};;;;;;rien`,
      );
      const seen = words(read.html);
      expect(seen).toContain("1 producteur à mettre à jour");
      for (const change of [
        "Étape : repéré → contacté",
        "Suivi par : rien → Marie Le Goff",
        "Action : rien → Appeler le service des aides",
      ])
        expect(seen).toContain(change);
      expect(await catalogue.publishers.find(bretagne.publisherId)).toMatchObject({ stage: "spotted", nextAction: null });

      const saved = await client.act("/producteurs/suivi/enregistrer", { ligne: linesOn(read.html) });
      expect(words(saved.html)).toContain("1 producteur est mis à jour.");
      expect(await catalogue.publishers.find(bretagne.publisherId)).toMatchObject({
        stage: "contacted",
        nextAction: "Appeler le service des aides",
        nextActionOn: tomorrow,
        personInCharge: client.personId,
      });
      expect((await catalogue.exchanges.list(bretagne.publisherId))[0]).toMatchObject({ kind: "stage", by: "Marie Le Goff" });
      expect(await catalogue.publishers.find(drome.publisherId)).toEqual(drome);
    });

    it("reads the file that it exports, and finds no change in it", async () => {
      const bretagne = await seededFrom(catalogue, "region:53");
      const action = { personInCharge: client.personId, nextAction: 'Dire "bonjour" ; écrire', nextActionOn: tomorrow };
      await catalogue.publishers.save(bretagne, { ...bretagne, ...action }, { by: "Marie", now: testNow });
      expect((await client.get("/producteurs/suivi")).html).toContain('href="/producteurs/suivi.csv"');
      const { bytes, html } = await client.get("/producteurs/suivi.csv");
      expect(html).toContain("Région Bretagne;repéré;Marie Le Goff;2026-12-01;");
      const read = await drop(new Uint8Array(bytes));
      expect(words(read.html)).toContain("Rien ne change");
      expect(linesOn(read.html)).toEqual([]);
    });

    it("names each line that it cannot read, and saves the others", async () => {
      const bretagne = await seededFrom(catalogue, "region:53");
      const read = await drop(
        [
          "Producteur;Étape;Suivi par;Prochaine action",
          "Personne de connu;;;",
          `${bretagne.name};peut-être;Paul Inconnu;31/02/2027`,
          "",
          `${(await seededFrom(catalogue, "region:52")).name};contacté;;`,
          "Encore une inconnue;;;",
        ].join("\n"),
      );
      const seen = words(read.html);
      expect(seen).toContain("Ligne 2, Personne de connu : Ce producteur n’est pas dans la liste.");
      expect(seen).toContain(`Ligne 3, ${bretagne.name} : Étape « peut-être » inconnue`);
      expect(seen).toContain("Ligne 6, Encore une inconnue");
      for (const problem of ["« Paul Inconnu » n’est pas une personne de l’équipe", "« 31/02/2027 » n’est pas une date"])
        expect(seen).toContain(problem);
      expect(linesOn(read.html)).toHaveLength(1);
    });

    it("leaves a publisher alone that somebody changed meanwhile, and says so", async () => {
      const bretagne = await seededFrom(catalogue, "region:53");
      const read = await drop(`Identifiant,Action\n${bretagne.publisherId},Écrire`);
      await catalogue.publishers.save(bretagne, { ...bretagne, nextAction: "Appeler" }, { by: "Paul", now: testNow });
      const saved = await client.act("/producteurs/suivi/enregistrer", { ligne: linesOn(read.html) });
      expect(words(saved.html)).toContain(`Changés entre-temps, et laissés tels quels : ${bretagne.name}`);
      expect((await catalogue.publishers.find(bretagne.publisherId))?.nextAction).toBe("Appeler");
    });

    it("empties with a dash, reads Windows-1252, and refuses a file without publishers", async () => {
      const bretagne = await seededFrom(catalogue, "region:53");
      await catalogue.publishers.save(
        bretagne,
        { ...bretagne, nextAction: "Appeler", nextActionOn: tomorrow },
        { by: "Paul", now: testNow },
      );
      const text = `Identifiant;Étape;Action;Prochaine action\n${bretagne.publisherId};contacté;-;-`;
      const read = await drop(Uint8Array.from(text, (character) => character.charCodeAt(0)));
      for (const change of ["Étape : repéré → contacté", "Action : Appeler → rien"]) expect(words(read.html)).toContain(change);
      const refused = await drop("Titre;Texte\nAide;oui");
      expect([refused.status, words(refused.html).includes("Aucune colonne ne dit de quel producteur il s’agit")]).toEqual([422, true]);
    });

    it("gives my next actions as a calendar", async () => {
      const [mine, other] = [await seededFrom(catalogue, "region:53"), await seededFrom(catalogue, "region:52")];
      const by = { by: "Marie", now: testNow };
      const action = { nextAction: "Appeler, puis écrire", nextActionOn: tomorrow };
      await catalogue.publishers.save(mine, { ...mine, ...action, personInCharge: client.personId }, by);
      await catalogue.publishers.save(other, { ...other, ...action }, by);
      const { html, headers } = await client.get("/producteurs/actions.ics");
      expect(headers.get("content-type")).toContain("text/calendar");
      expect(html.match(/BEGIN:VEVENT/g)).toHaveLength(1);
      expect(html).toContain("DTSTART;VALUE=DATE:20261201");
      expect(words(html.replaceAll("\r\n ", ""))).toContain(`SUMMARY:${mine.name} : Appeler\\, puis écrire`);
    });
  });
});
