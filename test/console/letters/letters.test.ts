import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InProcessQueue } from "../../../src/jobs/queue/in-process-queue.ts";
import { requestRun } from "../../../src/jobs/queue/request-run.ts";
import { identifier } from "../../../src/kit/rules/identifier.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { edit, marie } from "../../support/curate.ts";
import { guardsOff, type Harvest, newHarvest } from "../../support/harvest.ts";

const record = (id: number, more: Readonly<Record<string, unknown>> = {}) => ({
  id: `a${id}`,
  titre: `Financer le projet ${id}`,
  texte: `<p>Texte de l’aide ${id}</p>`,
  lien: `https://region.example/aides/${id}`,
  fin: "2027-03-31",
  ...more,
});

const otherPublisher = {
  name: "Département Voisin",
  kind: "department",
  territory: { scale: "department", code: "26" },
  licence: "unknown",
} as const;

const wrong = [
  record(1),
  record(2, { fin: "31/02/2027" }),
  record(3, { fin: "bientôt peut-être", titre: '=HYPERLINK("http://mal.example")' }),
  record(4, { titre: "" }),
  record(1, { titre: "Encore la première" }),
  record(6, { lien: "voir le site", publics: "Martiens" }),
];

/** Returns the visible text, without markup. */
function words(html: string): string {
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&nbsp;|[\u00a0\u202f]/g, " ")
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, " ");
}

/** Returns the path of the address from the page that shows it. */
function addressOn(html: string): string {
  return /http:\/\/console\.test(\/lettre\/[\w-]+)/.exec(html)?.[1] ?? "no address";
}

