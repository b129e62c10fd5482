import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LoadedConnector } from "../../src/registry/load-connectors.ts";
import type { TestCatalogue } from "../support/catalogues.ts";
import { type Bench, benchOf } from "./bench.ts";
import { dayOutcomes } from "./cases/days.ts";
import { servedCases } from "./cases/served.ts";
import { corpus } from "./corpus.ts";
import { doesNotApply } from "./edge-case.ts";
import { lifeOf } from "./life.ts";
import type { Loopback } from "./loopback.ts";
import { servedFeed } from "./served-feed.ts";

/** The outcomes of all cases for one connector. */
export interface Outcomes {
  readonly connector: string;
  /** Outcome in words, by case. */
  readonly cells: ReadonlyMap<string, string>;
  /** Broken promises, each with its case. */
  readonly broken: readonly string[];
  readonly bench: Bench;
}

/** Runs every case that needs no server through decode, map and validate. A case without a place in the first scenario uses a later one. */
export function readOutcomes(connector: LoadedConnector): Promise<Outcomes> {
  return onBench(connector, async (bench, cells, folder) => {
    const benches: Bench[] = [bench];
    for (let next = await benchOf(connector, folder, 1); next !== null; next = await benchOf(connector, folder, benches.length))
      benches.push(next);
    for (const { name, outcome } of corpus) {
      for (const one of benches) {
        const words = await outcome(one);
        const hasPlace = !words.startsWith(doesNotApply(""));
        if (hasPlace || one === bench) cells.set(name, words);
        if (hasPlace) break;
      }
    }
    bench.broken.push(...benches.slice(1).flatMap(({ broken }) => broken));
  });
}

/** Runs every case that needs a server, from fetch to catalogue. */
export function servedOutcomes(connector: LoadedConnector, catalogue: TestCatalogue, server: Loopback): Promise<Outcomes> {
  return onBench(connector, async (bench, cells) => {
    const served = await servedFeed(bench, catalogue, server);
    for (const one of servedCases) cells.set(one.name, await one.outcome(served));
  });
}

/** Imports a connector's feed day after day, with changes by publishers and curators in between. */
export function dayByDayOutcomes(connector: LoadedConnector, catalogue: TestCatalogue, server: Loopback): Promise<Outcomes> {
  return onBench(connector, async (bench, cells) => {
    for (const [name, words] of await dayOutcomes(lifeOf(bench, catalogue, server))) cells.set(name, words);
  });
}

async function onBench(
  connector: LoadedConnector,
  run: (bench: Bench, cells: Map<string, string>, folder: string) => Promise<void>,
): Promise<Outcomes> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-edge-cases-"));
  try {
    const bench = await benchOf(connector, folder);
    if (bench === null) throw new Error(`${connector.definition.id} has no fixture`);
    const cells = new Map<string, string>();
    await run(bench, cells, folder);
    return { connector: connector.definition.id, cells, broken: [...new Set(bench.broken)], bench };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
