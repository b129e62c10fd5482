import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTerritoryPackage } from "../../src/cli/operation/territory-package.ts";
import { makePersonPlan } from "../../src/curation/person-plan.ts";
import { applyActs } from "../../src/curation/plan-acts.ts";
import { type TerritoryUpdate, updateTerritories } from "../../src/curation/update-territories.ts";
import { runFixture } from "../../src/ingest/run-fixture.ts";
import type { AidContent } from "../../src/model/aid/aid.ts";
import { editionName, packEdition, type TerritoryLists, useEdition } from "../../src/model/territories/edition.ts";
import type { Perimeter, PerimeterRef } from "../../src/model/territories/perimeter.ts";
import { findPerimeter } from "../../src/model/territories/perimeters.ts";
import { territory } from "../../src/publish/api/parameters/read-values.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { marie } from "../support/curate.ts";
import { loadedConnector } from "../support/loaded-connectors.ts";
import { flattened } from "../support/made-aids.ts";
import { importPublished, publishable } from "../support/published-aids.ts";
import { realFeeds } from "../support/real-feeds.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";
import { twoEditions } from "../support/two-editions.ts";

const editions = hasSharedData ? twoEditions() : null;
const why = hasSharedData && editions === null ? " (skipped: the registry does not answer)" : whySkipped;
const keyOf = ({ scale, code }: PerimeterRef) => `${scale}:${code}`;

const [database] = testedDatabases.filter(({ skipped }) => !skipped);

/** The real files under the edition of a year, then under the next one. `made`: an aid in each territory that the next one changes. */
describe.skipIf(editions === null || database === undefined)(`two whole editions and the aids of the real files${why}`, () => {
  let catalogue: TestCatalogue;
  let update: TerritoryUpdate;
  const before = new Map<string, readonly Perimeter[]>();
  const after = new Map<string, readonly Perimeter[]>();

  beforeAll(async () => {
    if (database === undefined || editions === null) return;
    catalogue = await newCatalogue(database);
    const [old, next] = [await readTerritoryPackage(editions.old), await readTerritoryPackage(editions.next)];
    await startWith(old);
    expect(editionName()).toBe(old.name);
    for (const [connector, file] of Object.entries(realFeeds)) await importFile(connector, join(sharedData, file));
    const check = await updateTerritories(catalogue, marie, next, { isCheck: true });
    const made = check.changes.map(({ territory }) => territory);
    await importPublished(catalogue, "made", Object.fromEntries(made.map((one) => [keyOf(one), { ...publishable, perimeters: [one] }])));
    await remember(before);
    const later = { ...marie, now: new Date(marie.now.getTime() + 86_400_000) };
    update = await updateTerritories(catalogue, later, next);
    await applyActs(catalogue, update.plan?.planId ?? "", later, false);
    await catalogue.search.bringIn({ whole: true });
    await remember(after);
  }, 600_000);
  afterAll(async () => {
    useEdition(null);
    await catalogue?.drop();
  });

  async function startWith({ name, lists }: { readonly name: string; readonly lists: TerritoryLists }): Promise<void> {
    const none = (async function* () {
      yield { changes: [] };
    })();
    const request = { origin: "territories", connector: null, asked: { act: "territories", edition: name } } as const;
    const plan = await makePersonPlan(catalogue, marie, request, none, (planId) =>
      catalogue.territoryEditions.add(planId, { name, stamp: randomUUID(), packed: packEdition({ name, lists, former: [] }) }),
    );
    await applyActs(catalogue, plan.planId, marie, false);
    await catalogue.territoryEditions.refresh();
  }

  async function importFile(connector: string, file: string): Promise<void> {
    const { aids } = await runFixture(await loadedConnector(connector), file);
    const published = aids.filter(({ perimeters }) => perimeters.length > 0);
    const contents = published.map(({ externalId, perimeters }): [string, Partial<AidContent>] => [
      externalId,
      { ...publishable, perimeters },
    ]);
    if (contents.length > 0) await importPublished(catalogue, connector, Object.fromEntries(contents));
  }

  async function remember(where: Map<string, readonly Perimeter[]>): Promise<void> {
    for (const aid of await flattened(catalogue.aids.list())) where.set(`${aid.connector}/${aid.externalId}`, aid.perimeters);
  }

  it("finds every aid by every old and new code, in the search of the console and in the API", async () => {
    const wanted = new Map<string, Set<string>>();
    for (const codes of [before, after])
      for (const [aid, list] of codes) for (const one of list) wanted.set(keyOf(one), (wanted.get(keyOf(one)) ?? new Set()).add(aid));
    expect(before.size).toBeGreaterThan(1500);
    expect(editionName()).toBe("6.0.0");
    const missed: string[] = [];
    for (const [key, aids] of wanted) {
      const [scale, code = ""] = key.split(":");
      const asked = { scale: scale as PerimeterRef["scale"], code };
      const listed = await catalogue.search.list({ territories: [asked] }, { limit: 100_000, offset: 0 });
      const inConsole = new Set(listed.map(({ connector, externalId }) => `${connector}/${externalId}`));
      const published = await catalogue.published.matching(
        { licences: null, territories: [territory(key)] },
        listed.map(({ aidId }) => aidId),
      );
      const inApi = new Set(
        listed.flatMap(({ aidId, connector, externalId }) => (published.has(aidId) ? `${connector}/${externalId}` : [])),
      );
      for (const aid of aids) if (!inConsole.has(aid) || !inApi.has(aid)) missed.push(`${aid} in ${key}`);
    }
    expect(missed).toEqual([]);
  });

  it("knows every code of both editions, and what replaces those that are gone", () => {
    const lost = update.changes.filter(({ kind }) => kind === "lost").map(({ territory }) => keyOf(territory));
    expect(update.changes.filter(({ territory }) => findPerimeter(territory) === undefined)).toEqual([]);
    expect(lost).toEqual([]);
  });

  it("says how many aids of the real files and how many territories change", async () => {
    const kinds: Record<string, number> = {};
    for (const { kind } of update.changes) kinds[kind] = (kinds[kind] ?? 0) + 1;
    const real = [...before].filter(([aid, list]) => !aid.startsWith("made/") && JSON.stringify(list) !== JSON.stringify(after.get(aid)));
    expect({ kinds, aids: real.length }).toMatchInlineSnapshot(`
      {
        "aids": 0,
        "kinds": {
          "moved": 24,
          "reduced": 3,
          "renamed": 137,
          "replaced": 81,
        },
      }
    `);
  });
});
