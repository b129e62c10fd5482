import type { RunRecord } from "../../../catalogue/runs/run-repository.ts";
import { everything } from "../../../catalogue/runs/schedule-repository.ts";
import { french } from "../../../french/typography.ts";
import type { IssueGroup, RunReport } from "../../../model/run/run-report.ts";
import { asidesIn, type SetAside } from "../../../model/run/set-aside.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { nameOfConnector } from "../../../registry/connector-names.ts";
import { oncePerVisit } from "../../once-per-visit.ts";
import { formatDateTime, formatDuration, formatShortDateTime } from "../../parts/time.ts";
import { NotFound, type Page } from "../../route.ts";
import { hasRole, param, type Visit } from "../../visit.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A run with the display name of its connector. */
export interface NamedRun extends RunRecord {
  readonly name: string;
}

/** Returns the run named in the path. The filters, the count and the page of one request need the same. @throws NotFound */
export const readRun = oncePerVisit(async (visit): Promise<NamedRun> => {
  const runId = param(visit, "run");
  const run = uuid.test(runId) ? await visit.catalogue.runs.find(runId) : null;
  if (run === null) throw new NotFound("Cette collecte n’existe pas, ou n’est plus conservée.");
  return { ...run, name: nameOfConnector(await visit.console.jobs.connectors(), run.connector) };
});

export function runTitle({ name, startedAt }: Pick<NamedRun, "name" | "startedAt">): string {
  return `Collecte de ${name}, ${formatShortDateTime(startedAt)}`;
}

/** Returns the breadcrumb of the pages below a run. */
export function runBreadcrumb(run: NamedRun): NonNullable<Page["breadcrumb"]> {
  return [
    { title: "Collectes", href: "/collectes" },
    { title: runTitle(run), href: `/collectes/${run.runId}` },
  ];
}

/** Returns the address of a record of a run's feed. */
export function recordAddress(runId: string, locator: string): string {
  return `/collectes/${runId}/enregistrement?ou=${encodeURIComponent(locator)}`;
}

/** Reasons why a queued run has not started. `pause`: of all runs or, for a scheduled run, of its connector; `behind`: id of the connector's run in progress. */
export type RunWait = Awaited<ReturnType<typeof readWait>>;

/** Reads why a queued run has not started. Ignores busy hosts and busy workers. */
async function readWait({ catalogue }: Visit, { runId, connector, askedBy }: RunRecord) {
  const pauses = await catalogue.schedule.pauses();
  const pause = pauses.find((one) => one.connector === everything || (one.connector === connector && askedBy === "schedule"));
  const waiting = await catalogue.runQueue.waiting(connector);
  const going = await catalogue.runQueue.running(connector);
  return {
    pause: pause ?? null,
    // The run itself may have started since it was read.
    behind: going === null || going.runId === runId ? null : going.runId,
    // Until the next try; 0 if it may start at once.
    seconds: waiting.find((one) => one.runId === runId)?.seconds ?? 0,
  };
}

/** Returns a sentence that says why a queued run has not started. */
export function waitSentence({ pause, behind, seconds }: RunWait): string {
  if (pause !== null) {
    const what = pause.connector === "*" ? "Tout est en pause" : "Ce connecteur est en pause";
    return french`${what} depuis le ${formatDateTime(pause.at)}, à la demande de ${pause.by} : elle ne commencera qu'à la reprise.`;
  }
  if (behind !== null) return "Une autre collecte de ce connecteur est en cours.";
  if (seconds > 0) return french`Elle sera tentée de nouveau dans ${formatDuration(seconds * 1000)} environ.`;
  return french`Elle commencera dès qu'une machine sera libre.`;
}

/** Data of the page of a run. `mayAct`: the visitor may act on runs. */
export type RunView = Awaited<ReturnType<typeof readRunView>>;

export async function readRunView(visit: Visit, run: RunRecord) {
  const { catalogue } = visit;
  const { runId, report, snapshotHash } = run;
  const connector = (await visit.console.jobs.connectors()).find(({ definition }) => definition.id === run.connector);
  return {
    run,
    // The later state of the run's plan, or `undone`.
    since: await catalogue.overview.aftermath(runId),
    // Null if the connector no longer exists.
    publisher: connector?.definition.publisher.name ?? null,
    // The connector's current filter on records, which explains excluded records.
    keepWhen: connector?.definition.keepWhen,
    plan: report?.planId ? await catalogue.plans.find(report.planId) : null,
    // The latest plan that undoes the run, applied or not.
    undo: run.appliedAt === null ? null : ((await catalogue.plans.list({ runId, origin: "undo", limit: 1 }))[0] ?? null),
    triedAgainBy: await catalogue.runs.retryOf(runId),
    wait: run.state === "queued" ? await readWait(visit, run) : null,
    isSnapshotKept: snapshotHash !== null && (await catalogue.snapshots.has(snapshotHash)),
    asides: report === null ? new Map() : await readAsides(visit, report),
    mayAct: hasRole(visit, "ops"),
  };
}

/** Returns the groups of a report's issues that are set aside now. */
export async function readAsides({ catalogue, now }: Visit, report: RunReport): Promise<ReadonlyMap<IssueGroup, SetAside>> {
  return asidesIn(report, await catalogue.setAsides.list(report.connector), parisDay(now));
}
