import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ForgettingServices, forgetPeople, lookForPeople } from "../../src/catalogue/forgetting/forget-people.ts";
import { lastRevision } from "../../src/catalogue/plans/order-changes.ts";
import { applyActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import { html, text } from "../../src/kit/rules/texts.ts";
import { RunDisplaced } from "../../src/model/run/run-error.ts";
import { forgetIn } from "../../src/privacy/forget-in-value.ts";
import { forgottenPeople } from "../../src/privacy/forgotten-people.ts";
import { type Person, readPerson } from "../../src/privacy/person.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { curatedAid, edit, publish } from "../support/curate.ts";
import { guardsOff, type Harvest, newHarvest } from "../support/harvest.ts";
import { flattened, madeAid, stageAids, startRun, testNow } from "../support/made-aids.ts";

const key = "a key of the tests";
const people = ["Solveig TARTEMPION", "s.tartempion@exemple.fr", "04 75 11 22 33"].map((written): Person => {
  const person = readPerson(written);
  if (person === null) throw new Error(written);
  return person;
});
const forgetter = { by: "marie", now: testNow, note: "erased" };
/** Her name, address and number in any spelling, in any table or stored feed. */
const she = /tartempion|75[ .]?11[ .]?22[ .]?33/i;

const contact =
  "<p>Mme Solveig <strong>Tartempion</strong>, 04.75.11.22.33, <a href='mailto:s.tartempion@exemple.fr'>lui écrire</a></p><p>Accueil : 04 75 00 00 00</p>";
const records = [
  { id: "1", titre: "Une aide", texte: "<p>Le toit.</p>", contact, tel: "04 75 11 22 33", lien: "https://exemple.fr/1" },
  { id: "2", titre: "", texte: "<p>Sans titre, suivi par TARTEMPION Solveig.</p>" },
  { id: "3", titre: "Une autre", texte: "<p>Le sol.</p>", contact: "<p>Accueil</p>", lien: "https://exemple.fr/3" },
  { id: "4", titre: "Un lien", texte: "<p>Par Solveig&nbsp;Tartempion</p>", lien: "https://exemple.fr/solveig-tartempion" },
  { id: "5", titre: "Un lien perdu", texte: "<p>Ici</p>", lien: "voir Solveig Tartempion" },
];
const later = records.map((record) => (record.id === "1" ? { ...record, contact: `${contact}<p>Le matin</p>` } : record));

describe.each(testedDatabases)("$title: forgetting a person", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    test("removes her from every table, and neither the same feed nor an undo brings her back", async () => {
      const services = servicesOf(catalogue);
      const { harvest, other, waiting, second } = await aYearWithHer(catalogue);
      while ((await catalogue.search.catchUp()) > 0);
      expect(await catalogue.search.count({ text: "tartempion" })).toBeGreaterThan(0);
      const before = await everything(catalogue);
      expect(she.test(before)).toBe(true);
      const exportedBefore = await harvest.exported();
      const otherBefore = await other.exported();

      const looked = await lookForPeople(people, services);
      expect(await everything(catalogue)).toBe(before);
      const found = Object.fromEntries(looked.places.map(({ place, rows }) => [place, rows > 0]));
      const everywhere = [
        "aids",
        "aid_history",
        "changes",
        "contents",
        "plans",
        "plan_remarks",
        "rejected_contents",
        "runs",
        "digests",
        "set_asides",
        "pauses",
        "links",
        "letters",
        "drafts",
        "connector_versions",
        "feed_leads",
      ];
      expect(Object.keys(found).filter((place) => found[place])).toEqual(expect.arrayContaining(everywhere));
      expect(looked.aids).toEqual(["1", "4", "5"].map((id) => `${harvest.connector}/${id}`));
      expect(looked.snapshots).toHaveLength(3);

      const position = await catalogue.store.row<{ seq: number }>(sql`select ${lastRevision}::float8 as seq`);
      const done = await forgetPeople(people, services, forgetter);
      expect({ places: done.places.length, aids: done.aids }).toEqual({ places: looked.places.length, aids: looked.aids });
      expect(done.snapshots).toEqual(looked.snapshots);
      expect((await everything(catalogue)).match(she)).toBeNull();
      expect((await lookForPeople(people, services)).places.filter(({ rows }) => rows > 0)).toEqual([]);

      const forgotten = forgottenPeople(await catalogue.forgetting.traces(), [key]);
      expect(forgotten.unreadable).toBe(0);
      expect(shownIn(await harvest.exported())).toEqual(shownIn(exportedBefore).map((aid) => forgetIn(aid, forgotten)));
      expect(await other.exported()).toBe(otherBefore);
      expect(await catalogue.snapshots.has((await lastHash(catalogue, other)) ?? "")).toBe(true);

      const followed = await flattened(catalogue.changeFeed.since({ afterSeq: position.seq }, harvest.connector));
      expect(followed.map(({ externalId }) => externalId)).toEqual(["1", "4"]);

      expect(await catalogue.appliedRuns.last(harvest.connector)).toMatchObject({ mustRead: true });
      const again = await harvest.day(later.map((record) => forgetIn(record, forgotten)));
      expect({ outcome: again.outcome, counts: again.counts }).toMatchObject({
        outcome: "unchanged",
        counts: { updated: 0, created: 0, proposals: 0, rejected: 1 },
      });
      const unread = await catalogue.store.rows(sql`select 1 from aid_sources where record_hash is null`);
      expect(unread).toEqual([]);

      const plan = await catalogue.plans.find(second);
      const undo = plan === null ? null : await undoRun(catalogue, forgetter, plan);
      if (undo === null || "refused" in undo) throw new Error("the second day cannot be undone");
      await applyActs(catalogue, undo.planId, forgetter, false);
      expect((await curatedAid(catalogue, { connector: harvest.connector, externalId: "1" })).imported.contact).not.toContain("matin");
      expect((await everything(catalogue)).match(she)).toBeNull();

      const applied = await catalogue.plans.apply(waiting, { token: null, now: testNow, appliedBy: "marie" });
      expect(applied.created).toBe(1);
      expect((await harvest.aid("6")).contact).toBe("<p>[effacé]</p>");
      expect((await everything(catalogue)).match(she)).toBeNull();
    });

    test("a running run writes nothing more, and a run from the queue is queued again", async () => {
      const services = servicesOf(catalogue);
      const queued = await catalogue.runQueue.request({ connector: "en-route", options: {}, by: "schedule", now: testNow });
      const claim = await catalogue.runQueue.claim(queued.runId, {
        worker: "here",
        leaseSeconds: 60,
        pauseSeconds: 0,
        host: null,
        mappingFingerprint: "",
        now: testNow,
      });
      if (claim.kind !== "claimed") throw new Error(claim.kind);
      const direct = await startRun(catalogue, "tout-droit");
      await stageAids(catalogue, direct, [madeAid("1", { contact })]);

      const { runsEnded } = await forgetPeople(people, services, forgetter);

      expect(runsEnded).toBe(2);
      await expect(stageAids(catalogue, direct, [madeAid("2", { contact })])).rejects.toThrow(RunDisplaced);
      const stage = () =>
        stageAids(catalogue, { runId: queued.runId, connector: "en-route", token: claim.token }, [madeAid("1", { contact })]);
      await expect(stage()).rejects.toThrow(RunDisplaced);
      expect((await catalogue.runQueue.waiting()).map(({ connector }) => connector)).toEqual(["en-route"]);
      expect((await everything(catalogue)).match(she)).toBeNull();
    });

    test("traces reveal nothing, and each is stored once", async () => {
      await forgetPeople(people, servicesOf(catalogue), forgetter);
      await forgetPeople(people, servicesOf(catalogue), { ...forgetter, by: "jeanne" });
      const traces = await catalogue.store.rows<{ trace: string; kind: string; by: string }>(
        sql`select trace, kind, by from forgotten order by kind`,
      );
      expect(traces.map(({ kind, by }) => `${kind} ${by}`)).toEqual(["email marie", "name marie", "phone marie"]);
      for (const { trace } of traces) expect(trace).toMatch(/^[\w-]{6}\.[0-9a-f]{1,8}\.[\w-]{43}$/);
    });
  });
});

