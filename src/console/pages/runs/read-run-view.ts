import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import type { RunAftermath } from "../../../catalogue/runs/run-aftermath.ts";
import type { RunRecord } from "../../../catalogue/runs/run-repository.ts";
import type { Connector } from "../../../kit/definition.ts";
import { mayAs } from "../../../model/publisher/role.ts";
import type { IssueGroup, RunReport } from "../../../model/run/run-report.ts";
import { asidesIn, type SetAside } from "../../../model/run/set-aside.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { type RunWait, readWait } from "./read-wait.ts";

/** All that the page of a run shows. */
export interface RunView {
  readonly run: RunRecord;
  /** What came of it since it ended. */
  readonly since: RunAftermath | null;
  /** Name of the publisher; null where the connector is no longer there. */
  readonly publisher: string | null;
  /** Which records count, by the connector as it is today: it words the reasons of those that were left out. */
  readonly keepWhen: Connector["keepWhen"];
  readonly plan: PlanRecord | null;
  /** The plan that undoes it, or would: the newest. */
  readonly undo: PlanRecord | null;
  /** The run that tries it again. */
  readonly triedAgainBy: string | null;
  /** What it waits for; null where it does not. */
  readonly wait: RunWait | null;
  readonly isSnapshotKept: boolean;
  /** Groups of its issues that are set aside today. */
  readonly asides: ReadonlyMap<IssueGroup, SetAside>;
  /** Who looks may act on runs. */
  readonly mayAct: boolean;
}

/** Reads it: a handful of questions, each by a key. */
export async function readRunView(visit: Visit, run: RunRecord): Promise<RunView> {
  const { catalogue } = visit;
  const { runId, report, snapshotHash } = run;
  const connector = (await visit.console.jobs.connectors()).find(({ definition }) => definition.id === run.connector);
  const { role } = visitorOf(visit);
  return {
    run,
    since: await catalogue.runList.aftermath(runId),
    publisher: connector?.definition.publisher.name ?? null,
    keepWhen: connector?.definition.keepWhen,
    plan: report?.planId ? await catalogue.plans.find(report.planId) : null,
    undo: run.appliedAt === null ? null : ((await catalogue.plans.list({ runId, origin: "undo", limit: 1 }))[0] ?? null),
    triedAgainBy: await catalogue.runs.triedAgainBy(runId),
    wait: run.state === "queued" ? await readWait(visit, run) : null,
    isSnapshotKept: snapshotHash !== null && (await catalogue.snapshots.has(snapshotHash)),
    asides: report === null ? new Map() : await readAsides(visit, report),
    mayAct: role !== null && mayAs(role, "ops"),
  };
}

/** The groups of issues of a report that are set aside today. */
export async function readAsides({ catalogue, now }: Visit, report: RunReport): Promise<RunView["asides"]> {
  return asidesIn(report, await catalogue.setAsides.list(report.connector), parisDay(now));
}
