import { DomUtils, parseDocument } from "htmlparser2";
import { describe, expect, onTestFinished, test } from "vitest";
import type { CuratedAid } from "../../../src/catalogue/aids/aid-repository.ts";
import { decideEdit } from "../../../src/curation/decide-edit.ts";
import { decidePublish, decideWithdraw } from "../../../src/curation/decide-status.ts";
import type { Verdict } from "../../../src/curation/persons-change.ts";
import { applyActs, planActs } from "../../../src/curation/plan-acts.ts";
import { connectorOf, type TestApi, testApi } from "../../support/api-client.ts";
import { applyHeld } from "../../support/apply-held.ts";
import { newCatalogue, type TestCatalogue, type TestedDatabase, testedDatabases } from "../../support/catalogues.ts";
import { marie } from "../../support/curate.ts";
import { newHarvest } from "../../support/harvest.ts";
import { flattened, testNow } from "../../support/made-aids.ts";
import { importPublished } from "../../support/published-aids.ts";

const many = (prefix: string, count: number, more: object = {}) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${prefix}${at}`, { name: `${prefix} ${at}`, ...more }]));

/** Plans an act on the aids whose external id begins so, without applying it. */
async function planned(catalogue: TestCatalogue, connector: string, begins: string, decide: (aid: CuratedAid) => Verdict) {
  const aids = (await flattened(catalogue.aids.curated({ connector }))).filter(({ externalId }) => externalId.startsWith(begins));
  const { plan } = await planActs(catalogue, marie, { connector, asked: { begins } }, [aids], decide);
  if (plan === null) throw new Error("nothing is planned");
  return plan.planId;
}

/** Returns the entries of the feed about jumps, newest first. */
async function jumpsIn(api: TestApi): Promise<readonly { readonly title: string; readonly text: string; readonly id: string }[]> {
  // Brings the index up to date, as the running API does by itself.
  await api.get("/api/aids/");
  const feed = parseDocument((await api.get("/api/changes.atom")).text, { xmlMode: true });
  return DomUtils.getElementsByTagName("entry", feed).flatMap((entry) => {
    const textOf = (name: string) => DomUtils.textContent(DomUtils.getElementsByTagName(name, entry));
    const isJump = DomUtils.getElementsByTagName("category", entry).some(({ attribs }) => attribs.term === "jump");
    return isJump ? [{ title: textOf("title"), text: textOf("content"), id: textOf("id") }] : [];
  });
}

async function world(database: TestedDatabase) {
  const catalogue = await newCatalogue(database);
  onTestFinished(() => catalogue.drop());
  // Published longer ago than jumps are reported.
  const before = new Date(testNow.getTime() - 90 * 86_400_000);
  await importPublished(catalogue, "agence", { ...many("une", 30), ...many("fermée", 10, { importShareLicence: "agreement" }) }, before);
  const api = await testApi(catalogue, { connectors: [connectorOf("agence", { name: "Agence de l’eau" })] });
  await api.get("/api/aids/");
  return { catalogue, api };
}

describe.each(testedDatabases)("jumps of the catalogue, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    test("a plan for more than a tenth of the public aids is announced while it waits, and reported when it is applied", async () => {
      const { catalogue, api } = await world(database);
      await planned(catalogue, "agence", "une1", (aid) =>
        decideEdit(aid, { values: { name: `${aid.externalId} bis` }, withdrawn: [] }, marie),
      );
      const first = await api.get("/api/changes.atom");
      expect((await jumpsIn(api)).map(({ title, text }) => [title, text])).toEqual([
        [
          "Saut du catalogue annoncé : Agence de l’eau",
          expect.stringContaining("0 aide ajoutée, 11 aides modifiées, 0 aide retirée. Ces changements attendent une décision"),
        ],
      ]);
      const held = { "if-none-match": first.headers.get("etag") ?? "" };
      expect((await api.get("/api/changes.atom", held)).status).toBe(304);

      const planId = await planned(catalogue, "agence", "une2", (aid) => decideWithdraw(aid, marie));
      expect((await api.get("/api/changes.atom", held)).status).toBe(200);
      const { resume } = (await api.get("/api/aids/?changed_since=2026-01-01&itemsPerPage=100")).json;
      await applyActs(catalogue, planId, marie, true);
      const [done] = (await jumpsIn(api)).filter(({ title }) => title.startsWith("Saut du catalogue fait"));
      expect(done).toEqual({
        title: "Saut du catalogue fait : Agence de l’eau",
        text: "Ces changements sont publiés (Agence de l’eau) : 0 aide ajoutée, 0 aide modifiée, 11 aides retirées.",
        id: `http://api.test/api/changes.atom#jump-${planId}-applied`,
      });
      expect((await api.get(resume)).json.results).toHaveLength(11);
      expect((await jumpsIn(api)).map(({ id }) => id)).toContain(`http://api.test/api/changes.atom#jump-${planId}`);
      expect(api.errors).toEqual([]);
    });

    test("smaller plans, and aids that nobody may read, announce nothing; a plan given up says so", async () => {
      const { catalogue, api } = await world(database);
      await planned(catalogue, "agence", "une0", (aid) => decideWithdraw(aid, marie));
      const closed = await planned(catalogue, "agence", "fermée", (aid) => decideWithdraw(aid, marie));
      expect(await jumpsIn(api)).toEqual([]);
      await applyActs(catalogue, closed, marie, true);
      expect(await jumpsIn(api)).toEqual([]);
      const planId = await planned(catalogue, "agence", "une1", (aid) => decideWithdraw(aid, marie));
      await catalogue.plans.close(planId, "discarded", { now: testNow, by: "marie" });
      expect((await jumpsIn(api)).map(({ title }) => title).sort()).toEqual([
        "Saut du catalogue abandonné : Agence de l’eau",
        "Saut du catalogue annoncé : Agence de l’eau",
      ]);
    });

    test("new aids are a jump when they are published, not when they are imported for review; a held run is announced", async () => {
      const { catalogue, api } = await world(database);
      const harvest = await newHarvest(catalogue);
      const feed = (title: string) =>
        Array.from({ length: 20 }, (_, id) => {
          const lien = `https://example.org/${id}`;
          return {
            id: `p${id}`,
            titre: `${title} ${id}`,
            texte: "<p>Un texte.</p>",
            lien,
            fin: "2027-03-31",
            rythme: "Ponctuelle",
            publics: "Communes",
          };
        });
      expect((await harvest.day(feed("Rénovation des écoles"))).outcome).toBe("applied");
      expect(await jumpsIn(api)).toEqual([]);
      const lacking = { contact: "<p>contact@exemple.fr</p>", aidTypes: ["technical-engineering"], mobilizationSteps: ["preop"] };
      const open = {
        categories: ["eau-potable"],
        financerSuggestion: "la région",
        perimeterSuggestion: "la région",
        importShareLicence: "openlicence20",
      };
      const edited = await planned(catalogue, harvest.connector, "", (aid) =>
        decideEdit(aid, { values: { ...lacking, ...open }, withdrawn: [] }, marie),
      );
      await applyActs(catalogue, edited, marie, true);
      await api.get("/api/aids/");
      const published = await planned(catalogue, harvest.connector, "", (aid) => decidePublish(aid, marie));
      expect((await jumpsIn(api)).map(({ text }) => text)).toEqual([expect.stringContaining("20 aides ajoutées, 0 aide modifiée")]);
      await applyActs(catalogue, published, marie, true);
      const report = await harvest.day(feed("Tout autre chose"));
      expect(report.outcome).toBe("held");
      const ids = async () => (await jumpsIn(api)).map(({ id }) => id.replace(/.*#/, ""));
      expect(await ids()).toEqual(expect.arrayContaining([`jump-${published}-applied`, `jump-${report.planId}`]));
      await applyHeld(catalogue, report);
      expect(await ids()).toContain(`jump-${report.planId}-applied`);
    });
  });
});
