import type { ConnectorTrend } from "../../../catalogue/runs/night-repository.ts";
import type { Visit } from "../../visit.ts";
import type { ConnectorRow } from "./read-rows.ts";

/** Runs of a trend. */
export const trendRuns = 30;

/** A connector with how its last runs went. */
export interface ConnectorWithTrend extends ConnectorRow {
  readonly trend: ConnectorTrend;
}

const never: ConnectorTrend = { outcomes: [], received: null, created: null, updated: null, withdrawn: null };

/** Reads how the last runs of these connectors went: of those that a page shows, not of all. */
export async function withTrends({ catalogue }: Visit, rows: readonly ConnectorRow[]): Promise<readonly ConnectorWithTrend[]> {
  const ids = rows.map(({ id }) => id);
  const trends = await catalogue.night.trends(ids, trendRuns);
  return rows.map((row) => ({ ...row, trend: trends.get(row.id) ?? never }));
}
