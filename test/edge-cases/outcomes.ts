import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import type { TestCatalogue } from "../support/catalogues.ts";
import { dateCases } from "./cases/dates.ts";
import { dayOutcomes } from "./cases/days.ts";
import { identifierCases } from "./cases/identifiers.ts";
import { linkCases } from "./cases/links.ts";
import { organisationAndPlaceCases } from "./cases/organisations-and-places.ts";
import { servedCases } from "./cases/served.ts";
import { textCases } from "./cases/texts.ts";
import { titleCases } from "./cases/titles.ts";
import { wholeFeedCases } from "./cases/whole-feeds.ts";
import { wordCases } from "./cases/words.ts";
import { doesNotApply, type EdgeCase } from "./edge-case.ts";
import { type Harness, harnessOf } from "./harness.ts";
import { lifeOf } from "./life.ts";
import type { Loopback } from "./loopback.ts";
import { servedFeed } from "./served-feed.ts";

/** All cases that need only one run. */
const corpus: readonly EdgeCase[] = [
  ...wholeFeedCases,
  ...identifierCases,
  ...titleCases,
  ...dateCases,
  ...wordCases,
  ...textCases,
  ...linkCases,
  ...organisationAndPlaceCases,
];

/** The outcomes of all cases for one connector. */
export interface Outcomes {
  readonly connector: string;
  /** Outcome in words, by case. */
  readonly cells: ReadonlyMap<string, string>;
  /** Broken promises, each with its case. */
  readonly broken: readonly string[];
  readonly harness: Harness;
}

/** Runs every case that needs no server through decode, map and validate. A case without a place in the first scenario uses a later one. */
export function readOutcomes(connector: LoadedConnector): Promise<Outcomes> {
  return withHarness(connector, async (harness, cells, folder) => {
    const harnesses: Harness[] = [harness];
    for (let next = await harnessOf(connector, folder, 1); next !== null; next = await harnessOf(connector, folder, harnesses.length))
      harnesses.push(next);
    for (const { name, outcome } of corpus) {
      for (const one of harnesses) {
        const words = await outcome(one);
        const hasPlace = !words.startsWith(doesNotApply(""));
        if (hasPlace || one === harness) cells.set(name, words);
        if (hasPlace) break;
      }
    }
    harness.broken.push(...harnesses.slice(1).flatMap(({ broken }) => broken));
  });
}

/** Runs every case that needs a server, from fetch to catalogue. */
export function servedOutcomes(connector: LoadedConnector, catalogue: TestCatalogue, server: Loopback): Promise<Outcomes> {
  return withHarness(connector, async (harness, cells) => {
    const served = await servedFeed(harness, catalogue, server);
    for (const one of servedCases) cells.set(one.name, await one.outcome(served));
  });
}

/** Imports a connector's feed day after day, with changes by publishers and curators in between. */
export function dayByDayOutcomes(connector: LoadedConnector, catalogue: TestCatalogue, server: Loopback): Promise<Outcomes> {
  return withHarness(connector, async (harness, cells) => {
    for (const [name, words] of await dayOutcomes(lifeOf(harness, catalogue, server))) cells.set(name, words);
  });
}

async function withHarness(
  connector: LoadedConnector,
  run: (harness: Harness, cells: Map<string, string>, folder: string) => Promise<void>,
): Promise<Outcomes> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-edge-cases-"));
  try {
    const harness = await harnessOf(connector, folder);
    if (harness === null) throw new Error(`${connector.definition.id} has no fixture`);
    const cells = new Map<string, string>();
    await run(harness, cells, folder);
    return { connector: connector.definition.id, cells, broken: [...new Set(harness.broken)], harness };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