describe.each(testedDatabases)("letters to publishers, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());
    const settings = { name: "Service Exemple", contact: "contact@service.example" };
    const consoleOf = ({ folder }: Harvest) => testConsole(catalogue, { folders: [folder], settings });
    const made = async (harvest: Harvest, name = "Marie Lettrée") => {
      const console = consoleOf(harvest);
      const bizdev = await console.as("bizdev", name);
      const page = await bizdev.post(`/connecteurs/${harvest.connector}/courriers`);
      const [kept] = await catalogue.letters.list(harvest.connector);
      const path = `/connecteurs/${harvest.connector}/courriers/${kept?.letterId}`;
      return { console, bizdev, page, path, address: addressOn(page.html), nobody: await console.as("nobody") };
    };

    it("show good points, then anomalies with places and advice, to anybody who has the address", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day(wrong);
      const { page, address, nobody } = await made(harvest);
      expect(page.status).toBe(200);
      expect(words(page.html)).toContain("Le service Service Exemple reprend les aides publiées par votre organisme (Région Exemple).");
      expect(page.html).toContain(address);
      const letter = await nobody.get(address);
      expect(letter.status).toBe(200);
      const read = words(letter.html);
      expect(read).toContain("À l’attention de : Région Exemple");
      expect(read).toContain("Sur 6 aides reçues : 4 aides reprises, 2 aides non reprises.");
      expect(read).toContain("1 aide n’a pas de titre. Champ « titre ».");
      expect(read).toContain("1 aide porte un identifiant qui est déjà celui d’une autre");
      expect(read).toContain("Champ « fin » (date de clôture).");
      expect(read).toContain("enregistrement n° 3");
      expect(read).toContain("bientôt peut-être");
      expect(read).toContain("Exemple : 2027-03-31");
      expect(read).toContain("« Martiens » (1 aide)");
      expect(read).toContain("Marie Lettrée");
      expect(read.indexOf("Des aides que nous")).toBeLessThan(read.indexOf("Des dates à revoir"));
    });

    it("say what is strange in the feed as a whole: a lost field, the same text everywhere", async () => {
      const harvest = await newHarvest(catalogue);
      const records = Array.from({ length: 12 }, (_, id) => record(id, { texte: "<p>Le même texte dans toutes les aides.</p>" }));
      await harvest.day(records);
      expect((await harvest.day(records.map(({ fin: _, ...rest }) => rest))).outcome).toBe("held");
      const { address, nobody } = await made(harvest);
      const read = words((await nobody.get(address)).html);
      expect(read).toContain("Ce qui nous étonne Le champ « fin » n’est plus rempli dans aucune aide. Est-ce voulu ?");
      expect(read).toContain("Le même texte revient dans 12 des 12 aides qui ont ce champ : description.");
      expect(read).not.toContain("Nous n’y avons trouvé aucune anomalie");
    });

    it("are private: no cookie, no indexing, no caching, no menu", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day(wrong);
      const { address, nobody } = await made(harvest);
      const letter = await nobody.get(address);
      expect(letter.headers.getSetCookie()).toEqual([]);
      expect(letter.headers.get("cache-control")).toBe("no-store");
      expect(letter.html).toContain('name="robots" content="noindex');
      const annex = await nobody.get(`${address}/annexe.csv`);
      expect([annex.headers.get("x-robots-tag"), annex.headers.get("cache-control")]).toEqual(["noindex, nofollow", "no-store"]);
      expect(letter.html).not.toContain('href="/connecteurs');
      expect(letter.html).not.toContain('href="/collectes');
    });

    it("contain only the publisher's own data", async () => {
      const other = await newHarvest(catalogue, { publisher: otherPublisher, guards: guardsOff });
      await other.day([record(1, { titre: "Secret du voisin", fin: "jamais du tout" })]);
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      const run = await harvest.day(wrong);
      const aid = await harvest.aid("a2");
      await edit(
        catalogue,
        { connector: harvest.connector, externalId: "a2" },
        { name: "Titre corrigé par nous", submissionDeadline: "2027-02-28" },
      );
      const { address, nobody, path } = await made(harvest);
      const annex = await nobody.get(`${address}/annexe.csv`);
      expect(annex.headers.get("content-disposition")).toContain("attachment");
      const all = `${(await nobody.get(address)).html}${annex.html}`;
      for (const hidden of [
        "voisin",
        other.connector,
        harvest.connector,
        marie.note ?? "a note",
        "2027-02-28",
        "Titre corrigé par nous",
        aid.aidId,
        run.runId,
        path.split("/").at(-1) ?? "",
        harvest.folder,
        "moisson run",
      ])
        expect(all, hidden).not.toContain(hidden);
      expect(all).toContain("feed.json");
    });

    it("have an annex with a line for each anomaly, harmless in a spreadsheet", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day(wrong);
      const { address, nobody, path, bizdev } = await made(harvest);
      const { html } = await nobody.get(`${address}/annexe.csv`);
      const lines = html.trim().split("\r\n");
      expect(lines[0]).toContain("Où;Identifiant;Titre de l’aide;Votre champ");
      expect(html).toContain("enregistrement n°\u00a02;a2;Financer le projet 2;fin;date de clôture;31/02/2027;");
      expect(html).toContain(`"'=HYPERLINK(""http://mal.example"")"`);
      expect(html).not.toMatch(/(^|;|")=HYPERLINK/m);
      expect((await bizdev.get(`${path}/annexe.csv`)).html).toBe(html);
    });

    it("can be revoked, show nothing then, and can get a new address", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day(wrong);
      const { address, nobody, bizdev, path } = await made(harvest);
      expect(words((await bizdev.act(`${path}/revoquer`)).html)).toContain("Révoquée le");
      for (const closed of [address, `${address}/annexe.csv`]) {
        const page = await nobody.get(closed);
        expect(page.status).toBe(410);
        expect(page.html).not.toContain("Région Exemple");
        expect(page.html).not.toContain("Marie");
      }
      expect((await bizdev.post(`${path}/revoquer`)).status).toBe(409);
      const again = addressOn((await bizdev.post(`${path}/adresse`)).html);
      expect(again).not.toBe(address);
      expect((await nobody.get(again)).status).toBe(200);
      expect((await nobody.get(address)).status).toBe(404);
      const audit = await catalogue.audit.list({ subject: `connecteur ${harvest.connector}` }, { limit: 10, offset: 0 });
      expect(audit.map(({ act }) => act)).toEqual(["letter.readdress", "letter.revoke", "letter.make"]);
      expect(JSON.stringify(audit)).not.toContain(again.split("/").at(-1));
    });

    it("keep their content, and show earlier scores", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day(wrong);
      const first = await made(harvest);
      const clock = { now: () => new Date("2026-11-27T03:00:00Z"), fixed: null, elapsed: () => performance.now() };
      await harvest.day([record(1), record(2), record(3), record(4)], {}, { clock });
      const second = await made(harvest);
      expect(words((await first.nobody.get(first.address)).html)).toContain("bientôt peut-être");
      const read = words((await second.nobody.get(second.address)).html);
      expect(read).not.toContain("bientôt");
      expect(read).toContain("La note est en hausse");
      expect(read).toContain("Nous n’avons relevé aucune anomalie");
      const list = words((await second.bizdev.get(`/connecteurs/${harvest.connector}/courriers`)).html);
      expect(list.match(/Lettre du/g)).toHaveLength(2);
    });

    it("report dead links of the feed, not those of our corrections", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day([record(1, { lien: "https://mort.example/1" }), record(2)]);
      await edit(catalogue, { connector: harvest.connector, externalId: "a2" }, { originUrl: "https://mort.example/de-nous" });
      await catalogue.links.sync();
      await catalogue.store.rows(sql`update links set state = 'dead' where url like 'https://mort.example/%'`);
      const { address, nobody } = await made(harvest);
      const read = words((await nobody.get(address)).html);
      expect(read).toContain("1 lien ne mène plus à aucune page");
      expect(read).toContain("https://mort.example/1");
      expect(read).not.toContain("de-nous");
    });

    it("use the report if the snapshot is not kept any more", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day([...wrong, record(77)]);
      await catalogue.store.rows(sql`delete from snapshot_packs`);
      await catalogue.store.rows(sql`delete from snapshots`);
      const { address, nobody } = await made(harvest);
      const read = words((await nobody.get(address)).html);
      expect(read).toContain("bientôt peut-être");
      expect(read).toContain("Vos données en contiennent peut-être d’autres");
    });

    it("say first that the feed cannot be read any more, since when and why, in the mail too", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day(wrong);
      for (const day of ["2026-11-27", "2026-11-28"]) {
        const clock = { now: () => new Date(`${day}T03:00:00Z`), fixed: null, elapsed: () => performance.now() };
        expect((await harvest.day("<html><body>Maintenance</body></html>", {}, { clock })).outcome).toBe("unreadable");
      }
      // A run that somebody has requested in the meantime has no result yet.
      await requestRun(catalogue, new InProcessQueue(), {
        connector: harvest.connector,
        by: "Olga",
        now: new Date("2026-11-28T09:00:00Z"),
        options: {},
      });
      const { page, address, nobody } = await made(harvest);
      const why =
        "Depuis le 27 novembre 2026, nous ne réussissons plus à lire vos données : une page web arrive à la place du fichier attendu.";
      const letter = words((await nobody.get(address)).html);
      expect(letter).toContain("Vos données d’aides ne nous parviennent plus depuis le 27 novembre 2026");
      expect(letter).toContain(`reprend les aides que vous publiez. ${why}`);
      const mail = words(page.html);
      expect(mail).toContain(`(Région Exemple). ${why} Vos aides restent montrées telles que nous les avons lues le`);
      expect(mail).not.toContain("sur 100");
    });

    it("ask for a reliable identifier if there is none", async () => {
      const harvest = await newHarvest(catalogue, { fields: { externalId: identifier("lien") } as never });
      await harvest.day([record(1), record(2)]);
      const { address, nobody } = await made(harvest);
      expect(words((await nobody.get(address)).html)).toContain("nous les reconnaissons à l’adresse de leur page (« lien »)");
    });

    it("are created once, however often the button is pressed, with the address of the last answer", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day(wrong);
      const console = consoleOf(harvest);
      const bizdev = await console.as("bizdev", "Paule Pressée");
      const path = `/connecteurs/${harvest.connector}/courriers`;
      const adresse = /name="adresse" value="([\w-]+)"/.exec((await bizdev.get(path)).html)?.[1] ?? "no field";
      const shown = (await Promise.all([1, 2].map(() => bizdev.post(path, { adresse })))).map(({ html }) => addressOn(html));
      expect(shown).toEqual([`/lettre/${adresse}`, `/lettre/${adresse}`]);
      expect((await (await console.as("nobody")).get(`/lettre/${adresse}`)).status).toBe(200);
      const reloaded = await bizdev.act(path);
      expect(words(reloaded.html)).toContain("Vous venez de faire cette lettre");
      const [kept, ...others] = await catalogue.letters.list(harvest.connector);
      expect(others).toEqual([]);
      expect(await catalogue.audit.count({ act: "letter.make", subject: `connecteur ${harvest.connector}` })).toBe(1);

      await bizdev.post(`${path}/${kept?.letterId}/revoquer`);
      const anew = addressOn((await bizdev.post(path, { adresse })).html);
      expect(anew).not.toBe("no address");
      expect(shown).not.toContain(anew);
      expect(addressOn((await (await console.as("bizdev", "Marie Autre")).post(path)).html)).not.toBe(anew);
      expect(await catalogue.letters.list(harvest.connector)).toHaveLength(3);
    });

    it("are not created if no feed was read, and return 404 if they do not exist", async () => {
      const harvest = await newHarvest(catalogue);
      const bizdev = await consoleOf(harvest).as("bizdev");
      expect((await bizdev.post(`/connecteurs/${harvest.connector}/courriers`)).status).toBe(409);
      expect((await bizdev.get(`/connecteurs/${harvest.connector}/courriers/moi`)).status).toBe(404);
      expect((await bizdev.get("/lettre/rien")).status).toBe(404);
    });

    it("show the contact to the user, not in the letter", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day(wrong);
      const now = new Date("2026-11-25T03:00:00Z");
      await catalogue.drafts
        .add({ draftId: "00000000-0000-4000-8000-0000000000aa", title: "Région", by: "Marie", now })
        .catch(() => undefined);
      const answers = { publisher: { contact: "Jean Interlocuteur, jean@region.example" } };
      const said = { title: "Région", answers, upload: null, connector: harvest.connector };
      expect(
        await catalogue.drafts.save({ draftId: "00000000-0000-4000-8000-0000000000aa", revision: 1 }, said, { by: "Marie", now }),
      ).toBe(true);
      const { address, nobody, bizdev } = await made(harvest);
      expect((await bizdev.get(`/connecteurs/${harvest.connector}/courriers`)).html).toContain("Jean Interlocuteur");
      expect((await nobody.get(address)).html).not.toContain("Interlocuteur");
    });
  });
});
