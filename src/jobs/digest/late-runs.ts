import type { BegunRuns, Period } from "../../catalogue/runs/digest-facts.ts";
import type { LateRun } from "../../model/run/digest.ts";
import type { LoadedConnector } from "../../registry/load-connectors.ts";
import { lastDue } from "../schedule/due.ts";

/** Grace period before a due run counts as late. */
const graceMs = 30 * 60_000;
const dayInMs = 86_400_000;

/** When a connector ran. `seenTo`: each connector's last due time that was handled, or skipped by a pause. */
export interface RunTimes {
  readonly begun: ReadonlyMap<string, BegunRuns>;
  readonly seenTo: ReadonlyMap<string, Date>;
}

/** Returns the connector's run that was due in the period and has not ended, or null. */
export function lateRun({ definition }: LoadedConnector, { since, until }: Period, { begun, seenTo }: RunTimes): LateRun | null {
  const due = lastDueIn(definition, since, new Date(until.getTime() - graceMs));
  if (due === null) return null;
  const runs = begun.get(definition.id);
  if (runs?.endedAt != null && Date.parse(runs.endedAt) >= due.getTime()) return null;
  const of = { connector: definition.id, publisher: definition.publisher.name, dueAt: due.toISOString() };
  if (runs?.runningSince != null) return { ...of, state: "running", startedAt: runs.runningSince };
  if (runs?.isQueued) return { ...of, state: "queued", startedAt: null };
  // Handled without a run: the connector was new, or paused until then.
  const passed = seenTo.get(definition.id);
  return passed !== undefined && passed >= due ? null : { ...of, state: "not-begun", startedAt: null };
}

/** Returns the last due time after `since`, up to `until`. `lastDue` looks back one day. */
function lastDueIn(definition: LoadedConnector["definition"], since: Date, until: Date): Date | null {
  for (let at = until; at > since; at = new Date(at.getTime() - dayInMs)) {
    const due = lastDue(definition, at);
    if (due !== null) return due > since ? due : null;
  }
  return null;
}
