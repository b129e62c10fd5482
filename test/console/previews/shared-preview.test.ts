import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { testNow } from "../../support/made-aids.ts";
import { draftWithFeed } from "./draft-with-feed.ts";

const day = 86_400_000;

/** Returns the path of the address from the page that shows it. */
function addressOn(html: string): string {
  return /http:\/\/console\.test(\/apercu\/[\w-]+)/.exec(html)?.[1] ?? "no address";
}

describe.each(testedDatabases)("a shared preview, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());
    const consoleAt = (days: number) => testConsole(catalogue, { now: new Date(testNow.getTime() + days * day) });

    it("shows the stored aids to anybody who has its address, without people, internal codes or the console", async () => {
      const console = consoleAt(0);
      const bizdev = await console.as("bizdev", "Marie");
      const draft = await draftWithFeed(bizdev);
      const facts = { siren: null, territory: null, website: null, licence: null, agreedOn: null, agreedBy: null, agreementDocument: null };
      const more = { personInCharge: null, nextAction: null, nextActionOn: null };
      const id = await catalogue.publishers.add(
        { name: "Région Bretagne", kind: "region", ...facts, ...more },
        { by: "Marie", now: testNow },
      );
      await catalogue.publishers.giveDraft(draft.id, id);
      expect((await bizdev.get(`${draft.path}/essai`)).html).toContain("Partager cet aperçu");
      const made = await bizdev.post(`${draft.path}/apercus`, { jours: "7" });
      const nobody = await console.as("nobody");
      const address = addressOn(made.html);
      const page = await nobody.get(address);
      expect(page.status).toBe(200);
      expect(page.html).toContain("Vos aides, telles que les collectivités les verraient");
      expect(page.html).toContain("Rénover une salle des fêtes");
      expect(page.html).toContain("31 décembre 2027");
      expect(page.html).toContain("Service des communes");
      expect(page.html).toContain("aides@region.example");
      for (const secret of ["Dupont", "jean.dupont", "06 12 34 56 78", "impossible-date", "menu-fenetre", "/brouillons", "<script>alert"])
        expect(page.html, secret).not.toContain(secret);
      expect(page.html).toContain('content="noindex, nofollow"');
      const kept = await catalogue.store.row<{ kept: string }>(
        sql`select content::text as kept from shared_previews where draft = ${draft.id}::uuid`,
      );
      expect(kept.kept).not.toMatch(/Dupont|06 12/i);
      const [entry] = await catalogue.exchanges.list(id);
      expect(entry).toMatchObject({ kind: "preview-shared", by: "Marie", details: { aids: 2 } });
      expect(JSON.stringify(entry?.details)).not.toContain(address.replace("/apercu/", ""));
      expect((await bizdev.get(`${draft.path}/essai`)).html).toMatch(/vu le/);
    }, 60_000);

    it("stays the same when the draft changes", async () => {
      const console = consoleAt(0);
      const bizdev = await console.as("bizdev");
      const draft = await draftWithFeed(bizdev);
      const address = addressOn((await bizdev.post(`${draft.path}/apercus`, {})).html);
      await bizdev.post(`${draft.path}/flux`, { fichier: new File(["id;titre\nB1;Tout autre chose\nB2;Encore autre chose"], "autre.csv") });
      const page = await (await console.as("nobody")).get(address);
      expect(page.html).toContain("Rénover une salle des fêtes");
      expect(page.html).not.toContain("Tout autre chose");
      // The preview can still be open after aids are published, so its text must not say that nothing is published.
      expect(page.html).toContain("Cette page ne publie rien");
      expect(page.html).not.toContain("Rien n’est publié");
    }, 60_000);

    it("is not marked as seen when a colleague opens it", async () => {
      const console = consoleAt(0);
      const bizdev = await console.as("bizdev");
      const draft = await draftWithFeed(bizdev);
      const address = addressOn((await bizdev.post(`${draft.path}/apercus`, {})).html);
      await bizdev.get(address);
      expect(await catalogue.previews.list(draft.id)).toMatchObject([{ seenAt: null }]);
      await (await console.as("nobody")).get(address);
      const [seen] = await catalogue.previews.list(draft.id);
      expect(seen?.seenAt?.toISOString()).toMatch(/T00:00:00\.000Z$/);
    }, 60_000);

    it("is no longer shown once it is revoked, expired or given a new address, or once its draft is deleted", async () => {
      const console = consoleAt(0);
      const bizdev = await console.as("bizdev");
      const nobody = await console.as("nobody");
      const draft = await draftWithFeed(bizdev);
      const first = addressOn((await bizdev.post(`${draft.path}/apercus`, { jours: "7" })).html);
      const [preview] = await catalogue.previews.list(draft.id);
      const path = `${draft.path}/apercus/${preview?.previewId}`;
      expect((await (await consoleAt(6).as("nobody")).get(first)).status).toBe(200);
      expect((await (await consoleAt(7).as("nobody")).get(first)).status).toBe(410);
      const second = addressOn((await bizdev.post(`${path}/adresse`, {})).html);
      expect((await nobody.get(first)).status).toBe(404);
      expect((await nobody.get(second)).status).toBe(200);
      expect((await bizdev.post(`${path}/revoquer`)).status).toBe(303);
      const closed = await nobody.get(second);
      expect(closed.status).toBe(410);
      expect(closed.html).not.toContain("Bretagne");
      expect((await bizdev.post(`${path}/revoquer`)).status).toBe(409);
      const third = addressOn((await bizdev.post(`${path}/adresse`, {})).html);
      expect((await nobody.get(third)).status).toBe(200);
      await catalogue.drafts.remove(draft.id);
      expect((await nobody.get(third)).status).toBe(404);
      expect((await bizdev.post(`${draft.path}/apercus`, {})).status).toBe(404);
    }, 60_000);

    it("is open for 7, 30 or 90 days only", async () => {
      const bizdev = await consoleAt(0).as("bizdev");
      const draft = await draftWithFeed(bizdev);
      expect((await bizdev.post(`${draft.path}/apercus`, { jours: "3650" })).status).toBe(422);
      await bizdev.post(`${draft.path}/apercus`, {});
      const [preview] = await catalogue.previews.list(draft.id);
      expect(preview?.until).toEqual(new Date(testNow.getTime() + 30 * day));
    }, 60_000);

    it("is limited per hour and network, also for guessed addresses, but not for a colleague", async () => {
      const console = consoleAt(0);
      const bizdev = await console.as("bizdev");
      const draft = await draftWithFeed(bizdev);
      const address = addressOn((await bizdev.post(`${draft.path}/apercus`, {})).html);
      const nobody = await console.as("nobody");
      const statuses: number[] = [];
      for (let guess = 0; guess < 130; guess++) statuses.push((await nobody.get(`/apercu/devine-${guess}`)).status);
      expect([...new Set(statuses)]).toEqual([404, 429]);
      expect((await nobody.get(address)).status).toBe(429);
      expect((await bizdev.get(address)).status).toBe(200);
      expect((await (await consoleAt(0.1).as("nobody")).get(address)).status).toBe(200);
    }, 60_000);
  });
});
