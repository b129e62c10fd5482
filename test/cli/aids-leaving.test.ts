import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { languageMessage } from "../../src/cli/english/aids.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { constant } from "../../src/kit/rules/constant.ts";
import { identifier } from "../../src/kit/rules/identifier.ts";
import { html, text } from "../../src/kit/rules/texts.ts";
import type { Tombstone } from "../../src/model/aid/tombstone.ts";
import { guardsOff, smallDefinition } from "../support/harvest.ts";
import { type CommandPlace, commandPlace, linesOf, moisson, type Said } from "../support/moisson.ts";

const licences = { "region-accord": "agreement", "region-inconnue": "unknown", "region-ouverte": "openlicence20" } as const;

/** Returns a region's connector for each licence, with complete aids. One absence is enough for a withdrawal. */
function definitionOf(id: keyof typeof licences): ConnectorInput {
  return smallDefinition(id, {
    publisher: {
      name: `La ${id}`,
      kind: "region",
      territory: { scale: "region", code: "53" },
      licence: licences[id],
      ...(licences[id] === "agreement" && { agreement: "Convention du 1er mars 2025" }),
    },
    guards: guardsOff,
    absence: { runs: 1, days: 0 },
    fields: {
      externalId: identifier("id"),
      name: text("titre"),
      eligibility: html("texte"),
      contact: constant("<p>La région.</p>"),
      recurrence: constant("ongoing"),
      aidTypes: constant(["grant"]),
      targetedAudiences: constant(["commune"]),
      mobilizationSteps: constant(["op"]),
      categories: constant(["sport"]),
      destinations: constant(["investment"]),
      financers: constant([{ name: "Région", siren: null }]),
      perimeters: constant([{ scale: "region", code: "53" }]),
      sourceUpdatedDate: constant("2026-11-01"),
    },
  });
}

function record(id: string, titre: string, region: string) {
  const words = Array.from({ length: 20 }, (_, index) => `${titre} ${index}`).join(" ");
  return { id, titre, texte: `<p>${words}</p>`, lien: `https://${region}.example.org/aides/${id}` };
}

/** The same aid from a region and from an aggregator. */
const gymnase = { ...record("g", "Rénover un gymnase scolaire", "region-ouverte"), id: "gym" };
const morning = (region: string) => [
  record("1", `Planter des haies en ${region}`, region),
  record("2", `Creuser un puits en ${region}`, region),
];

type Line = { aidId: string; externalId: string; name?: string; status: string; deleted?: true } & Partial<Tombstone>;