function servicesOf(catalogue: TestCatalogue): ForgettingServices {
  const reader: ForgettingServices["reader"] = {
    contents: async function* (part) {
      yield part.open();
    },
    records: () => null,
  };
  return { catalogue, key, reader };
}

/** Puts her data everywhere personal data can occur. */
async function aYearWithHer(catalogue: TestCatalogue): Promise<{ harvest: Harvest; other: Harvest; waiting: string; second: string }> {
  const fields = { contact: html("contact"), contactPhone: text("tel") };
  const harvest = await newHarvest(catalogue, { guards: guardsOff, fields: fields as never });
  const other = await newHarvest(catalogue, { guards: guardsOff });
  await other.day([{ id: "1", titre: "Ailleurs", texte: "<p>Solveig, sans plus</p>" }]);
  await harvest.day(records);
  const first = { connector: harvest.connector, externalId: "1" };
  await edit(catalogue, first, { recurrence: "ongoing", targetedAudiences: ["commune"] });
  await publish(catalogue, first);
  await edit(catalogue, first, { description: "<p>Demander Solveig Tartempion.</p>" });
  const changed = await harvest.day(later);
  const waiting = await harvest.day([...later, { id: "6", titre: "En attente", contact: "<p>Solveig Tartempion</p>" }], { dryRun: true });
  const { store } = catalogue;
  const at = testNow.toISOString();
  await store.rows(
    sql`insert into plan_remarks (plan_id, code, params) values (${waiting.planId}::uuid, 'no-match', '{"title": "Solveig Tartempion"}'::jsonb)`,
  );
  await store.rows(sql`update plans set note = 'vu avec Solveig Tartempion' where id = ${waiting.planId}::uuid`);
  await store.rows(sql`
    insert into digests (id, since, until, content) values (${randomUUID()}::uuid, ${at}::timestamptz, ${at}::timestamptz, '{"lines": ["appeler le 04 75 11 22 33"]}'::jsonb)`);
  await store.rows(
    sql`insert into pauses (connector, by, at, reason) values (${other.connector}, 'marie', ${at}::timestamptz, 'Solveig Tartempion le demande')`,
  );
  await store.rows(
    sql`insert into links (url, host, state) values ('https://exemple.fr/solveig-tartempion', 'exemple.fr', 'alive'), ('https://exemple.fr/1', 'exemple.fr', 'alive')`,
  );
  await catalogue.setAsides.add({
    id: randomUUID(),
    connector: harvest.connector,
    what: "issue",
    issueCode: "unreadable-url",
    field: null,
    upTo: 1,
    until: "2027-01-01",
    reason: "demandé à s.tartempion@exemple.fr",
    by: "marie",
    at,
  });
  const find = {
    address: "https://exemple.fr/liste.csv",
    title: "Liste",
    publisher: "Agence",
    page: null,
    catalogue: "exemple.fr",
    reasons: [],
  };
  await catalogue.feedLeads.add([find], testNow);
  const [lead] = await catalogue.feedLeads.unread(testNow, 1);
  const evidence = [{ code: "names-recipients", params: { path: "nom", example: "Solveig Tartempion" } }];
  await catalogue.feedLeads.recordVerdict(lead?.id ?? "", { kind: "aids", certainty: 0.9, evidence, problem: null }, testNow);
  const draftId = randomUUID();
  await catalogue.drafts.add({ draftId, title: "Agence Exemple", by: "marie", now: testNow });
  const said = { title: "Agence Exemple", answers: { publisher: { contact: "Solveig Tartempion" } }, upload: null };
  await catalogue.drafts.save({ draftId, revision: 1 }, said, { by: "marie", now: testNow });
  const version = {
    definition: null,
    changes: { placeholders: ["voir Solveig Tartempion"] },
    terms: {},
    why: "essai",
    by: "marie",
    at: testNow,
  };
  await catalogue.connectorVersions.add({ connector: "agence-exemple", ...version }, 0);
  await catalogue.letters.add({
    connector: other.connector,
    runId: randomUUID(),
    letter: { examples: ["Solveig Tartempion"] },
    annex: [{ value: "04 75 11 22 33" }],
    tokenHash: "0".repeat(64),
    by: "marie",
    at: testNow,
  });
  if (waiting.planId === null || changed.planId === null) throw new Error("no plan");
  return { harvest, other, waiting: waiting.planId, second: changed.planId };
}

