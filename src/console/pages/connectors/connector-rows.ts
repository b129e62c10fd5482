import type { ConnectorStanding, ConnectorTrend } from "../../../catalogue/runs/night-repository.ts";
import type { Pause } from "../../../catalogue/runs/pause-repository.ts";
import type { ConnectorState } from "../../../french/connectors.ts";
import { french } from "../../../french/typography.ts";
import { unreadConnectors } from "../../../jobs/digest/unread-connectors.ts";
import { nextDue } from "../../../jobs/schedule/due.ts";
import { missingAddress } from "../../../jobs/schedule/missing-address.ts";
import type { Connector } from "../../../kit/definition.ts";
import type { RefusedFile } from "../../../model/run/digest.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import { CannotDo, NotFound } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";

/** A connector as lists show it. */
export interface ConnectorRow {
  readonly id: string;
  /** Its name; the id where there is no definition that can be read. */
  readonly publisher: string;
  /** Null where there is none, as of what follows. */
  readonly definition: Connector | null;
  readonly state: ConnectorState;
  readonly pause: Pause | null;
  /** What is wrong in its definition. */
  readonly refused: RefusedFile | null;
  /** Null: it never ran. */
  readonly standing: ConnectorStanding | null;
  /** When it runs next by itself; null: not by itself. */
  readonly next: Date | null;
  /** It has no address yet: the setting that is to hold it. */
  readonly missing: string | null;
}

/** All connectors, and what is wrong beside them. */
export interface ConnectorRows {
  readonly rows: readonly ConnectorRow[];
  /** Files of all connectors that are refused: nothing is collected before they are mended. */
  readonly sharedProblems: readonly RefusedFile[];
}

const read = new WeakMap<Visit, Promise<ConnectorRows>>();

/** All connectors, by id: those that run, those whose definition is refused, and those that have brought aids and have no definition any more. Read once a visit. */
export function readConnectorRows(visit: Visit): Promise<ConnectorRows> {
  const known = read.get(visit) ?? readNow(visit);
  read.set(visit, known);
  return known;
}

async function readNow({ catalogue, console: { jobs }, now }: Visit): Promise<ConnectorRows> {
  const [registry, found, pauses] = await Promise.all([jobs.registry(), catalogue.night.standings(), catalogue.pauses.list()]);
  const standings = new Map(found.map((standing) => [standing.connector, standing]));
  const pauseOf = new Map(pauses.map((pause) => [pause.connector, pause]));
  const { refusedFiles } = unreadConnectors(registry, []);
  const shared = refusedFiles.filter(({ connector }) => connector === null);
  const refused = new Map(refusedFiles.flatMap((file) => (file.connector === null || file.isRun ? [] : [[file.connector, file] as const])));
  const rows = new Map<string, ConnectorRow>();
  for (const { definition } of registry.connectors) {
    const { id, publisher, state } = definition;
    const pause = pauseOf.get(id) ?? null;
    const missing = missingAddress(definition, jobs.services.environment);
    rows.set(id, {
      id,
      publisher: publisher.name,
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
    const of = { id, publisher: id, definition: null, pause: pauseOf.get(id) ?? null, standing, next: null, missing: null };
    rows.set(id, { ...of, refused: refused.get(id) ?? null, state: refused.has(id) ? "refused" : "gone" });
  }
  return { rows: [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), sharedProblems: shared };
}

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

/** The connector of the address. @throws NotFound */
export async function connectorRowOf(visit: Visit): Promise<ConnectorRow> {
  const id = param(visit, "connecteur");
  const row = (await readConnectorRows(visit)).rows.find((one) => one.id === id);
  if (row === undefined) throw new NotFound("Ce connecteur n’existe pas, ou n’existe plus.");
  return row;
}

/** The connector of the address, as it runs. @throws NotFound, CannotDo where its definition cannot be read */
export async function loadedConnectorOf(visit: Visit): Promise<LoadedConnector> {
  const { id } = await connectorRowOf(visit);
  const loaded = (await visit.console.jobs.connectors()).find(({ definition }) => definition.id === id);
  if (loaded === undefined)
    throw new CannotDo(french`La définition de ce connecteur ne peut pas être lue : corrigez-la d'abord, puis recommencez.`);
  return loaded;
}
