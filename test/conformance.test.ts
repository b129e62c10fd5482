import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runIngestion } from "../src/ingest/run.ts";
import type { LoadedConnector } from "../src/kit/loaded-connector.ts";
import type { TableLookup } from "../src/kit/rules/rule-context.ts";
import { type Aid, aidFields } from "../src/model/aid/aid.ts";
import { canonicalAid } from "../src/model/aid/canonical-aid.ts";
import { readConnectors } from "../src/registry/load-connectors.ts";
import { describeProblem } from "../src/registry/registry-error.ts";
import { filesOf } from "../src/registry/terms/load-term-files.ts";
import { fixturesOf } from "../src/survey/write/check-fixtures.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "./support/catalogues.ts";
import { guardsOff, rowsOf } from "./support/harvest.ts";
import { projectRoot } from "./support/loaded-connectors.ts";
import { flattened } from "./support/made-aids.ts";
import { testServices } from "./support/test-services.ts";

/** Checks for every connector, including new ones. */
const { connectors, problems } = await readConnectors([projectRoot]);

it("every file of connectors/ loads, and every folder of mappings/ and fixtures/ belongs to a connector", () => {
  expect(problems.map(describeProblem)).toEqual([]);
  const ids = connectors.map(({ definition }) => definition.id);
  const files = readdirSync(join(projectRoot, "connectors")).filter((name) => name.endsWith(".ts"));
  expect(files.map((name) => name.slice(0, -3)).sort()).toEqual([...ids].sort());
  for (const folder of ["mappings", "fixtures"]) {
    const owners = readdirSync(join(projectRoot, folder)).filter((name) => name !== "shared");
    expect(ids).toEqual(expect.arrayContaining(owners));
  }
});

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`every connector, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    async function aidsOf(connector: string): Promise<Aid[]> {
      return flattened(catalogue.aids.list({ connector }));
    }

    for (const connector of connectors) {
      const { id } = connector.definition;

      it(`${id} keeps its promises`, async () => {
        const { fixtures } = await fixturesOf(connector);
        expect(fixtures.length).toBeGreaterThan(0);
        const { heard, listening } = listenToTerms(withoutGuards(connector));

        for (const { feed: file } of fixtures) {
          const name = basename(file);
          const services = testServices(catalogue);
          const first = await runIngestion(listening, services, { file });
          expect(first, `${name} runs`).toMatchObject({ error: null, guards: [] });
          expect(["applied", "applied-with-rejects"], name).toContain(first.outcome);
          expect(first.unreadFields, `${name}: fields that are neither read nor ignored`).toEqual([]);

          const aids = await aidsOf(id);
          expect(first.counts.created + first.counts.updated + first.counts.unchanged).toBe(first.counts.valid);
          expect(new Set(aids.map(({ externalId }) => externalId)).size).toBe(aids.length);
          expect(new Set(aids.map(({ aidId }) => aidId)).size).toBe(aids.length);
          for (const aid of aids) expectSound(aid);

          const rows = await rowsOf(catalogue, id);
          for (const force of [false, true]) {
            const again = await runIngestion(connector, services, { file, force });
            expect(again, `${name} a second time, force ${force}`).toMatchObject({ outcome: "unchanged", issues: first.issues });
            expect(again.counts).toEqual({ ...first.counts, created: 0, updated: 0, unchanged: first.counts.valid });
            expect(await rowsOf(catalogue, id), `${name} a second time, force ${force}`).toEqual(rows);
          }
        }

        const termFiles = (await filesOf(join(projectRoot, "mappings", id))).map((file) => basename(file, ".csv"));
        expect(
          termFiles.filter((file) => !heard.has(file)),
          "term files that no record of a fixture meets",
        ).toEqual([]);
      });
    }

    it("both manual templates, CSV and Excel, give the same aids", async () => {
      const [csv = [], xlsx] = await Promise.all(
        ["modele-csv", "modele-xlsx"].map(async (id) => {
          const connector = connectors.find(({ definition }) => definition.id === id);
          if (connector === undefined) throw new Error(`no connector ${id}`);
          for (const { feed } of (await fixturesOf(connector)).fixtures)
            await runIngestion(connector, testServices(catalogue), { file: feed });
          return withoutIdentity(await aidsOf(id));
        }),
      );
      expect(csv.length).toBeGreaterThan(0);
      expect(csv).toEqual(xlsx);
    });
  });
}

/**
 * Removes the guards, because fixtures are different feeds and not versions of one. A draft counts as active, because its first run is
 * held.
 */
function withoutGuards(connector: LoadedConnector): LoadedConnector {
  return { ...connector, definition: { ...connector.definition, state: "active", guards: guardsOff } };
}

/** Returns the connector, and the term files that contained words of its feed. */
function listenToTerms(connector: LoadedConnector): { listening: LoadedConnector; heard: Set<string> } {
  const heard = new Set<string>();
  const terms: TableLookup = {
    ...connector.terms,
    targetsOf: (file, term) => {
      const targets = connector.terms.targetsOf(file, term);
      if (targets !== undefined) heard.add(file);
      return targets;
    },
  };
  return { listening: { ...connector, terms }, heard };
}

/** Expects valid links and calendar dates. */
function expectSound(aid: Aid): void {
  for (const field of aidFields) {
    const value = aid[field];
    if (typeof value !== "string") continue;
    if (/url$/i.test(field)) expect(new URL(value).protocol, `${aid.externalId} ${field}`).toMatch(/^https?:$/);
    if (/date$|deadline$/i.test(field)) {
      const day = new Date(`${value}T00:00:00Z`);
      expect(day.toISOString().slice(0, 10), `${aid.externalId} ${field}`).toBe(value);
    }
  }
}

function withoutIdentity(aids: readonly Aid[]): Record<string, unknown>[] {
  return aids.map((aid) => {
    const { aidId: _, connector: __, ...rest } = canonicalAid(aid);
    return rest;
  });
}
