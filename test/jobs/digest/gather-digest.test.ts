import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gatherDigest } from "../../../src/jobs/digest/gather-digest.ts";
import type { Digest } from "../../../src/model/run/digest.ts";
import type { RunReport } from "../../../src/model/run/run-report.ts";
import { readConnectors } from "../../../src/registry/load-connectors.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";

const webPage = "<!doctype html><html><title>Maintenance</title></html>";
/** After the night's runs and before the status page: Wednesday morning in Paris. */
const night = "2026-11-25T04:10:00Z";
const morning = new Date("2026-11-25T05:30:00Z");
const dayBefore = new Date("2026-11-24T05:30:00Z");

function records(count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `aide-${index}`,
    titre: `Aide numéro ${index}`,
    lien: "https://example.org/aide",
  }));
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`contents of the digest, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    const run = (harvest: Harvest, feed: readonly unknown[] | string, instant: string): Promise<RunReport> =>
      harvest.day(feed, {}, { clock: { now: () => new Date(instant), fixed: null, elapsed: () => 0 } });

    async function gather(harvest: Harvest, since = dayBefore, now = morning): Promise<Digest> {
      const registry = await readConnectors([harvest.folder]);
      return onlyOf(harvest.connector, await gatherDigest(catalogue, { ...registry, environment: {} }, { since, until: now }, now));
    }

    it("omits a connector whose run failed and then succeeded", async () => {
      const harvest = await newHarvest(catalogue);
      await run(harvest, webPage, "2026-11-25T01:10:00Z");
      await run(harvest, records(3), night);
      const { ops, bizdev } = await gather(harvest);
      expect(Object.values(ops).flat()).toEqual([]);
      expect(bizdev.toReview).toMatchObject([{ connector: harvest.connector, publisher: "Région Exemple", created: 3, waiting: 3 }]);
      expect(bizdev.toCall).toEqual([]);
    });

    it("counts linked aids, and aids whose sources contradict each other", async () => {
      const otherSources = { link: true };
      const [first, second] = [await newHarvest(catalogue, { otherSources }), await newHarvest(catalogue, { otherSources })];
      const bridge = { titre: "Restaurer les ponts suspendus", lien: "https://example.org/aides/ponts", fin: "2027-03-31" };
      await run(first, [{ ...bridge, id: "1" }], night);
      const before = (await gather(first)).night.linked;
      await run(second, [{ ...bridge, id: "a", fin: "2027-04-30" }], night);
      const { bizdev, night: totals } = await gather(first);
      expect(totals.linked).toBe((before ?? 0) + 1);
      expect(bizdev.contradicted).toEqual([{ connector: first.connector, publisher: "Région Exemple", aids: 1 }]);
    });

    it("reports applied feeds with warnings, repairs or rejects, but not rejects that are set aside", async () => {
      const noted = await newHarvest(catalogue);
      const fruits = ["pommes", "poires", "prunes", "cerises", "figues", "noix"];
      const same = fruits.map((id) => ({
        id,
        titre: `Planter des ${id}`,
        texte: "<p>Le même texte pour toutes les aides de ce flux.</p>",
      }));
      await run(noted, [...same, same[0], { id: "sans-titre" }], night);
      expect((await gather(noted)).ops.toLookAt).toMatchObject([
        {
          connector: noted.connector,
          received: 8,
          rejected: 1,
          warnings: [{ code: "content-repeated" }],
          repairs: [{ code: "exact-copy", count: 1 }],
        },
      ]);

      const rejects = await newHarvest(catalogue);
      const others = fruits.slice(0, 3).map((id) => ({ id, titre: `Transformer les ${id} des vergers en jus` }));
      await run(rejects, [...others, { id: "sans-titre" }], night);
      expect((await gather(rejects)).ops.toLookAt).toMatchObject([{ rejected: 1, warnings: [], repairs: [] }]);
      const what = { connector: rejects.connector, what: "issue", issueCode: "missing-name", field: null, upTo: null } as const;
      const until = { until: "2027-01-01", by: "ops", at: morning.toISOString(), reason: "connu" };
      await catalogue.setAsides.add({ id: randomUUID(), ...what, ...until });
      expect((await gather(rejects)).ops.toLookAt).toEqual([]);
    });

    it("reports why a run failed, and for how many nights", async () => {
      const harvest = await newHarvest(catalogue);
      await run(harvest, records(3), "2026-11-22T04:10:00Z");
      await run(harvest, webPage, "2026-11-23T04:10:00Z");
      await run(harvest, webPage, "2026-11-24T04:10:00Z");
      const { runId } = await run(harvest, webPage, night);
      const { ops, bizdev } = await gather(harvest);
      expect(ops.unreadable).toMatchObject([
        { runId, outcome: "unreadable", nights: 3, tries: 1, nextTryAt: null, waitingPlan: null, error: { code: "html-page" } },
      ]);
      expect(ops.silent).toEqual([]);
      expect(bizdev.toCall).toMatchObject([
        { reasons: [{ code: "not-read", nights: 3, outcome: "unreadable", error: { code: "html-page" } }] },
      ]);
    });

    it("leaves out postponed decisions until their day, and counts them", async () => {
      const harvest = await newHarvest(catalogue);
      await run(harvest, webPage, night);
      const postponed = (until: string) =>
        catalogue.setAsides.add({
          ...{ id: randomUUID(), connector: harvest.connector, what: "card", issueCode: null, upTo: null, until, by: "ops" },
          ...{ field: `unreadable ${harvest.connector} html-page`, at: morning.toISOString(), reason: "le producteur rappelle jeudi" },
        });
      const before = (await gather(harvest)).postponed ?? 0;
      await postponed("2026-11-26");
      const left = await gather(harvest);
      expect(left.ops.unreadable).toEqual([]);
      expect(left.bizdev.toCall).toEqual([]);
      expect(left.postponed).toBe(before + 1);
      await postponed("2026-11-25");
      const back = await gather(harvest);
      expect(back.ops.unreadable).toHaveLength(1);
      expect(back.postponed).toBe(before);
    });

    it("lists next actions that are due by today, except for publishers that refused", async () => {
      const harvest = await newHarvest(catalogue);
      const by = { by: "Marie", now: morning };
      const facts = {
        siren: null,
        kind: "agency",
        territory: null,
        website: null,
        licence: null,
        agreedOn: null,
        agreedBy: null,
        agreementDocument: null,
      };
      const add = (name: string, nextAction: string | null, nextActionOn: string | null) =>
        catalogue.publishers.add({ ...facts, name, personInCharge: null, nextAction, nextActionOn }, by);
      const late = await add("En retard", "Rappeler", "2026-11-24");
      await add("Aujourd'hui", "Écrire", "2026-11-25");
      await add("Demain", "Rien encore", "2026-11-26");
      await catalogue.publishers.moveTo(await add("Refus", "Rappeler", "2026-11-24"), "refused", by);
      const registry = await readConnectors([harvest.folder]);
      const environment = { MOISSON_CONSOLE_URL: "https://moisson.example/" };
      const { bizdev } = await gatherDigest(catalogue, { ...registry, environment }, { since: dayBefore, until: morning }, morning);
      expect(bizdev.actionsDue).toEqual([
        {
          publisher: "En retard",
          action: "Rappeler",
          dueOn: "2026-11-24",
          isOverdue: true,
          personInCharge: null,
          page: `https://moisson.example/producteurs/${late}`,
        },
        expect.objectContaining({ publisher: "Aujourd'hui", isOverdue: false }),
      ]);
    });

    it("ignores runs before and after the period", async () => {
      const harvest = await newHarvest(catalogue);
      await run(harvest, records(3), "2026-11-23T04:10:00Z");
      await run(harvest, webPage, dayBefore.toISOString());
      await run(harvest, webPage, "2026-11-25T05:30:01Z");
      expect((await gather(harvest)).ops.unreadable).toEqual([]);
      expect((await gather(harvest, new Date(dayBefore.getTime() - 1))).ops.unreadable).toHaveLength(1);
    });

    it("dry runs neither fix nor cause a point", async () => {
      const harvest = await newHarvest(catalogue);
      await run(harvest, webPage, "2026-11-25T01:10:00Z");
      const file = await harvest.feed(records(3));
      await harvest.run({ file, dryRun: true }, { clock: { now: () => new Date(night), fixed: null, elapsed: () => 0 } });
      const { ops } = await gather(harvest);
      expect(ops.unreadable).toHaveLength(1);
      expect(ops.held).toEqual([]);
    });

    it("lists a held plan until a curator decides; after a second night it recommends a call", async () => {
      const harvest = await newHarvest(catalogue);
      await run(harvest, records(20), "2026-11-23T04:10:00Z");
      await run(harvest, records(5), "2026-11-24T04:10:00Z");
      const { runId, planId } = await run(harvest, records(6), night);
      const { ops, bizdev } = await gather(harvest);
      expect(ops.held).toMatchObject([{ runId, planId, nights: 2, guards: [{ code: "aids-gone", found: 14 }] }]);
      expect(bizdev.toCall).toMatchObject([{ reasons: [{ code: "held", nights: 2, guards: [{ code: "aids-gone" }] }] }]);
      await catalogue.plans.close(String(planId), "discarded", { now: morning, by: "marie" });
      expect((await gather(harvest)).ops.held).toEqual([]);
    });

    it("still lists the open plan if the next night's server is down", async () => {
      const harvest = await newHarvest(catalogue);
      await run(harvest, records(20), "2026-11-23T04:10:00Z");
      const { planId } = await run(harvest, records(5), "2026-11-24T04:10:00Z");
      await run(harvest, webPage, night);
      const { ops } = await gather(harvest);
      expect(ops.held).toEqual([]);
      expect(ops.unreadable).toMatchObject([{ nights: 2, waitingPlan: { planId } }]);
    });

    it("lists an abandoned run only if it is not retried", async () => {
      const harvest = await newHarvest(catalogue);
      await run(harvest, records(3), "2026-11-24T04:10:00Z");
      const first = await abandoned(catalogue, harvest.connector, night, { try: 1, triesAgain: null });
      const second = await abandoned(catalogue, harvest.connector, night, { try: 2, triesAgain: first });
      expect((await gather(harvest)).ops.abandoned).toMatchObject([{ runId: second, tries: 2, error: null }]);
      await queued(catalogue, harvest.connector, second);
      const { ops } = await gather(harvest);
      expect(ops.abandoned).toEqual([]);
      expect(ops.late).toMatchObject([{ state: "queued" }]);
    });

    it("lists due runs that did not start, are queued or still running, but none that is paused or unscheduled", async () => {
      const harvest = await newHarvest(catalogue, { schedule: "30 3 * * *" });
      const dueAt = "2026-11-25T02:30:00.000Z";
      expect((await gather(harvest)).ops.late).toMatchObject([{ dueAt, state: "not-begun", startedAt: null }]);
      const token = await catalogue.connectors.takeToken(harvest.connector, new Date(night));
      const start = { runId: randomUUID(), connector: harvest.connector, token, now: new Date(night), mappingFingerprint: "", options: {} };
      await catalogue.runs.start(start);
      expect((await gather(harvest)).ops.late).toMatchObject([{ dueAt, state: "running", startedAt: "2026-11-25T04:10:00.000Z" }]);
      await catalogue.schedule.pause({ connector: harvest.connector, by: "marie", at: dayBefore, reason: "nouveau serveur" });
      const paused = await gather(harvest);
      expect(paused.ops.late).toEqual([]);
      expect(paused.ops.silent).toEqual([]);
      expect(paused.paused).toMatchObject([
        { publisher: "Région Exemple", by: "marie", reason: "nouveau serveur", at: dayBefore.toISOString() },
      ]);
      await catalogue.schedule.resume(harvest.connector, new Date(night));
    });

    it("does not call a connector late if it was new or just resumed", async () => {
      const harvest = await newHarvest(catalogue, { schedule: "30 3 * * *" });
      const due = new Date("2026-11-25T02:30:00Z");
      await catalogue.schedule.begin([harvest.connector], new Date(due.getTime() - 1));
      expect((await gather(harvest)).ops.late).toHaveLength(1);
      await catalogue.schedule.resume(harvest.connector, due);
      expect((await gather(harvest)).ops.late).toHaveLength(1);
      await catalogue.schedule.pause({ connector: harvest.connector, by: "marie", at: dayBefore, reason: null });
      await catalogue.schedule.resume(harvest.connector, due);
      expect((await gather(harvest)).ops.late).toEqual([]);
    });

    it("a run due a quarter of an hour ago is not late yet; the weekend's is late on Monday", async () => {
      const soon = await newHarvest(catalogue, { schedule: "15 6 * * *" });
      expect((await gather(soon)).ops.late).toEqual([]);
      const weekly = await newHarvest(catalogue, { schedule: "0 3 * * 6" });
      const [friday, monday] = [new Date("2026-11-20T05:30:00Z"), new Date("2026-11-23T05:30:00Z")];
      expect((await gather(weekly, friday, monday)).ops.late).toMatchObject([{ dueAt: "2026-11-21T02:00:00.000Z", state: "not-begun" }]);
    });

    it("names a missing variable, once if the connector never ran, as a silence if it did, and calls neither late", async () => {
      const harvest = await newHarvest(catalogue, {
        id: "region-sans-adresse",
        schedule: "30 3 * * *",
        feed: { urlFrom: "MOISSON_URL_REGION_SANS_ADRESSE" },
      });
      const never = (await gather(harvest)).ops;
      expect(never.late).toEqual([]);
      expect(never.silent).toEqual([]);
      expect(never.withoutAddress).toMatchObject([{ variable: "MOISSON_URL_REGION_SANS_ADRESSE", publisher: "Région Exemple" }]);
      await run(harvest, records(2), "2026-11-18T04:10:00Z");
      const lost = (await gather(harvest)).ops;
      expect(lost.late).toEqual([]);
      expect(lost.withoutAddress).toEqual([]);
      expect(lost.silent).toMatchObject([{ missing: "MOISSON_URL_REGION_SANS_ADRESSE", silences: [{ code: "not-applied", days: 7 }] }]);
    });

    it("names refused files and their faults, without their folder, and the aids without supervision", async () => {
      const harvest = await newHarvest(catalogue);
      const file = `connectors/${harvest.connector}.json`;
      await run(harvest, records(3), "2026-11-24T04:10:00Z");
      await harvest.write(file, JSON.stringify({ id: "autre", fieds: {} }));
      const { ops } = await gather(harvest);
      expect(ops.gone).toEqual([]);
      expect(ops.refusedFiles).toMatchObject([{ file, isRun: false, appliedAt: "2026-11-24T04:10:00.000Z", liveAids: 3 }]);
      expect(ops.refusedFiles[0]?.problems).toContainEqual({
        line: null,
        key: "fieds",
        message: "unknown key",
        didYouMean: "fields",
      });
    });

    it("names a refused term file and the line", async () => {
      const harvest = await newHarvest(catalogue);
      const file = `mappings/${harvest.connector}/targetedAudiences.csv`;
      await harvest.write(file, "partner_term,our_term,note\nMairies,comune,\n");
      expect((await gather(harvest)).ops.refusedFiles).toMatchObject([{ file, appliedAt: null, problems: [{ line: 2, key: null }] }]);
    });

    it("does not treat connectors as removed if the common term file is refused, and says that it concerns all", async () => {
      const harvest = await newHarvest(catalogue);
      await run(harvest, records(3), "2026-11-24T04:10:00Z");
      await harvest.write("mappings/shared/targetedAudiences.csv", "terme\n");
      const registry = await readConnectors([harvest.folder]);
      const { ops } = await gatherDigest(catalogue, { ...registry, environment: {} }, { since: dayBefore, until: morning }, morning);
      expect(ops.gone).toEqual([]);
      expect(ops.refusedFiles).toMatchObject([{ file: "mappings/shared/targetedAudiences.csv", connector: null, isRun: false }]);
    });

    it("never reveals a folder of the machine", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.write(`connectors/${harvest.connector}.ts`, 'import "./nowhere.ts";');
      await harvest.write("connectors/autre.mts.ts", `throw new Error("${harvest.folder}/connectors/x.ts");`);
      const registry = await readConnectors([harvest.folder]);
      const { ops } = await gatherDigest(catalogue, { ...registry, environment: {} }, { since: dayBefore, until: morning }, morning);
      expect(ops.refusedFiles).toHaveLength(2);
      expect(ops.refusedFiles.find(({ connector }) => connector === harvest.connector)?.isRun).toBe(true);
      expect(JSON.stringify(ops.refusedFiles)).not.toContain(harvest.folder);
    });

    it("reports a connector that has imported aids and lost its file", async () => {
      const harvest = await newHarvest(catalogue);
      await run(harvest, records(3), "2026-11-24T04:10:00Z");
      expect((await gather(harvest)).ops.gone).toEqual([]);
      await rm(`${harvest.folder}/connectors/${harvest.connector}.json`);
      expect((await gather(harvest)).ops.gone).toMatchObject([{ appliedAt: "2026-11-24T04:10:00.000Z", liveAids: 3 }]);
    });

    it("omits a silence that ops have dismissed", async () => {
      const harvest = await newHarvest(catalogue);
      await run(harvest, records(2), "2026-11-18T04:10:00Z");
      const [since, now] = [new Date("2026-11-29T05:30:00Z"), new Date("2026-11-29T05:31:00Z")];
      expect((await gather(harvest, since, now)).ops.silent).toMatchObject([{ silences: [{ code: "not-applied", days: 11 }] }]);
      await catalogue.setAsides.add(asideOf(harvest, { what: "silence", issueCode: null, upTo: 1 }));
      expect((await gather(harvest, since, now)).ops.silent).toEqual([]);
    });

    it("counts words without a term, without decided and dismissed ones, the most frequent first", async () => {
      const harvest = await newHarvest(catalogue);
      const words = ["Mairies", "Mairies", "Syndicats", "Ententes", "Pôles"];
      await run(
        harvest,
        words.map((publics, index) => ({ id: index, titre: `Aide ${index}`, publics })),
        night,
      );
      const unmapped = async () => (await gather(harvest)).bizdev.unmapped;
      expect(await unmapped()).toMatchObject([
        { vocabulary: "targetedAudiences", words: 4, records: 5, examples: [{ term: "Mairies", count: 2 }, {}, {}] },
      ]);
      await harvest.write(`mappings/${harvest.connector}/targetedAudiences.csv`, "partner_term,our_term,note\nMairies,commune,\n");
      expect(await unmapped()).toMatchObject([{ words: 3, records: 3 }]);
      await catalogue.setAsides.add(asideOf(harvest, { what: "issue", issueCode: "unmapped-term" }));
      expect(await unmapped()).toEqual([]);
    });

    it("recommends calling a publisher with many rejected records, unless dismissed", async () => {
      const harvest = await newHarvest(catalogue, { guards: { rejected: 1 } });
      await run(harvest, [...records(20), ...Array.from({ length: 5 }, (_, index) => ({ id: `sans-titre-${index}` }))], night);
      expect((await gather(harvest)).bizdev.toCall).toMatchObject([{ reasons: [{ code: "rejected", rejected: 5, received: 25 }] }]);
      await catalogue.setAsides.add(asideOf(harvest, { what: "issue", issueCode: "missing-name", upTo: 5 }));
      expect((await gather(harvest)).bizdev.toCall).toEqual([]);
    });

    it("counts the results of the nights, and what waits for curators", async () => {
      const harvest = await newHarvest(catalogue);
      await run(harvest, records(4), "2026-12-08T04:10:00Z");
      await catalogue.store.rows(
        sql`update aids set status = 'published' where connector = ${harvest.connector} and external_id in ('aide-0', 'aide-1')`,
      );
      await run(
        harvest,
        records(5).map((record) => ({ ...record, texte: "Une description" })),
        "2026-12-09T04:10:00Z",
      );
      const digest = await gather(harvest, new Date("2026-12-08T05:30:00Z"), new Date("2026-12-09T05:30:00Z"));
      expect(digest.night).toEqual({ runs: { applied: 1 }, requested: {}, created: 1, linked: 0, updated: 2, restored: 0, withdrawn: 0 });
      expect(digest.bizdev.toReview).toMatchObject([{ created: 1, waiting: 3 }]);
      expect(digest.bizdev.proposals).toMatchObject([{ aids: 2, fields: 2, created: 2 }]);
    });

    it("lists dead links of live aids by connector", async () => {
      const harvest = await newHarvest(catalogue);
      const lien = `https://example.org/${harvest.connector}`;
      await run(
        harvest,
        [
          { id: "toit", titre: "Rénover un toit", lien },
          { id: "haie", titre: "Planter une haie", lien },
        ],
        night,
      );
      await catalogue.store.rows(sql`insert into links (url, host, state) values (${lien}, 'example.org', 'dead')`);
      expect((await gather(harvest)).ops.deadLinks).toMatchObject([{ aids: 2, links: 1, examples: [{ url: lien }, { url: lien }] }]);
    });
  });
}

