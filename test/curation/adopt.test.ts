import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CuratedAid } from "../../src/catalogue/aids/aid-repository.ts";
import { adoptLiveAids, compareWithLive } from "../../src/curation/adopt-live-aids.ts";
import { decideEdit } from "../../src/curation/decide-edit.ts";
import { decideReject } from "../../src/curation/decide-status.ts";
import { personsChange, type Verdict } from "../../src/curation/persons-change.ts";
import { applyActs, planActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { exportAidesTerritoires } from "../../src/publish/exports/aides-territoires-record.ts";
import { loadConnectors } from "../../src/registry/load-connectors.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { joined } from "../support/example-aid.ts";
import { type Harvest, newHarvest } from "../support/harvest.ts";
import { flattened, testNow } from "../support/made-aids.ts";
import { readExport } from "./adoption/read-export.ts";
import type { LiveRecord } from "./live-fixtures.ts";

const marie = { by: "marie", now: testNow, note: "taken over from the export export.json" };
const text = (what: string) =>
  `<p>${`Une aide aux communes qui veulent ${what}, sur tout leur territoire, toute l'année. `.repeat(3).trim()}</p>`;
const feed = ["rénover un gymnase", "planter des haies", "ouvrir une crèche", "curer un étang"].map((what, index) => ({
  id: String(index + 1),
  titre: `Aide pour ${what}`,
  texte: text(what),
  lien: `https://region.example/aides/${index + 1}`,
  fin: "2027-06-30",
}));
/** What the site calls an aid. */
const identity = ["siteNumber", "siteSlug", "sourceCreatedDate"];
const keysOfPublicApi = (record: LiveRecord): LiveRecord => {
  const { import_uniqueid: _, name_initial: __, ...exported } = record;
  return exported;
};

describe.each(testedDatabases)("taking over live aids, $title", ({ skipped, ...database }) => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    if (!skipped) catalogue = await newCatalogue({ skipped, ...database });
  });
  afterAll(async () => catalogue?.drop());

  /**
   * Returns a connector after its first run, and its aids as they are online: the first with another title, the second with another text.
   */
  async function switchDay(changes: Partial<ConnectorInput> = {}) {
    const harvest = await newHarvest(catalogue, changes);
    await harvest.day(feed);
    const written = await joined(
      exportAidesTerritoires(catalogue.aids.list({ connector: harvest.connector }), {
        publishedOnly: false,
        sourceOf: () => ({ importIdPrefix: "", publisher: null }),
      }),
    );
    const { results } = JSON.parse(written) as { results: LiveRecord[] };
    const live = results.map(keysOfPublicApi).map((record, index) => {
      const slug = `live-${harvest.connector}-${index + 1}`;
      return { ...record, id: 100 + index, slug, url: `/aides/${slug}/`, date_created: "2021-04-01T16:25:50+02:00" };
    });
    Object.assign(live[0] ?? {}, { name: "Remettre un gymnase à neuf" });
    Object.assign(live[1] ?? {}, { description: "<p>Des haies pour toutes les communes.</p>" });
    return { harvest, live };
  }

  async function connectorOf({ folder }: Harvest) {
    const [loaded] = await loadConnectors([folder]);
    if (loaded === undefined) throw new Error("the folder holds no connector");
    return { definition: loaded.definition, othersPrefixes: [] };
  }

  async function adopt(harvest: Harvest, live: readonly LiveRecord[], applies = true) {
    const aids = await readExport(JSON.stringify(live));
    const adoption = await adoptLiveAids(catalogue, marie, await connectorOf(harvest), { file: "export.json", aids });
    if (applies && adoption.plan !== null) await applyActs(catalogue, adoption.plan.planId, marie, false);
    return adoption;
  }

  async function act(harvest: Harvest, externalId: string, decide: (aid: CuratedAid) => Verdict) {
    const aids = catalogue.aids.curated({ connector: harvest.connector, externalId });
    const { plan } = await planActs(catalogue, marie, { connector: harvest.connector, asked: {} }, aids, decide);
    await applyActs(catalogue, plan?.planId ?? "", marie, true);
  }

  const statuses = async ({ connector }: Harvest) => (await flattened(catalogue.aids.list({ connector }))).map(({ status }) => status);

  it.skipIf(skipped)("keeps status, and keeps titles and texts as edits, through the next runs", async () => {
    const { harvest, live } = await switchDay();
    const before = await harvest.exported();
    const { plan, changes } = await adopt(harvest, live, false);
    expect(await harvest.exported()).toBe(before);
    expect(plan).toMatchObject({ kinds: { adopt: 4 }, changes: 4, remarks: 0 });
    expect(changes.map(({ fields }) => Object.keys(fields))).toEqual([
      ["name", ...identity],
      ["description", ...identity],
      identity,
      identity,
    ]);
    await applyActs(catalogue, plan?.planId ?? "", marie, false);

    await harvest.day(feed.map((record) => (record.id === "1" ? { ...record, titre: "Aide pour le gymnase", fin: "2027-09-30" } : record)));
    expect(await statuses(harvest)).toEqual(["published", "published", "published", "published"]);
    const [gymnasium, hedges] = await flattened(catalogue.aids.curated({ connector: harvest.connector }));
    expect(gymnasium).toMatchObject({
      siteUrl: `https://aides-territoires.beta.gouv.fr/aides/live-${harvest.connector}-1/`,
      imported: { name: "Aide pour le gymnase", submissionDeadline: "2027-09-30" },
      edits: {
        name: { value: "Remettre un gymnase à neuf", by: "marie", at: testNow.toISOString(), note: marie.note },
        siteNumber: { value: "100" },
        siteSlug: { value: `live-${harvest.connector}-1` },
        sourceCreatedDate: { value: "2021-04-01" },
      },
    });
    expect(hedges).toMatchObject({
      imported: { description: feed[1]?.texte },
      edits: { description: { value: "<p>Des haies pour toutes les communes.</p>" } },
    });
  });

  it.skipIf(skipped)("makes no change the second time", async () => {
    const { harvest, live } = await switchDay();
    await adopt(harvest, live);
    const rows = await harvest.rows();
    const again = await adopt(harvest, live);
    expect(again).toMatchObject({ plan: null, changes: [], matches: { doubts: [], onlyLive: [], onlyOwn: [] } });
    expect(again.matches.pairs).toHaveLength(4);
    expect(await harvest.rows()).toEqual(rows);
  });

  it.skipIf(skipped)("can be undone as a whole", async () => {
    const { harvest, live } = await switchDay();
    const before = await harvest.exported();
    const { plan } = await adopt(harvest, live);
    expect(await harvest.exported()).not.toBe(before);
    const record = await catalogue.plans.find(plan?.planId ?? "");
    const undone = record && (await undoRun(catalogue, marie, record));
    if (undone === null || "refused" in undone) throw new Error("refused");
    await applyActs(catalogue, undone.planId, marie, false);
    expect(await harvest.exported()).toBe(before);
    expect((await adopt(harvest, live, false)).changes).toHaveLength(4);
  });

  it.skipIf(skipped)("keeps edits, statuses and rejections made here meanwhile", async () => {
    const { harvest, live } = await switchDay();
    await act(harvest, "1", (aid) => decideEdit(aid, { values: { name: "Le gymnase, par Jean" }, withdrawn: [] }, marie));
    await act(harvest, "4", (aid) => decideReject(aid, marie));
    const { plan, matches } = await adopt(harvest, live);
    expect(plan).toMatchObject({ changes: 3, remarks: 1 });
    expect(matches.doubts).toMatchObject([{ live: { id: "103" }, own: { externalId: "4", status: "deleted" } }]);
    expect((await harvest.aid("1")).name).toBe("Le gymnase, par Jean");
    expect(await statuses(harvest)).toEqual(["published", "published", "published", "deleted"]);
    expect(await catalogue.plans.remarks(plan?.planId ?? "")).toMatchObject([
      { code: "doubtful-pair", params: { with: "103", title: "Aide pour curer un étang", liveTitle: "Aide pour curer un étang" } },
    ]);
  });

  it.skipIf(skipped)("does not publish aids that the export marks as ended, and does not take off aids published here", async () => {
    const { harvest, live } = await switchDay({ importIdPrefix: "REX_" });
    const exported = live.map((record, index) => ({
      ...record,
      import_uniqueid: `REX_${index + 1}`,
      status: index === 0 ? "published" : "draft",
    }));
    await act(harvest, "2", (aid) => ({ change: personsChange(aid, "publish", marie, { state: { status: "published" } }), cautions: [] }));
    await adopt(harvest, exported);
    expect(await statuses(harvest)).toEqual(["published", "published", "draft", "draft"]);
  });

  it.skipIf(skipped)("makes no edit of a field that follows the publisher by the connector's policy", async () => {
    const { harvest, live } = await switchDay({ policy: { name: "publisher" } });
    const { changes } = await adopt(harvest, live);
    expect(changes.map(({ fields }) => Object.keys(fields))).toEqual([identity, ["description", ...identity], identity, identity]);
  });

  it.skipIf(skipped)("leaves aids that are not online in review, and leaves pages of another connector to a person", async () => {
    const { harvest, live } = await switchDay();
    await adopt(harvest, live.slice(0, 2));
    const other = await newHarvest(catalogue);
    await other.day(feed);
    const { changes, matches } = await adopt(other, live);
    expect(changes.map(({ externalId }) => externalId)).toEqual(["3", "4"]);
    expect(matches.doubts.map(({ own }) => own.externalId).sort()).toEqual(["1", "2"]);
    expect(await statuses(harvest)).toEqual(["published", "published", "reviewable", "reviewable"]);
  });

  it.skipIf(skipped)("shows on an empty catalogue, before the switch, the differences from live aids", async () => {
    const { live } = await switchDay();
    const harvest = await newHarvest(catalogue);
    const strange = { id: 7, name: "Sabler un quai", financers: ["Région Exemple"] };
    const report = await harvest.day(feed, { dryRun: true });
    const aids = await readExport(JSON.stringify([...live.slice(0, 3), strange]));
    const found = await compareWithLive(catalogue, await connectorOf(harvest), report.planId, { file: "export.json", aids });
    expect(await harvest.exported()).toBe("");
    expect(found.pairs.map(({ own, differences }) => [own.externalId, differences])).toEqual([
      ["1", [{ field: "name", publisher: "Aide pour rénover un gymnase", live: "Remettre un gymnase à neuf" }]],
      ["2", [{ field: "description", publisher: feed[1]?.texte, live: "<p>Des haies pour toutes les communes.</p>" }]],
      ["3", []],
    ]);
    expect(found.onlyOwn.map(({ externalId }) => externalId)).toEqual(["4"]);
    expect(found.onlyLive.map(({ id }) => id)).toEqual(["7"]);
  });

  it.skipIf(skipped)("compares with the changes of a dry run, and detects aids that left the feed", async () => {
    const { harvest, live } = await switchDay();
    const days = feed.slice(0, 3).map((record) => (record.id === "3" ? { ...record, fin: "2027-08-31" } : record));
    const report = await harvest.day(days, { dryRun: true });
    const aids = await readExport(JSON.stringify(live.slice(2, 3)));
    const found = await compareWithLive(catalogue, await connectorOf(harvest), report.planId, { file: "export.json", aids });
    expect(found.pairs).toMatchObject([
      { own: { externalId: "3" }, differences: [{ field: "submissionDeadline", publisher: "2027-08-31", live: "2027-06-30" }] },
    ]);
    expect(found.onlyOwn.map(({ externalId }) => externalId)).toEqual(["1", "2"]);
  });
});