/** All commands run on one home, in this order. Each test checks the output of some. */
describe("exports and their contents, by the command line", () => {
  let home: string;
  let place: CommandPlace;
  let said: Awaited<ReturnType<typeof sayAll>>;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "moisson-leaving-"));
    await mkdir(join(home, "more", "connectors"), { recursive: true });
    for (const id of Object.keys(licences) as (keyof typeof licences)[]) {
      await writeFile(join(home, "more", "connectors", `${id}.json`), JSON.stringify(definitionOf(id)));
    }
    place = await commandPlace(join(home, "home"));
    said = await sayAll();
  }, 600_000);
  afterAll(async () => {
    await place.drop();
    await rm(home, { recursive: true, force: true });
  });

  async function sayAll() {
    const at = (hour: string) => ({
      ...place.environment,
      MOISSON_CONNECTORS: join(home, "more"),
      MOISSON_NOW: `2026-11-25T${hour}:00:00Z`,
      MOISSON_USER: "marie",
    });
    const run = async (hour: string, connector: string, records: unknown) => {
      await writeFile(join(home, "feed.json"), JSON.stringify(records));
      const { stdout, stderr } = await moisson(["run", connector, "--file", join(home, "feed.json"), "--json"], at(hour));
      const report = JSON.parse(stdout);
      expect(report.outcome, stderr).toBe("applied");
      return report.runId as string;
    };
    const say = (hour: string, ...args: string[]) => moisson(args, at(hour));

    await run("02", "region-accord", morning("region-accord"));
    await run("02", "region-inconnue", [...morning("region-inconnue"), gymnase]);
    const first = await run("02", "region-ouverte", [...morning("region-ouverte"), gymnase]);
    const published = await say("03", "aid", "publish", "--status", "reviewable", "--yes");
    const site = await say("04", "aids", "--format", "aides-territoires", "--published");
    const open = await say("04", "aids", "--format", "dispositif-aide", "--published");
    const all = await say("04", "aids", "--json");
    const duplicates = await say("04", "aids", "--duplicates");
    const duplicatesJson = await say("04", "aids", "--duplicates", "--json", "--connector", "region-ouverte");
    const merged = await say("05", "aid", "merge", "region-inconnue/gym", "region-ouverte/gym");
    const noneLeft = await say("05", "aids", "--duplicates");
    await say("05", "aid", "reject", "region-accord/1");
    await say("05", "aid", "unpublish", "region-accord/2");
    const second = await run("06", "region-ouverte", [gymnase, record("3", "Isoler une école", "region-ouverte")]);
    return {
      first,
      second,
      published,
      site,
      open,
      all,
      duplicates,
      duplicatesJson,
      merged,
      noneLeft,
      sinceFirst: await say("07", "aids", "--changed-since", first.slice(0, 13), "--json"),
      sinceFive: await say("07", "aids", "--changed-since", "2026-11-25T06:00:00+01:00", "--json"),
      inFormat: await say("07", "aids", "--changed-since", "2026-11-25T05:00:00Z", "--format", "aides-territoires"),
      inText: await say("07", "aids", "--changed-since", "2026-11-25T06:00:00Z", "--connector", "region-ouverte"),
      undone: await say("08", "undo", second, "--yes"),
      sinceSecond: await say("09", "aids", "--changed-since", second, "--json"),
      now: await say("09", "aids", "--json"),
      siteLater: await say("09", "aids", "--format", "aides-territoires"),
      openLater: await say("09", "aids", "--format", "dispositif-aide", "--any-licence"),
      drafts: await say("09", "aids", "--status", "draft", "--where", "targetedAudiences=commune", "--search", "puits"),
      none: await say("09", "aids", "--lacks", "perimeters"),
      noRun: await say("09", "aids", "--changed-since", "00000000-0000-4000-8000-000000000000", "--json"),
    };
  }

  const listOf = ({ stdout, code }: Said): Line[] => {
    expect(code).toBe(0);
    return JSON.parse(stdout);
  };
  const shortly = (list: readonly Line[]) =>
    list.map(({ connector, externalId, reason, status }) => `${connector}/${externalId} ${reason ?? status}`);

  it("the site shows a published aid of any licence; open data only open ones", () => {
    expect(said.published.code).toBe(0);
    const { results } = JSON.parse(said.site.stdout) as { results: Record<string, unknown>[] };
    expect(results).toHaveLength(8);
    expect(new Set(results.map(({ import_share_licence }) => import_share_licence))).toEqual(
      new Set(["agreement", "unknown", "openlicence20"]),
    );
    const rows = Papa.parse<Record<string, string>>(said.open.stdout, { header: true, skipEmptyLines: true }).data;
    expect(rows.map(({ titre }) => titre).sort()).toEqual([
      "Creuser un puits en region-ouverte",
      "Planter des haies en region-ouverte",
      "Rénover un gymnase scolaire",
    ]);
  });

  it("every export carries source, licence and last update; the national schema, which has no column for them, on stderr", () => {
    const { results } = JSON.parse(said.site.stdout) as { results: Record<string, unknown>[] };
    expect(results.find(({ import_data_source }) => import_data_source === "La region-accord")).toMatchObject({
      import_share_licence: "agreement",
      date_updated: "2026-11-01",
    });
    expect(linesOf(said.open.stderr)).toEqual([
      "left out: 5 for their publisher's licence does not allow open data (region-inconnue/gym, region-inconnue/2, region-accord/1, …); --any-licence writes them for inspection",
      "source: La region-ouverte, 3 aids, Licence ouverte 2.0, last updated 2026-11-01",
    ]);
    for (const aid of listOf(said.all)) {
      expect(aid).toMatchObject({ connector: expect.any(String), importShareLicence: expect.any(String), sourceUpdatedDate: "2026-11-01" });
    }
  });

  it("an export of the national schema says which texts are not French", () => {
    expect([languageMessage("en", 1), languageMessage("en", 2)]).toEqual([
      'language: 1 aid with texts in "en", as the publisher wrote them',
      'language: 2 aids with texts in "en", as the publisher wrote them',
    ]);
  });

  it("shows an aid of two publishers as a pair with reasons and the next step, until they are merged", () => {
    const [head, ...lines] = linesOf(said.duplicates.stdout);
    expect(head).toMatch(/^\d+ % {2}same link, same title, same text/);
    expect(lines.map((line) => line.trim())).toEqual([
      "region-inconnue/gym  Rénover un gymnase scolaire  (published)",
      "region-ouverte/gym  Rénover un gymnase scolaire  (published)",
    ]);
    expect(said.duplicates.stderr).toContain("moisson aid merge <aid> <into>");
    expect(JSON.parse(said.duplicatesJson.stdout)).toMatchObject([
      {
        certainty: expect.any(Number),
        reasons: expect.arrayContaining(["same-link", "same-title"]),
        left: { connector: "region-inconnue", externalId: "gym", name: "Rénover un gymnase scolaire", status: "published" },
        right: { connector: "region-ouverte", externalId: "gym" },
      },
    ]);
    expect(said.merged.code).toBe(0);
    expect(said.noneLeft.stdout).toBe("no likely duplicates\n");
  });

  it("--changed-since a run or an instant: aids in full as aids --json writes them, tombstones for those that went", () => {
    const changes = listOf(said.sinceFive);
    expect(shortly(changes)).toEqual([
      "region-accord/1 rejected",
      "region-accord/2 draft",
      "region-inconnue/gym merged",
      "region-ouverte/1 withdrawn",
      "region-ouverte/2 withdrawn",
      "region-ouverte/3 reviewable",
    ]);
    const byName = new Map(listOf(said.all).map((aid) => [`${aid.connector}/${aid.externalId}`, aid]));
    expect(changes[2]).toEqual({
      aidId: byName.get("region-inconnue/gym")?.aidId,
      connector: "region-inconnue",
      externalId: "gym",
      status: "merged",
      withdrawnAt: null,
      deleted: true,
      reason: "merged",
      mergedInto: byName.get("region-ouverte/gym")?.aidId,
    });
    expect(changes[3]).toMatchObject({ status: "published", withdrawnAt: "2026-11-25", deleted: true, mergedInto: null });
    expect(changes[1]).toEqual({ ...byName.get("region-accord/2"), status: "draft" });
  });

  it("in words, and in the site's format, which counts inexpressible values on stderr", () => {
    expect(linesOf(said.inText.stdout)).toEqual([
      "region-ouverte/1  (gone: withdrawn 2026-11-25)",
      "region-ouverte/2  (gone: withdrawn 2026-11-25)",
      "region-ouverte/3  Isoler une école  (reviewable)",
    ]);
    expect(linesOf(said.inText.stderr)).toEqual(["1 aid created or changed, 2 gone"]);
    expect(JSON.parse(said.inFormat.stdout)).toMatchObject({ count: 1, results: [{ name: "Isoler une école" }] });
    expect(linesOf(said.inFormat.stderr)).toEqual(["5 aids gone or not exported: this format leaves them out, --json lists them"]);
  });

  it("a site that applies the answers in sequence, undo included, shows the live aids of aids --json", () => {
    expect(said.undone.code).toBe(0);
    expect(shortly(listOf(said.sinceSecond))).toEqual([
      "region-ouverte/1 published",
      "region-ouverte/2 published",
      "region-ouverte/3 removed",
    ]);
    const site = new Map<string, Line>();
    for (const answer of [said.all, said.sinceFirst, said.sinceSecond]) {
      for (const change of listOf(answer)) {
        if (change.deleted) site.delete(change.aidId);
        else site.set(change.aidId, change);
      }
    }
    const live = listOf(said.now).filter(({ status }) => status !== "deleted" && status !== "merged");
    expect(new Map(live.map((aid) => [aid.aidId, aid]))).toEqual(site);
  });

  it("no format contains rejected, merged or draft aids", () => {
    const names = ["region-accord/1", "region-accord/2", "region-inconnue/gym"];
    const aids = new Map(listOf(said.all).map((aid) => [`${aid.connector}/${aid.externalId}`, aid.aidId]));
    expect(JSON.parse(said.siteLater.stdout).count).toBe(5);
    expect(linesOf(said.openLater.stdout)).toHaveLength(6);
    for (const name of names) {
      expect(said.siteLater.stdout).not.toContain(aids.get(name));
      expect(said.openLater.stdout).not.toContain(aids.get(name));
    }
  });

  it("selects aids for a group of people; an empty selection says so", () => {
    expect(linesOf(said.drafts.stdout)).toEqual(["region-accord/2  Creuser un puits en region-accord  (draft)"]);
    expect(said.none).toMatchObject({ code: 0, stdout: "no aid matches\n" });
  });

  it("an unknown run exits with 1 and says where to list runs", () => {
    expect(said.noRun).toMatchObject({ code: 1, stdout: "" });
    expect(said.noRun.stderr).toMatch(/unknown run 00000000-0000-4000-8000-000000000000; `moisson runs` lists them/);
  });
});