/** Returns the digest's part about one connector. */
function onlyOf(connector: string, digest: Digest): Digest {
  const mine = <Of extends { readonly connector: string | null }>(lines: readonly Of[]) =>
    lines.filter((line) => line.connector === connector);
  const { ops, bizdev } = digest;
  return {
    ...digest,
    paused: mine(digest.paused),
    ops: {
      refusedFiles: mine(ops.refusedFiles),
      gone: mine(ops.gone),
      held: mine(ops.held),
      requested: mine(ops.requested ?? []),
      failed: mine(ops.failed),
      unreachable: mine(ops.unreachable),
      refused: mine(ops.refused),
      unreadable: mine(ops.unreadable),
      stoppedEarly: mine(ops.stoppedEarly),
      abandoned: mine(ops.abandoned),
      late: mine(ops.late),
      silent: mine(ops.silent),
      withoutAddress: mine(ops.withoutAddress),
      deadLinks: mine(ops.deadLinks),
      unsent: ops.unsent,
      toLookAt: mine(ops.toLookAt ?? []),
    },
    bizdev: {
      toReview: mine(bizdev.toReview),
      contradicted: mine(bizdev.contradicted ?? []),
      proposals: mine(bizdev.proposals),
      unmapped: mine(bizdev.unmapped),
      toCall: mine(bizdev.toCall),
      toBring: mine(bizdev.toBring),
    },
  };
}

