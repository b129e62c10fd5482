import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CuratedAid } from "../../src/catalogue/aids/aid-repository.ts";
import { decideReject } from "../../src/curation/decide-status.ts";
import { type ChosenPair, type MovingConnectors, planMove } from "../../src/curation/move-connector.ts";
import { applyActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import { dispositifAide } from "../../src/kit/platforms/dispositif-aide.ts";
import { shownValue } from "../../src/model/aid/shown-value.ts";
import { madeAid, madeAids } from "../ingest/sites/made-pages.ts";
import { departmentGuide } from "../ingest/sites/made-sites.ts";
import { applyHeld } from "../support/apply-held.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { act, edit, marie, publish } from "../support/curate.ts";
import { type Harvest, newHarvest } from "../support/harvest.ts";
import { flattened } from "../support/made-aids.ts";
import { siteNights } from "../support/site-nights.ts";
import { type SiteServer, siteServer } from "../support/site-server.ts";

const publisher = {
  name: "Département Exemple",
  kind: "department",
  territory: { scale: "department", code: "26" },
  licence: "openlicence20",
} as const;
const reasons = { retired: "moved", returned: "returned" };
let files = 0;

describe("a publisher's move from its pages to its own file", () => {
  let catalogue: TestCatalogue;
  let server: SiteServer;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());
  beforeEach(async () => {
    server = await siteServer(departmentGuide);
  });

  /** Returns the connector of the publisher's own file, a draft whose first run is held. */
  async function ownFile(): Promise<Harvest> {
    const harvest = await newHarvest(catalogue, { id: `site-guide-fichier-${++files}` });
    const definition = dispositifAide({
      id: harvest.connector,
      state: "draft",
      publisher,
      feed: { url: "https://data.exemple.fr/aides.csv" },
      format: "csv",
    });
    await harvest.write(`connectors/${harvest.connector}.json`, JSON.stringify(definition));
    return harvest;
  }

  /** Returns the identifier that the department gives an aid in its last file. */
  const uuidOf = (number: number) => `00000000-0000-4000-80${String(files).padStart(2, "0")}-${String(number).padStart(12, "0")}`;

  /** Writes aids in the national schema, as the department would: identifiers of its own, Markdown, some titles and links that differ. */
  function fileOf(numbers: readonly number[]): string {
    const header =
      "id,titre,promesse,description,eligibilite,types_aides,porteurs,programmes_parents,url_source,cibles,eligibilite_geographique,eligibilite_geographique_exclusions,date_ouverture,date_cloture,date_mise_a_jour";
    const rows = numbers.map((number) => {
      const aid = madeAid(number);
      const id = uuidOf(number);
      const title = number % 10 === 3 ? `Aide pour : ${aid.title.toLowerCase()}` : aid.title;
      const link = number % 5 === 0 ? "" : `https://guide.exemple.fr/guide/fiche.php?id=${number}`;
      const description = `${aid.purpose}\n\n- Études\n- Travaux`;
      return [
        ...[
          id,
          title,
          "",
          description,
          aid.audience,
          "financement",
          '[{"nom":"Département Exemple","siren":null,"roles":["financeur"]}]',
          "",
        ],
        ...[link, "secteur public", "DEP-26", "", "", `${aid.deadlineIso}T00:00:00+01:00`, "2026-11-20T00:00:00+01:00"],
      ]
        .map((cell) => `"${cell.replaceAll('"', '""')}"`)
        .join(",");
    });
    return `${header}\n${rows.join("\n")}\n`;
  }

  const aidsOf = (connector: string) => flattened(catalogue.aids.curated({ connector }));
  const connectorsOf = (from: string, to: string): MovingConnectors => ({ from: { id: from, publisher }, to: { id: to, publisher } });

  async function move(from: string, to: string, chosen: readonly ChosenPair[] = []) {
    const moved = await planMove(catalogue, marie, connectorsOf(from, to), reasons, chosen);
    if ("refused" in moved) throw new Error(moved.refused.code);
    return moved;
  }

  async function slugs(): Promise<Map<string, string>> {
    while ((await catalogue.search.catchUp()) > 0);
    const rows = await catalogue.store.rows<{ aid: string; slug: string }>(sql`select aid_id::text as aid, slug from aid_slugs`);
    return new Map(rows.map(({ aid, slug }) => [aid, slug]));
  }

  const titlesOf = (aids: readonly CuratedAid[]) => aids.map((aid) => String(aid.imported.name));

  it("keeps ids, addresses, edits, history and publication, and creates no duplicate", async () => {
    const site = await siteNights(catalogue, "site-guide", server);
    expect((await site.night(0)).counts.created).toBe(40);
    const id = (number: number) => `fiche.php?id=${number}`;
    for (const number of [1, 3, 5]) {
      const aid = { connector: site.connector, externalId: id(number) };
      await edit(catalogue, aid, { recurrence: "oneoff", targetedAudiences: ["commune"] });
      await publish(catalogue, aid);
    }
    await edit(catalogue, { connector: site.connector, externalId: id(5) }, { name: "Un titre de Marie" });
    await edit(catalogue, { connector: site.connector, externalId: id(6) }, { keywords: ["école"] });
    await act(catalogue, { connector: site.connector, externalId: id(8) }, (aid) => decideReject(aid, marie));
    const before = new Map((await aidsOf(site.connector)).map((aid) => [aid.aidId, aid]));
    const slugsBefore = await slugs();

    // The file lacks aids 39 and 40 and has a new one, 41.
    const file = fileOf([...madeAids(38).map(({ number }) => number), 41]);
    const next = await ownFile();
    expect(await next.day(file)).toMatchObject({ outcome: "held", counts: { created: 39 } });
    const { preview, plan } = await move(site.connector, next.connector);
    expect(preview.pairs).toHaveLength(38);
    expect(preview.doubts).toEqual([]);
    expect(preview.missing.map(({ title }) => title).sort()).toEqual([madeAid(39).title, madeAid(40).title].sort());
    expect(preview.added.map(({ title }) => title)).toEqual([madeAid(41).title]);
    expect(preview.pairs.filter(({ old, next: { title } }) => numberIn(old.title) !== numberIn(title))).toEqual([]);
    await applyActs(catalogue, plan.planId, marie, true);

    // The pages are no longer read, and the file creates only new aids.
    expect(await site.night(1)).toMatchObject({ outcome: "refused", error: { code: "connector-moved", params: { to: next.connector } } });
    const second = await next.day(file);
    expect(second).toMatchObject({ outcome: "held", counts: { created: 1, withdrawn: 0 } });
    await applyHeld(catalogue, second);
    expect(await next.day(file)).toMatchObject({ outcome: "unchanged" });

    const [left, moved] = [await aidsOf(site.connector), await aidsOf(next.connector)];
    expect(titlesOf(left).sort()).toEqual([madeAid(39).title, madeAid(40).title].sort());
    expect(left.map(({ withdrawnAt }) => withdrawnAt)).toEqual([null, null]);
    expect(moved).toHaveLength(39);
    const numbers = [...left, ...moved].map((aid) => numberIn(String(aid.imported.name)));
    expect(new Set(numbers).size).toBe(41);

    const slugsAfter = await slugs();
    for (const aid of moved.filter(({ aidId }) => before.has(aidId))) {
      const old = before.get(aid.aidId) as CuratedAid;
      expect({ status: aid.status, edits: aid.edits, slug: slugsAfter.get(aid.aidId) }).toEqual({
        status: old.status,
        edits: old.edits,
        slug: slugsBefore.get(aid.aidId),
      });
      const history = await catalogue.history.list(aid.aidId);
      expect(history.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["create", "re-identify"]));
    }
    const titled = moved.find((aid) => shownValue(aid, "name") === "Un titre de Marie");
    expect(titled?.status).toBe("published");
    expect(moved.filter(({ status }) => status === "published")).toHaveLength(3);
    expect(moved.filter(({ status }) => status === "deleted")).toHaveLength(1);
  });

  it("is undone whole: the pages are read again, and nothing was lost", async () => {
    const site = await siteNights(catalogue, "site-guide", server);
    await site.night(0);
    const before = await aidsOf(site.connector);
    const next = await ownFile();
    await next.day(fileOf(madeAids(40).map(({ number }) => number)));
    const { plan } = await move(site.connector, next.connector);
    await applyActs(catalogue, plan.planId, marie, true);
    expect(await aidsOf(site.connector)).toEqual([]);

    const record = await catalogue.plans.find(plan.planId);
    if (record === null) throw new Error("no plan");
    const undo = await undoRun(catalogue, marie, record);
    if ("refused" in undo) throw new Error(undo.refused.code);
    await applyActs(catalogue, undo.planId, marie, true);
    const plain = (aids: readonly CuratedAid[]) => aids.map(({ revision: _, ...aid }) => aid);
    expect(plain(await aidsOf(site.connector))).toEqual(plain(before));
    expect(await aidsOf(next.connector)).toEqual([]);
    expect((await catalogue.schedule.pauses()).map(({ connector }) => connector)).toContain(next.connector);
    expect((await catalogue.schedule.pauses()).map(({ connector }) => connector)).not.toContain(site.connector);
    expect(await site.night(1)).toMatchObject({ outcome: "unchanged" });
  });

  it("lists doubtful pairs for a person, who decides them", async () => {
    const site = await siteNights(catalogue, "site-guide", server);
    await site.night(0);
    const next = await ownFile();
    // Both records have the title of aid 5, and no link.
    const twice = fileOf([5, 10]).replaceAll(madeAid(10).title, madeAid(5).title).replaceAll(madeAid(10).purpose, madeAid(5).purpose);
    await next.day(twice.replaceAll(madeAid(10).deadlineIso, madeAid(5).deadlineIso));
    const refused = await planMove(catalogue, marie, connectorsOf(site.connector, next.connector), reasons);
    expect(refused).toMatchObject({ refused: { code: "nothing-to-move" } });
    const old = "fiche.php?id=5";
    const chosen = { old, next: uuidOf(10) };
    const { preview } = await move(site.connector, next.connector, [chosen]);
    expect(preview.pairs.map((pair) => [pair.old.externalId, pair.next.externalId])).toEqual([[old, chosen.next]]);
  });

  it("refuses a move to another publisher, to an unread feed, and to one that has imported the aids already", async () => {
    const site = await siteNights(catalogue, "site-guide", server);
    await site.night(0);
    const next = await ownFile();
    const codeOf = async (connectors: MovingConnectors) => {
      const moved = await planMove(catalogue, marie, connectors, reasons);
      return "refused" in moved ? moved.refused.code : "planned";
    };
    const connectors = connectorsOf(site.connector, next.connector);
    expect(await codeOf({ ...connectors, to: { ...connectors.to, publisher: { ...publisher, name: "Région Autre" } } })).toBe(
      "another-publisher",
    );
    expect(await codeOf(connectors)).toBe("nothing-read");
    await applyHeld(catalogue, await next.day(fileOf([1, 2])));
    expect(await codeOf(connectors)).toBe("already-imported");
    expect(await codeOf(connectorsOf(next.connector, next.connector))).toBe("same-connector");
  });
});

function numberIn(title: string): string {
  return /n° (\d+)/.exec(title)?.[1] ?? title;
}
