import { describe, expect, it, onTestFinished } from "vitest";
import type { CuratedAid } from "../../../src/catalogue/aids/aid-repository.ts";
import { decideEdit } from "../../../src/curation/decide-edit.ts";
import { decidePublish } from "../../../src/curation/decide-status.ts";
import type { Verdict } from "../../../src/curation/persons-change.ts";
import { applyActs, planActs } from "../../../src/curation/plan-acts.ts";
import { accessOfKeys } from "../../../src/publish/api/access/access-of-keys.ts";
import { createLimits } from "../../../src/publish/api/access/limit.ts";
import { readApiSettings } from "../../../src/publish/api/api-settings.ts";
import { startApi } from "../../../src/publish/api/start-api.ts";
import { madeKey } from "../../support/api-keys.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { marie } from "../../support/curate.ts";
import { guardsOff, type Harvest, newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";

const many = 120;
/** What an aid needs for publication and these feeds lack. */
const lacking = {
  contact: "<p>contact@exemple.fr</p>",
  aidTypes: ["technical-engineering"],
  mobilizationSteps: ["preop"],
  categories: ["eau-potable"],
  financerSuggestion: "la région",
  perimeterSuggestion: "la région",
};

function record(id: number, fin = "2027-03-31") {
  const lien = `https://example.org/${id}`;
  return { id: `p${id}`, titre: `Aide ${id}`, texte: `<p>Texte ${id}.</p>`, lien, fin, rythme: "Ponctuelle", publics: "Communes" };
}
const records = (from: number, to: number, fin?: string) => Array.from({ length: to - from }, (_, place) => record(from + place, fin));

/** Applies a curator's act to all aids of a connector that allow it. */
async function actOnAll(catalogue: TestCatalogue, connector: string, decide: (aid: CuratedAid) => Verdict): Promise<void> {
  const { plan } = await planActs(catalogue, marie, { connector, asked: {} }, catalogue.aids.curated({ connector }), decide);
  if (plan !== null) await applyActs(catalogue, plan.planId, marie, true);
}

async function publishAll(catalogue: TestCatalogue, connector: string): Promise<void> {
  await actOnAll(catalogue, connector, (aid) => decideEdit(aid, { values: lacking, withdrawn: [] }, marie));
  await actOnAll(catalogue, connector, (aid) => decidePublish(aid, marie));
}

/** Runs a nightly import, `day` days after the first, as another process with its own connection. */
async function night(catalogue: TestCatalogue, harvest: Harvest, day: number, feed: readonly object[]): Promise<void> {
  const clock = { now: () => new Date(testNow.getTime() + day * 86_400_000), fixed: null, elapsed: () => performance.now() };
  const { outcome } = await harvest.day(feed, {}, { catalogue: await catalogue.again(), clock });
  expect(outcome).toBe("applied");
}

/** Waits for the index, which is slightly later than the catalogue after a night of thousands of changes. */
async function listsAreUp(catalogue: TestCatalogue): Promise<void> {
  while ((await catalogue.search.behind()) > 0) await catalogue.search.catchUp();
}

interface Page {
  readonly count: number;
  readonly next: string | null;
  readonly results: readonly { readonly name: string; readonly id: number }[];
}

/** Reads all pages as a client that only knows Aides-territoires' API. `between`: called after each page. */
async function readAsAidesTerritoires(url: string, key: string, between: (page: number) => Promise<unknown>): Promise<readonly Page[]> {
  const exchanged = await fetch(`${url}/api/connexion/`, { method: "POST", headers: { "X-AUTH-TOKEN": key } });
  const { token } = (await exchanged.json()) as { token: string };
  const headers = { accept: "application/json", authorization: `Bearer ${token}` };
  const pages: Page[] = [];
  for (let next: string | null = `${url}/api/aids/?itemsPerPage=10`; next !== null; next = pages.at(-1)?.next ?? null) {
    const answer: Response = await fetch(next, { headers });
    expect(answer.status, next).toBe(200);
    pages.push((await answer.json()) as Page);
    await between(pages.length);
  }
  return pages;
}

describe.each(testedDatabases)("a client of Aides-territoires' API, $title", (database) => {
  it.skipIf(database.skipped)(
    "reads all aids once while nightly runs change, withdraw and create",
    async () => {
      const catalogue = await newCatalogue(database);
      const [one, other] = [await newHarvest(catalogue, { guards: guardsOff }), await newHarvest(catalogue, { guards: guardsOff })];
      await night(catalogue, one, 0, records(0, many));
      await night(catalogue, other, 0, records(1000, 1000 + many));
      for (const { connector } of [one, other]) await publishAll(catalogue, connector);
      // The last 20 of the first connector are missing twice, so the next night withdraws them.
      for (const day of [3, 6]) await night(catalogue, one, day, records(0, many - 20, `2027-04-0${day}`));

      const clock = { now: () => testNow, fixed: null, elapsed: () => performance.now() };
      const logger = { error: (what: object) => expect.fail(JSON.stringify(what)) };
      const accessOf = accessOfKeys({ apiTokens: catalogue.apiTokens, clock, limits: createLimits() });
      const settings = { ...readApiSettings({}), port: 0 };
      const api = await startApi({ catalogue: await catalogue.again(), clock, logger, connectors: async () => [], settings, accessOf });
      onTestFinished(async () => {
        await api.close();
        await catalogue.drop();
      });
      const { key } = await madeKey(catalogue);

      await listsAreUp(catalogue);
      let nights: Promise<unknown> = Promise.resolve();
      const pages = await readAsAidesTerritoires(api.url, key, async (page) => {
        if (page === 2) {
          nights = Promise.all([
            night(catalogue, one, 12, [...records(0, many - 20, "2027-05-31"), ...records(500, 530)]),
            night(catalogue, other, 12, [...records(1000, 1000 + many, "2027-06-30"), ...records(1500, 1530)]),
          ]);
        }
        // The night ends, and its new aids are published, before the walk ends.
        if (page === 8) await nights;
        if (page === 9) await publishAll(catalogue, one.connector);
      });

      const read = pages.flatMap(({ results }) => results);
      expect(new Set(read.map(({ id }) => id)).size).toBe(read.length);
      const names = new Set(read.map(({ name }) => name));
      const throughout = [...records(0, many - 20), ...records(1000, 1000 + many)].map(({ titre }) => titre);
      expect(throughout.filter((name) => !names.has(name))).toEqual([]);
      expect(pages.length).toBeGreaterThan(20);

      await listsAreUp(catalogue);
      const after = await readAsAidesTerritoires(api.url, key, async () => undefined);
      const live = [...throughout, ...records(500, 530).map(({ titre }) => titre)];
      expect(after.flatMap(({ results }) => results.map(({ name }) => name)).sort()).toEqual(live.sort());
    },
    120_000,
  );
});