/** Adds a run whose worker died. */
async function abandoned(
  catalogue: TestCatalogue,
  connector: string,
  at: string,
  { try: tried, triesAgain }: { readonly try: number; readonly triesAgain: string | null },
): Promise<string> {
  const now = new Date(at);
  const runId = randomUUID();
  const token = await catalogue.connectors.takeToken(connector, now);
  await catalogue.runs.start({ runId, connector, token, now, mappingFingerprint: "", options: {} });
  await catalogue.store.rows(sql`
    update runs set state = 'ended', outcome = 'abandoned', ended_at = ${at}::timestamptz, try = ${tried}, tries_again = ${triesAgain}::uuid
    where id = ${runId}::uuid`);
  return runId;
}

/** Adds a run that waits for its next attempt. */
async function queued(catalogue: TestCatalogue, connector: string, triesAgain: string): Promise<void> {
  await catalogue.store.rows(sql`
    insert into runs (id, connector, token, state, started_at, asked_at, asked_by, try, tries_again, mapping_fingerprint, options, staging)
    values (${randomUUID()}::uuid, ${connector}, 0, 'queued', ${night}::timestamptz, ${night}::timestamptz, 'schedule', 3, ${triesAgain}::uuid, '', '{}', false)`);
}

function asideOf(
  { connector }: Harvest,
  aside: { readonly what: "issue" | "silence"; readonly issueCode: string | null; readonly upTo?: number },
): Parameters<TestCatalogue["setAsides"]["add"]>[0] {
  return { id: randomUUID(), connector, field: null, upTo: null, until: "2026-12-31", reason: "connu", by: "marie", at: night, ...aside };
}
