import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AidRevision } from "../../src/catalogue/aids/history-repository.ts";
import { embedded, newCatalogue, postgresql, type TestCatalogue } from "../support/catalogues.ts";
import { propertyRuns, runsFactor } from "../support/property-runs.ts";
import { type Act, anything, beginning, some } from "./any-act.ts";
import { known } from "./expected-history.ts";
import { History } from "./history-commands.ts";

let histories = 0;

describe.skipIf(postgresql.skipped)(`the same history, embedded and on ${postgresql.title}`, () => {
  const catalogues: TestCatalogue[] = [];
  beforeAll(async () => {
    for (const database of [embedded, postgresql]) catalogues.push(await newCatalogue(database));
  });
  afterAll(async () => {
    for (const catalogue of catalogues) await catalogue.drop();
  });

  it("gives the same catalogue: ids, every byte of the export, every layer and every revision", {
    timeout: 120_000 * Math.max(1, runsFactor),
  }, async () => {
    await fc.assert(
      fc.asyncProperty(some(anything, 6, 10), async (acts) => {
        const connector = `region-exemple-${++histories}`;
        const [one, other] = await Promise.all(catalogues.map((catalogue) => lived(catalogue, connector, [...beginning, ...acts])));
        expect(other).toEqual(one);
      }),
      { numRuns: propertyRuns(10) },
    );
  });
});

/** Returns what a history leaves in a catalogue, without the random ids of runs and plans. */
async function lived(catalogue: TestCatalogue, connector: string, acts: readonly Act[]) {
  const history = await History.begin(catalogue, { id: connector });
  const steps = await history.liveAll(acts);
  const revisions: Record<string, unknown> = {};
  for (const aidId of (await history.world()).keys()) revisions[aidId] = (await catalogue.history.list(aidId)).map(idless);
  return {
    said: steps.map(({ report, written, undone }) => [
      report?.outcome,
      report?.counts,
      report?.guards,
      report?.remarks,
      written,
      undone?.spared,
    ]),
    exported: await history.harvest.exported(),
    aids: known(await history.world()),
    revisions,
  };
}

function idless({ runId: _, planId: __, fields, ...revision }: AidRevision): unknown {
  return { ...revision, fields: JSON.parse(JSON.stringify(fields, (key, value) => (key === "runId" ? null : value))) };
}
