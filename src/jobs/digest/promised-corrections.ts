import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { isStillThere } from "../../model/publisher/is-still-there.ts";
import type { AidLink } from "../../model/publisher/link-verdict.ts";
import type { PromisedCorrection } from "../../model/run/digest.ts";
import { goodOutcomes } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { countOfIssue } from "../../model/run/set-aside.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { namesOf, type Scheduled } from "./gather-trouble.ts";
import { unreadConnectors } from "./unread-connectors.ts";

/** Runs among which the last one that read a whole feed is looked for. */
const runsLookedAt = 30;

/** The report of the last run of a connector that read a whole feed, a dry one or not; null where none is among the last ones. */
export async function lastWholeReport({ runs }: Pick<Catalogue, "runs">, connector: string): Promise<RunReport | null> {
  const whole = (await runs.list({ connector, limit: runsLookedAt })).find(({ outcome, options, report }) => {
    const isGood = outcome !== null && (goodOutcomes.has(outcome) || outcome === "held");
    return isGood && report !== null && options.limit === undefined && options.trial === undefined;
  });
  return whole?.report ?? null;
}

/**
 * What publishers have said to mend by today and is still there in the last run, earliest first. Nothing of connectors that are gone or retired: their feed is not read any
 * more. `links`: the dead links of all connectors.
 */
export async function promisedCorrections(
  catalogue: Pick<Catalogue, "letterOverview" | "runs">,
  scheduled: Scheduled,
  links: readonly AidLink[],
  now: Date,
): Promise<PromisedCorrection[]> {
  const { MOISSON_CONSOLE_URL: console = "" } = scheduled.environment;
  const named = namesOf(scheduled);
  const isRead = stillRead(scheduled);
  const today = parisDay(now);
  const reports = new Map<string, RunReport | null>();
  const found: PromisedCorrection[] = [];
  for (const { connector, letterId, code, field, plannedFor } of await catalogue.letterOverview.promisedBy(today)) {
    if (!isRead(connector)) continue;
    if (!reports.has(connector)) reports.set(connector, await lastWholeReport(catalogue, connector));
    const report = reports.get(connector) ?? null;
    const dead = new Set(links.filter((link) => link.connector === connector).map((link) => link.field as string));
    if (report !== null && !isStillThere({ code, field }, report, dead)) continue;
    found.push({
      ...named(connector),
      code,
      field,
      count: report === null ? null : countOfIssue(report.issues, code, field) || null,
      plannedFor,
      isOverdue: plannedFor < today,
      page: `${console.replace(/\/+$/, "")}/connecteurs/${connector}/courriers/${letterId}`,
    });
  }
  return found;
}

/** True for a connector whose feed is to be read; of one whose definition is refused nothing else is known. */
function stillRead(scheduled: Scheduled): (connector: string) => boolean {
  const states = new Map(scheduled.connectors.map(({ definition: { id, state } }) => [id, state]));
  const refused = new Set(unreadConnectors(scheduled, []).refusedFiles.map(({ connector }) => connector));
  return (id) => (states.get(id) ?? "retired") !== "retired" || (!states.has(id) && (refused.has(id) || refused.has(null)));
}