/** Exported aids, without values derived from other fields: a link with her name is missing now. */
function shownIn(exported: string): unknown[] {
  return exported.split("\n").map((line) => ({ ...JSON.parse(line), missingForPublication: null, missingForDescription: null }));
}

async function lastHash(catalogue: TestCatalogue, { connector }: Harvest): Promise<string | null | undefined> {
  return (await catalogue.runs.list({ connector })).at(-1)?.snapshotHash;
}

/** Returns all tables as text, and all stored feeds as received. */
async function everything(catalogue: TestCatalogue): Promise<string> {
  const tables = await catalogue.store.rows<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = ${catalogue.schema} order by 1`,
  );
  const said: string[] = [];
  for (const { name } of tables) {
    const rows = await catalogue.store.rows<{ row: string }>(sql`select held::text as row from ${sql.identifier(name)} held order by 1`);
    said.push(`# ${name}`, ...rows.map(({ row }) => row));
  }
  const snapshots = await catalogue.store.rows<{ hash: string }>(sql`select hash from snapshots order by hash`);
  const folder = await mkdtemp(join(tmpdir(), "moisson-forgetting-"));
  for (const { hash } of snapshots) {
    const { parts } = await catalogue.snapshots.restore(hash, folder);
    for (const { path } of parts) said.push(await readFile(path, "utf8"));
  }
  await rm(folder, { recursive: true });
  return said.join("\n");
}
