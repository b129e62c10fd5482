import type { ConnectorStatus, ConnectorTrend } from "../../../catalogue/runs/overview-repository.ts";
import type { Pause } from "../../../catalogue/runs/schedule-repository.ts";
import type { ConnectorState } from "../../../french/connectors.ts";
import { french } from "../../../french/typography.ts";
import { unreadConnectors } from "../../../jobs/morning/unread-connectors.ts";
import { nextDue } from "../../../jobs/schedule/due.ts";
import { missingAddress } from "../../../jobs/schedule/missing-variables.ts";
import type { Connector } from "../../../kit/definition.ts";
import type { LoadedConnector } from "../../../kit/loaded-connector.ts";
import type { RefusedFile } from "../../../model/run/digest.ts";
import { connectorNames } from "../../../registry/connector-names.ts";
import { CannotDo, NotFound } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";

/** A row of the list of connectors. */
export interface ConnectorRow {
  readonly id: string;
  /** Display name, unique among all connectors; the id if its definition cannot be read. */
  readonly name: string;
  /** Null if it cannot be read. */
  readonly definition: Connector | null;
  readonly state: ConnectorState;
  readonly pause: Pause | null;
  /** Problems of its definition, if it is refused. */
  readonly refused: RefusedFile | null;
  /** Null if it never ran. */
  readonly standing: ConnectorStatus | null;
  /** Next scheduled run, or null. */
  readonly next: Date | null;
  /** Name of the setting for its address if that setting is missing; else null. */
  readonly missing: string | null;
}

const read = new WeakMap<Visit, ReturnType<typeof readNow>>();

/** Reads all connectors, sorted by id, including refused ones, and removed ones that still have aids. Reads them once per request. */
export function readConnectorRows(visit: Visit): ReturnType<typeof readNow> {
  const known = read.get(visit) ?? readNow(visit);
  read.set(visit, known);
  return known;
}

/** Reads all connectors, or only `one`. `sharedProblems`: refused files that all share; no run starts until they are corrected. */
async function readNow({ catalogue, console: { jobs }, now }: Visit, one?: string) {
  const [registry, found, pauses] = await Promise.all([jobs.registry(), catalogue.overview.statuses(one), catalogue.schedule.pauses()]);
  const standings = new Map(found.map((standing) => [standing.connector, standing]));
  const pauseOf = new Map(pauses.map((pause) => [pause.connector, pause]));
  const { refusedFiles } = unreadConnectors(registry, []);
  const shared = refusedFiles.filter(({ connector }) => connector === null);
  const refused = new Map(refusedFiles.flatMap((file) => (file.connector === null || file.isRun ? [] : [[file.connector, file] as const])));
  const names = connectorNames(registry.connectors);
  const rows = new Map<string, ConnectorRow>();
  for (const { definition } of registry.connectors) {
    const { id, state } = definition;
    if (one !== undefined && id !== one) continue;
    const pause = pauseOf.get(id) ?? null;
    const missing = missingAddress(definition, jobs.services.environment);
    rows.set(id, {
      id,
      name: names.get(id) ?? id,
      definition,
      state: state === "active" && pause !== null ? "halted" : state,
      pause,
      refused: null,
      standing: standings.get(id) ?? null,
      next: pause === null && missing === null ? nextDue(definition, now) : null,
      missing,
    });
  }
  const unread = [...refused.keys(), ...(shared.length > 0 ? [] : standings.keys())].filter((id) => !rows.has(id));
  for (const id of unread) {
    const standing = standings.get(id) ?? null;
    const known = { id, name: id, definition: null, pause: pauseOf.get(id) ?? null, standing, next: null, missing: null };
    rows.set(id, { ...known, refused: refused.get(id) ?? null, state: refused.has(id) ? "refused" : "gone" });
  }
  return { rows: [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), sharedProblems: shared };
}

/** Number of runs in a trend. */
export const trendRuns = 30;

/** A connector with the trend of its last runs. */
export interface ConnectorWithTrend extends ConnectorRow {
  readonly trend: ConnectorTrend;
}

const never: ConnectorTrend = {
  outcomes: [],
  received: null,
  rejected: null,
  created: null,
  updated: null,
  withdrawn: null,
  warnings: null,
};

/** Reads the trends of the connectors that a page shows. */
export async function withTrends({ catalogue }: Visit, rows: readonly ConnectorRow[]): Promise<readonly ConnectorWithTrend[]> {
  const ids = rows.map(({ id }) => id);
  const trends = await catalogue.overview.trends(ids, trendRuns);
  return rows.map((row) => ({ ...row, trend: trends.get(row.id) ?? never }));
}

/** Returns the connector that the path names. Throws `NotFound`. */
export async function connectorRowOf(visit: Visit): Promise<ConnectorRow> {
  const id = param(visit, "connecteur");
  const { rows } = await (read.get(visit) ?? readNow(visit, id));
  const row = rows.find((one) => one.id === id);
  if (row === undefined) throw new NotFound("Ce connecteur n’existe pas, ou n’existe plus.");
  return row;
}

/** Returns the loaded connector that the path names. Throws `NotFound`, or `CannotDo` if its definition cannot be read. */
export async function loadedConnectorOf(visit: Visit): Promise<LoadedConnector> {
  const { id } = await connectorRowOf(visit);
  const loaded = (await visit.console.jobs.connectors()).find(({ definition }) => definition.id === id);
  if (loaded === undefined)
    throw new CannotDo(french`La définition de ce connecteur ne peut pas être lue : corrigez-la d'abord, puis recommencez.`);
  return loaded;
}
