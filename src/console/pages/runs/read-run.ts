import type { RunRecord } from "../../../catalogue/runs/run-repository.ts";
import { formatShortDateTime } from "../../parts/time.ts";
import { NotFound, type Page } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A list asks for its run with every filter, count and page. */
const read = new WeakMap<Visit, Promise<RunRecord>>();

/** The run that the path names, read once for a visit. @throws NotFound */
export function readRun(visit: Visit): Promise<RunRecord> {
  const known = read.get(visit) ?? find(visit);
  read.set(visit, known);
  return known;
}

async function find(visit: Visit): Promise<RunRecord> {
  const runId = param(visit, "run");
  const run = uuid.test(runId) ? await visit.catalogue.runs.find(runId) : null;
  if (run === null) throw new NotFound("Cette collecte n’existe pas, ou n’est plus conservée.");
  return run;
}

/** Title of a run's page. */
export function runTitle({ connector, startedAt }: RunRecord): string {
  return `Collecte de ${connector}, ${formatShortDateTime(startedAt)}`;
}

/** Pages above those that stand under a run. */
export function breadcrumbUnder(run: RunRecord): NonNullable<Page["breadcrumb"]> {
  return [
    { title: "Collectes", href: "/collectes" },
    { title: runTitle(run), href: `/collectes/${run.runId}` },
  ];
}

/** Address of a record of a run's feed, as it was received. */
export function recordAddress(runId: string, locator: string): string {
  return `/collectes/${runId}/enregistrement?ou=${encodeURIComponent(locator)}`;
}
