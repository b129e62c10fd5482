import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connectorOf, type TestApi, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { edit } from "../../support/curate.ts";
import { emptyMemo } from "../../support/made-aids.ts";
import { importPublished } from "../../support/published-aids.ts";

/** Persons of a made-up publisher, in every notation. */
const people = ["Claire Dupont", "claire.dupont@exemple.fr", "06 12 34 56 78", "claire-dupont", "dupont"];

describe.each(testedDatabases)("records of the API, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    const everywhere = async (api: TestApi): Promise<string> => {
      const pages = [
        await api.get("/api/aids/?itemsPerPage=100"),
        await api.get("/api/aids/?changed_since=2020-01-01"),
        await api.get("/api/backers/"),
      ];
      for (const { aid_id } of pages[0]?.json.results ?? []) pages.push(await api.get(`/api/aids/by-id/${aid_id}/`));
      expect(pages.map(({ status }) => status)).toEqual(pages.map(() => 200));
      return pages.map(({ text }) => text).join("\n");
    };

    test("contain no personal data, whatever the connector's contact setting", async () => {
      await importPublished(catalogue, "agence", {
        a: {
          name: "Aide à l’ingénierie",
          contact:
            "<p>Contact : Mme Claire Dupont<br>06 12 34 56 78<br><a href='mailto:claire.dupont@exemple.fr'>écrire</a></p><p>aides@exemple.fr</p>",
          description: "<p>Un prêt.</p><p>Renseignements auprès de Claire Dupont, claire.dupont@exemple.fr.</p>",
          eligibility: "<p>Communes.</p><p>Contacter Mme Claire Dupont au 06 12 34 56 78.</p>",
          projectExamples: "<p>Une école.</p><p>Projet suivi par Mme Claire Dupont.</p>",
          subventionComment: "Voir avec Mme Claire Dupont",
          financers: [
            { name: "Région Exemple", siren: "200053767" },
            { name: "Mme Claire Dupont", siren: null },
          ],
        },
        b: { name: "Aide de Mme Claire Dupont" },
      });
      const text = await everywhere(await testApi(catalogue, { connectors: [connectorOf("agence", {}, { contacts: "keep" })] }));
      for (const person of people) expect(text.toLowerCase()).not.toContain(person.toLowerCase());
      for (const kept of ["aides@exemple.fr", "Un prêt.", "Communes.", "Une école", "Région Exemple"]) expect(text).toContain(kept);
    });

    test("have a number of ours as id, so that a number of Aides-territoires finds no other aid", async () => {
      await importPublished(catalogue, "agence", { a: { name: "Planter" }, b: { name: "Semer" } });
      const api = await testApi(catalogue);
      const ids = (await api.get("/api/aids/")).json.results.map(({ id }: { id: number }) => id);
      expect(ids.toSorted()).toEqual([1_000_000, 1_000_001]);
      for (const number of [1, 2, 551]) expect((await api.get(`/api/aids/by-id/${number}/`)).status).toBe(404);
    });

    test("omit contacts if the connector does", async () => {
      await importPublished(catalogue, "agence", { a: { name: "Aide", contact: "<p>aides@exemple.fr</p>" } });
      const api = await testApi(catalogue, { connectors: [connectorOf("agence", {}, { contacts: "leave-out" })] });
      expect((await api.get("/api/aids/")).json.results[0].contact).toBeNull();
    });

    test("say until when an aid is open, and do not take an assumption for the publisher's word", async () => {
      const call = { isCallForProject: true };
      const undated = {
        a: { name: "Ouverte" },
        b: { name: "Appel", ...call },
        c: { name: "Datée", submissionDeadline: "2027-03-01" },
        d: { name: "Corrigée", submissionDeadline: "2027-03-01", recurrence: "recurring" },
      } as const;
      await importPublished(catalogue, "suppose", undated);
      const says = { ...emptyMemo, statesPermanence: true } as const;
      await importPublished(catalogue, "dit", undated, undefined, says);
      await edit(catalogue, { connector: "suppose", externalId: "d" }, { recurrence: "ongoing", submissionDeadline: null });
      const { json } = await (await testApi(catalogue)).get("/api/aids/?itemsPerPage=100");
      const until = (connector: string) =>
        Object.fromEntries(
          json.results
            .filter(({ publisher }: { publisher: { connector: string } }) => publisher.connector === connector)
            .map(({ name, open_until }: { name: string; open_until: string }) => [name, open_until])
            .toSorted(),
        );
      expect(until("suppose")).toEqual({ Appel: "to-check", Corrigée: "permanent", Datée: "deadline", Ouverte: "unannounced" });
      expect(until("dit")).toEqual({ Appel: "permanent", Corrigée: "deadline", Datée: "deadline", Ouverte: "permanent" });
    });

    test("tell clients that know no other key, in the description, that nobody announces a deadline", async () => {
      const tricky = { description: '<p>Un "open_until":"permanent" et "description":null.</p>' };
      await importPublished(catalogue, "agence", {
        a: { name: "Ouverte", ...tricky },
        b: { name: "Datée", submissionDeadline: "2027-03-01", ...tricky },
      });
      await importPublished(catalogue, "dit", { a: { name: "Permanente", ...tricky } }, undefined, {
        ...emptyMemo,
        statesPermanence: true,
      });
      const api = await testApi(catalogue);
      const notice = "<p><strong>Sans date limite annoncée : vérifiez auprès du producteur que cette aide est encore ouverte.</strong></p>";
      const expected = { Datée: tricky.description, Ouverte: notice + tricky.description, Permanente: tricky.description };
      const saidOf = (aids: readonly { name: string; description: string }[]) =>
        Object.fromEntries(aids.map(({ name, description }) => [name, description]).toSorted());
      const { results } = (await api.get("/api/aids/")).json;
      expect(saidOf(results)).toEqual(expected);
      expect(saidOf((await api.get("/api/aids/?changed_since=2020-01-01")).json.results)).toEqual(expected);
      const each = await Promise.all(results.map(({ id }: { id: number }) => api.get(`/api/aids/by-id/${id}/`)));
      expect(saidOf(each.map(({ json }) => json))).toEqual(expected);
      // What another Moisson imports is the publisher's text alone.
      const lines = (await api.get("/api/aids.jsonl")).text.trim().split("\n");
      expect(lines.map((line) => JSON.parse(line).description)).toEqual(Array.from({ length: 3 }, () => tricky.description));
    });

    test("say which fields the gate for people has emptied", async () => {
      await importPublished(catalogue, "agence", {
        a: { contactEmail: "claire.dupont@exemple.fr", financers: [{ name: "Mme Claire Dupont", siren: null }] },
      });
      const { json } = await (await testApi(catalogue)).get("/api/aids/");
      expect(json.results[0]).toMatchObject({ financers: [], contact_email: null, left_out: ["contact_email", "financers"] });
    });

    test("omit drafts, aids in review and pending proposals", async () => {
      await importPublished(catalogue, "agence", { a: { name: "Publiée" } });
      const { importAids, madeAid } = await import("../../support/made-aids.ts");
      await importAids(catalogue, "agence", [madeAid("revue", { name: "En revue secrète" })]);
      const text = await everywhere(await testApi(catalogue));
      expect(text).toContain("Publiée");
      expect(text).not.toContain("secrète");
      expect(text).not.toContain("secrete");
    });

    test("an aid whose former slug now belongs to another aid is found by its permanent id", async () => {
      await importPublished(catalogue, "agence", { a: { name: "Première" }, b: { name: "Seconde" } });
      const api = await testApi(catalogue);
      const before = (await api.get("/api/aids/")).json.results;
      const first = before.find(({ name }: { name: string }) => name === "Première");
      const second = before.find(({ name }: { name: string }) => name === "Seconde");
      const { sql } = await import("drizzle-orm");
      await catalogue.store.rows(
        sql`insert into aid_slugs (slug, aid_id) values (${`${second.aid_id.slice(0, 4)}-premiere`}, ${first.aid_id}::uuid)`,
      );
      await edit(catalogue, { externalId: "b" }, { name: "Première" });
      const { json } = await api.get(`/api/aids/by-id/${second.id}/`);
      expect(json.slug).toBe(second.aid_id);
      expect((await api.get(`/api/aids/${json.slug}/`)).json).toEqual(json);
      expect((await api.get(`/api/aids/${first.slug}/`)).json.id).toBe(first.id);
    });

    test("a cached record is renewed when its aid changes", async () => {
      await importPublished(catalogue, "agence", { a: { name: "Avant" } });
      const api = await testApi(catalogue);
      const names = async () => (await api.get("/api/aids/")).json.results.map(({ name }: { name: string }) => name);
      expect(await names()).toEqual(["Avant"]);
      expect(await names()).toEqual(["Avant"]);
      await edit(catalogue, { externalId: "a" }, { name: "Après" });
      expect(await names()).toEqual(["Après"]);
    });
  });
});
