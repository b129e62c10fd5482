import { sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { accessOfKeys } from "../../../src/publish/api/access/access-of-keys.ts";
import { createLimits } from "../../../src/publish/api/access/limit.ts";
import { connectorOf, testApi } from "../../support/api-client.ts";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { importPublished } from "../../support/published-aids.ts";

const path = "/signalements";
const reportOf = (html: string) => /name="signalement" value="(\d+)"/.exec(html)?.[1] ?? "none";

describe.each(testedDatabases)("errors that readers report, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    async function opened() {
      const catalogue = await newCatalogue(database);
      onTestFinished(() => catalogue.drop());
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day([
        { id: "a1", titre: "Financer un toit", texte: "<p>Le toit.</p>", lien: "https://region.example/1", fin: "2027-03-31" },
      ]);
      await importPublished(catalogue, "agence", {
        b: { name: "Aide aux vélos" },
        c: { name: "Hors licence", importShareLicence: "agreement" },
      });
      await catalogue.store.rows(sql`update aids set status = 'published' where connector = ${harvest.connector}`);
      await catalogue.store.rows(sql`
        update contents set content = content || '{"importShareLicence": "openlicence20"}'::jsonb
        where id in (select content_id from aid_sources where connector = ${harvest.connector})`);
      while ((await catalogue.search.catchUp()) > 0);
      const console = await testConsole(catalogue, { folders: [harvest.folder] });
      const api = await testApi(catalogue, { connectors: [connectorOf("agence"), connectorOf(harvest.connector)] });
      const { aidId } = await harvest.aid("a1");
      const send = (id: string, sent: unknown) =>
        api.ask(`/api/aids/by-id/${id}/error-reports/`, { method: "POST", body: typeof sent === "string" ? sent : JSON.stringify(sent) });
      return { catalogue, harvest, console, api, aidId, send };
    }

    it("are stored without people, counted once, and shown to colleagues only", async () => {
      const { catalogue, console, api, aidId, send } = await opened();
      const text = "Le guichet ferme le 30 juin, voir Mme Claire DUPONT au 06 12 34 56 78";
      expect((await send(aidId, { kind: "deadline", text })).json).toEqual({ received: true });
      await send(aidId, { kind: "deadline", text });
      const [stored, other] = await catalogue.errorReports.list("new", 10);
      expect([stored?.count, stored?.aidName, other]).toEqual([2, "Financer un toit", undefined]);
      expect(stored?.text).toContain("Le guichet ferme le 30 juin");
      expect(stored?.text).not.toMatch(/dupont|06 12/i);
      expect((await (await console.as("read")).get(path)).html).toContain("2 fois");
      for (const read of ["/api/aids/", `/api/aids/by-id/${aidId}/`]) expect((await api.get(read)).text).not.toContain("guichet");
      expect((await (await console.as("nobody")).get(path)).html).not.toContain("guichet");
    });

    it("become a point of the publisher's next letter once a person has confirmed what it says", async () => {
      const { catalogue, harvest, console, aidId, send } = await opened();
      await send(aidId, { kind: "deadline", text: "MDR c’est fini" });
      const bizdev = await console.as("bizdev");
      const nobody = await console.as("nobody");
      const letter = async (by: string) => {
        const made = await (await console.as("bizdev", by)).post(`/connecteurs/${harvest.connector}/courriers`);
        return (await nobody.get(/http:\/\/console\.test(\/lettre\/[\w-]+)/.exec(made.html)?.[1] ?? "no address")).html;
      };
      expect(await letter("Marie")).toMatch(/aucune anomalie/);
      const id = reportOf((await bizdev.get(path)).html);
      expect((await bizdev.post(`${path}/confirmer`, { signalement: id, point: " " })).status).toBe(422);
      await bizdev.post(`${path}/confirmer`, { signalement: id, point: "Le guichet a fermé le 30 juin." });
      expect((await bizdev.post(`${path}/confirmer`, { signalement: id, point: "Encore" })).status).toBe(409);
      const shown = await letter("Zoé");
      expect(shown).toMatch(/erreurs? a été signalée.*Le guichet a fermé le 30 juin\./s);
      expect(shown).not.toContain("MDR");
      await bizdev.post(`${path}/traiter`, { signalement: id });
      expect(await catalogue.errorReports.confirmed(harvest.connector)).toEqual([]);
      await bizdev.post(`${path}/defaire`, { signalement: id });
      expect((await catalogue.errorReports.list("new", 10)).map(({ text }) => text)).toEqual(["MDR c’est fini"]);
      const acts = (
        await catalogue.store.rows<{ act: string }>(sql`select distinct act from audit where act like 'report.%' order by act`)
      ).map(({ act }) => act);
      expect(acts).toEqual(["report.confirm", "report.handle", "report.undo"]);
    });

    it("are opened again when a reader reports a handled error", async () => {
      const { catalogue, console, aidId, send } = await opened();
      await send(aidId, { kind: "link", text: "" });
      const bizdev = await console.as("bizdev");
      await bizdev.post(`${path}/traiter`, { signalement: reportOf((await bizdev.get(path)).html) });
      expect(await catalogue.errorReports.list("new", 10)).toEqual([]);
      await send(aidId, { kind: "link" });
      expect((await catalogue.errorReports.list("new", 10)).map(({ count }) => count)).toEqual([2]);
    });

    it("are refused if they are malformed, too long, too many, or about an aid that is not public", async () => {
      const { catalogue, aidId, send } = await opened();
      const [secret] = await catalogue.store.rows<{ id: string }>(sql`select aid_id as id from aids where external_id = 'c'`);
      const statuses = [];
      for (const [id, sent] of [
        [aidId, { kind: "spam", text: "a" }],
        [aidId, { kind: "other", text: "" }],
        [aidId, { kind: "other", text: "a".repeat(501) }],
        [aidId, { kind: "other", text: { a: 1 } }],
        [aidId, "{"],
        [aidId, "x".repeat(9000)],
        [secret?.id ?? "", { kind: "other", text: "a" }],
        ["999999", { kind: "other", text: "a" }],
        ["x'--", { kind: "other", text: "a" }],
      ] as const)
        statuses.push((await send(id, sent)).status);
      expect(statuses).toEqual([400, 400, 400, 400, 400, 413, 404, 404, 404]);
      for (let number = 0; number < 20; number++) expect((await send(aidId, { kind: "other", text: `Erreur ${number}` })).status).toBe(200);
      expect((await send(aidId, { kind: "other", text: "Une de trop" })).status).toBe(503);
      expect((await send(aidId, { kind: "other", text: "Erreur 3" })).status).toBe(200);
    });

    it("can be sent from the search page, which shows the form again with what is wrong", async () => {
      const { catalogue, api, aidId } = await opened();
      const number = (await api.get(`/api/aids/by-id/${aidId}/`)).json.id as number;
      const form = await api.get(`/recherche/signaler/?aide=${number}`);
      expect(form.text).toMatch(/Aide\s: Financer un toit/);
      expect((await api.get("/recherche/signaler/?aide=999999")).status).toBe(404);
      const post = (fields: Record<string, string>) =>
        api.ask("/recherche/signaler/", { method: "POST", body: new URLSearchParams(fields) });
      const again = await post({ aide: String(number), quoi: "other", texte: "" });
      expect(again.text).toContain('role="alert"');
      expect((await post({ aide: String(number), quoi: "closed", texte: "" })).text).toContain("Merci");
      expect((await catalogue.errorReports.list("new", 10)).map(({ kind }) => kind)).toEqual(["closed"]);
    });

    it("are limited to five a minute and address", async () => {
      const { catalogue, aidId } = await opened();
      const accessOf = accessOfKeys({ apiTokens: catalogue.apiTokens, clock: { now: () => testNow }, limits: createLimits() });
      const api = await testApi(catalogue, { connectors: [connectorOf("agence")], accessOf });
      const statuses = [];
      for (let number = 0; number < 6; number++)
        statuses.push((await api.ask(`/api/aids/by-id/${aidId}/error-reports/`, { method: "POST", body: "{}" })).status);
      expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
    });
  });
});
