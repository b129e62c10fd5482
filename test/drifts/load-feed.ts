import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import { fixturesOf } from "../../src/survey/write/check-fixtures.ts";
import { feedRows, type Row } from "../real-files/feed-rows.ts";
import { workbookRows } from "../real-files/workbook-rows.ts";
import { loadedConnector } from "../support/loaded-connectors.ts";
import { realFeeds } from "../support/real-feeds.ts";
import { hasSharedData, sharedData } from "../support/shared-data.ts";
import { type DriftFeed, driftFeed, type FeedFacts } from "./drift-feed.ts";
import { withSeries } from "./series.ts";
import { daysAfter } from "./written-date.ts";

/** A feed with its connector, which can be drifted and written again. */
export interface LoadedFeed {
  readonly id: string;
  readonly connector: LoadedConnector;
  readonly feed: DriftFeed;
  /** The clean file as its publisher wrote it. */
  readonly file: string;
  /** Returns a file with these records in the format of the feed. */
  write(rows: readonly Row[]): Promise<string | Buffer>;
}

/** Feeds of the table, by connector. */
export const driftedFeeds: Readonly<Record<string, FeedFacts & { readonly series?: string }>> = {
  "aggregateur-aap": { day: "2026-01-03", france: ["perimetre_geo", "France"] },
  "aides-territoires": { day: "2021-11-15", france: ["perimeter", "France"] },
  "eu-funding-tenders": { day: "2026-08-14", series: "eu_grants", language: "en" },
  "horizon-europe-calls": { day: "2023-05-05", language: "en" },
  "ile-de-france-open-data": { day: "2026-01-03" },
  "tee-programmes": { day: "2025-10-06", france: ["conditions d'éligibilité.secteur géographique", ["France et territoires d'outre-mer"]] },
  "transition-ecologique-entreprises": { day: "2025-10-07", france: ["eligibilite_geographique", "PAYS-99100"] },
  "departement-manche": { day: "2023-08-04" },
  "ademe-agir": { day: "2023-01-09", france: ["couverture_geo.code", "1"] },
};

/** Loads a feed of the table: its real file, or its first fixture if the shared data is missing. */
export async function loadFeed(id: string): Promise<LoadedFeed> {
  const facts = driftedFeeds[id];
  if (facts === undefined) throw new Error(`no feed ${id}; there are ${Object.keys(driftedFeeds).join(", ")}`);
  const loaded = await loadedConnector(id);
  const connector = { ...loaded, definition: { ...loaded.definition, state: "active" as const } };
  const file = hasSharedData ? join(sharedData, realFeeds[id] ?? "") : ((await fixturesOf(loaded)).fixtures[0]?.feed ?? "");
  const { rows, write } = await rowsOf(file, connector);
  const older = hasSharedData && facts.series !== undefined ? await olderRows(facts.series, facts.day, connector) : undefined;
  return { id, connector, file, feed: driftFeed(connector, rows, facts, older), write: async (changed) => write(changed) };
}

async function rowsOf(file: string, { definition: { decode } }: LoadedConnector) {
  const bytes = await readFile(file);
  return decode.format === "excel"
    ? workbookRows(bytes, decode)
    : feedRows(bytes.toString("utf8"), extname(file) === ".csv" ? file : "feed.json");
}

/** Returns the records of the last version that is at least two weeks older than a day. */
async function olderRows(series: string, day: string, connector: LoadedConnector): Promise<readonly Row[]> {
  return withSeries(series, async (versions) => {
    const before = versions.filter(({ at }) => at.toISOString().slice(0, 10) <= daysAfter(day, -14)).at(-1);
    if (before === undefined) throw new Error(`the series ${series} begins later`);
    return (await rowsOf(before.path, connector)).rows;
  });
}
