import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bizdevSections } from "../../../src/french/digest/bizdev.ts";
import { gatherDigest } from "../../../src/jobs/digest/gather-digest.ts";
import { readConnectors } from "../../../src/registry/load-connectors.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { madeLetter, pointOf, record, words, wrong } from "./answered-letters.ts";

describe.each(testedDatabases)("answered letters, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());
    const promised = async (day: string) => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day(wrong);
      const made = await madeLetter(catalogue, testConsole(catalogue, { folders: [harvest.folder] }), harvest);
      const { nobody, address } = made;
      const point = pointOf((await nobody.get(address)).html, "bientôt peut-être");
      await nobody.post(`${address}/reponses`, { point, reponse: "planned", prevu: day, remarque: "par Mme Dupont" });
      return { harvest, point, ...made };
    };
    const later = new Date("2026-12-10T06:00:00Z");
    const digestOf = async (folder: string, now = later) => {
      const environment = { MOISSON_CONSOLE_URL: "https://moisson.example" };
      const registry = await readConnectors([folder]);
      const digest = await gatherDigest(
        catalogue,
        { ...registry, environment },
        { since: new Date(now.getTime() - 86_400_000), until: now },
        now,
      );
      return digest.bizdev.promised ?? [];
    };

    it("are listed with promised and late corrections, with filters, and in a file without addresses and remarks", async () => {
      const { harvest, path, bizdev } = await promised("2026-12-03");
      await bizdev.post(`${path}/envoyee`);
      const list = `/courriers?connecteur=${harvest.connector}`;
      const late = testConsole(catalogue, { folders: [harvest.folder], now: later });
      const reader = await late.as("bizdev", "Paule");
      const page = words((await reader.get(`${list}&etat=overdue`)).html);
      expect(page).toContain("1 lettre");
      expect(page).toMatch(/Région Exemple.*Marie Lettrée.*25 novembre 2026.*1 point.*3 décembre 2026.*en retard/);
      expect(words((await reader.get(`${list}&etat=unsent`)).html)).toContain("Aucune lettre ne répond à ce filtre");
      const { html } = await reader.get(`/courriers.csv?connecteur=${harvest.connector}`);
      expect(html).toContain("2026-11-25;Région Exemple;");
      expect(html).toContain(";2026-12-03;oui");
      expect(html).not.toContain("Dupont");
      expect((await (await late.as("read")).get("/courriers")).status).toBe(403);

      const clock = { now: () => new Date("2026-12-09T03:00:00Z"), fixed: null, elapsed: () => performance.now() };
      await harvest.day([record(1), record(2)], {}, { clock });
      expect(words((await reader.get(`${list}&etat=overdue`)).html)).toContain("Aucune lettre ne répond à ce filtre");
    });

    it("leave the digest once the publisher has refused or the connector is removed", async () => {
      const { harvest } = await promised("2026-12-03");
      const own = async (folder: string) => (await digestOf(folder)).filter(({ connector }) => connector === harvest.connector);
      expect(await own(harvest.folder)).toHaveLength(1);
      const elsewhere = await newHarvest(catalogue, { guards: guardsOff });
      expect(await own(elsewhere.folder)).toEqual([]);
      const unsaid = {
        siren: null,
        territory: null,
        website: null,
        licence: null,
        agreedOn: null,
        agreedBy: null,
        agreementDocument: null,
      };
      const by = { by: "Marie", now: later };
      const publisherId = await catalogue.publishers.add(
        { ...unsaid, name: "Qui refuse", kind: "agency", personInCharge: null, nextAction: null, nextActionOn: null },
        by,
      );
      await catalogue.publishers.giveConnector(harvest.connector, publisherId);
      expect(await own(harvest.folder)).toHaveLength(1);
      await catalogue.publishers.moveTo(publisherId, "refused", by);
      expect(await own(harvest.folder)).toEqual([]);
    });

    it("are no longer late once the point has another answer in another letter", async () => {
      const { harvest, point } = await promised("2026-12-03");
      const { nobody, address } = await madeLetter(catalogue, testConsole(catalogue, { folders: [harvest.folder], now: later }), harvest);
      const reader = await testConsole(catalogue, { folders: [harvest.folder], now: later }).as("bizdev", "Paule");
      const shown = async (state: string) =>
        /(\d) lettre/.exec(words((await reader.get(`/courriers?connecteur=${harvest.connector}&etat=${state}`)).html))?.[1] ?? "none";
      expect([await shown("overdue"), await shown("promised")]).toEqual(["1", "1"]);
      await nobody.post(`${address}/reponses`, { point, reponse: "planned", prevu: "2027-01-15" });
      expect([await shown("overdue"), await shown("promised")]).toEqual(["none", "1"]);
      await nobody.post(`${address}/reponses`, { point, reponse: "intended" });
      expect([await shown("overdue"), await shown("promised")]).toEqual(["none", "none"]);
    });

    it("are in the digest while the anomaly persists and has no other answer", async () => {
      const { harvest, nobody, address, point, path } = await promised("2026-12-03");
      expect(await digestOf(harvest.folder, new Date("2026-12-02T06:00:00Z"))).not.toContainEqual(
        expect.objectContaining({ connector: harvest.connector }),
      );
      const own = async () => (await digestOf(harvest.folder)).filter(({ connector }) => connector === harvest.connector);
      const due = await own();
      expect(due).toEqual([
        {
          connector: harvest.connector,
          publisher: "Région Exemple",
          code: "text-for-date",
          field: "submissionDeadline",
          count: 1,
          plannedFor: "2026-12-03",
          isOverdue: true,
          page: `https://moisson.example${path}`,
        },
      ]);
      const clock = { now: () => new Date("2026-12-05T03:00:00Z"), fixed: null, elapsed: () => performance.now() };
      await harvest.day([record(1), record(2)], {}, { clock });
      expect(await own()).toEqual([]);
      const again = { now: () => new Date("2026-12-06T03:00:00Z"), fixed: null, elapsed: () => performance.now() };
      await harvest.day(wrong, {}, { clock: again });
      expect(await own()).toHaveLength(1);
      await nobody.post(`${address}/reponses`, { point, reponse: "intended" });
      expect(await own()).toEqual([]);
    });
  });
});

describe("promises in the digest", () => {
  it("are ten at most, with their number", () => {
    const one = { connector: "region-a", publisher: "Région A", code: "text-for-date", field: "startDate", count: 3, isOverdue: true };
    const promised = Array.from({ length: 12 }, () => ({
      ...one,
      plannedFor: "2026-12-03",
      page: "https://m.example/connecteurs/region-a/courriers/x",
    }));
    const [section] = bizdevSections({ toReview: [], proposals: [], unmapped: [], toCall: [], toBring: [], promised });
    expect(section).toMatchObject({ title: "Corrections promises par les producteurs", count: 12, left: 2 });
    expect(section?.lines).toHaveLength(10);
    expect(words(section?.lines[0]?.what[0] ?? "")).toContain(
      "Promis pour le 3 décembre 2026, et encore 3 fois dans ses dernières données",
    );
    expect(section?.more.command).toBe("https://m.example/courriers?etat=promised");
  });
});
