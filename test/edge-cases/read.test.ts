import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runFixture } from "../../src/ingest/run-fixture.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import { loadedConnectors } from "../support/loaded-connectors.ts";
import type { Harness } from "./harness.ts";
import { type Outcomes, readOutcomes } from "./outcomes.ts";
import { tableOf, tables } from "./outcomes-table.ts";
import { testDay } from "./promises.ts";

const connectors = await loadedConnectors();

describe("edge cases in the feed of every connector", () => {
  // Fakes only the date: if a result contains it, the code has read the clock.
  beforeAll(() => void vi.useFakeTimers({ toFake: ["Date"], now: new Date(`${testDay}T10:00:00Z`) }));
  afterAll(() => void vi.useRealTimers());

  const known = new Map<string, Promise<Outcomes>>();
  const outcomes = (connector: LoadedConnector): Promise<Outcomes> => {
    const { id } = connector.definition;
    const found = known.get(id) ?? readOutcomes(connector);
    known.set(id, found);
    return found;
  };

  for (const connector of connectors) {
    it(`${connector.definition.id}: no case crashes, loses or invents data, or lets unsafe markup through`, async () => {
      const { broken, harness } = await outcomes(connector);
      expect(await rewrittenOtherwise(harness), "the feed, written again by this test").toEqual([]);
      expect(broken).toEqual([]);
    });
  }

  it("matches read-outcomes.md (npx tsx test/support/update-edge-cases.ts writes it)", { timeout: 300_000 }, async () => {
    const all: Outcomes[] = [];
    for (const connector of connectors) all.push(await outcomes(connector));
    expect(tableOf(all)).toBe(await readFile(tables.read, "utf8"));
  });
});

/** Returns the identifiers of aids that differ although their records were only written again. With such aids, the cases would prove nothing. */
async function rewrittenOtherwise({ connector, feed, plain }: Harness): Promise<string[]> {
  const { aids } = await runFixture(connector, feed.file);
  const again = new Map(plain.fates.flatMap((fate) => (fate.kind === "kept" ? [[fate.externalId, fate.content] as const] : [])));
  return aids.flatMap(({ externalId, ...content }) => (isDeepStrictEqual(again.get(externalId), content) ? [] : [externalId]));
}
