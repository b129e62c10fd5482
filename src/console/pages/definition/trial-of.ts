import type { RunRecord } from "../../../catalogue/runs/run-repository.ts";
import type { ConnectorVersion } from "../../../model/run/connector-version.ts";
import { NotFound } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";

/** A change that is tried: what it is, and the run that tries it. */
export interface TrialView {
  readonly trial: ConnectorVersion;
  readonly run: RunRecord;
  /** Under which it is kept: see `ConnectorVersionRepository.trial`. */
  readonly number: number;
  /** The version that counted when it was made; 0 where there was none. */
  readonly after: number;
}

const isUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The trial under this run's id. @throws NotFound */
export async function trialOf(visit: Visit, runId: string): Promise<TrialView> {
  const connector = param(visit, "connecteur");
  const run = isUuid.test(runId) ? await visit.catalogue.runs.find(runId) : null;
  const { trial: number, after } = (run?.options ?? {}) as { trial?: number; after?: number };
  const trial =
    run === null || run.connector !== connector || number === undefined
      ? null
      : await visit.catalogue.connectorVersions.trial(connector, number);
  if (run === null || trial === null || number === undefined) throw new NotFound("Cet essai n’existe pas, ou n’est plus gardé.");
  return { trial, run, number, after: after ?? 0 };
}
