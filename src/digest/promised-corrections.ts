import type { PromisedCorrection } from "../aid/digest.ts";
import { isStillThere } from "../aid/is-still-there.ts";
import type { AidLink } from "../aid/link-verdict.ts";
import { parisDay } from "../aid/paris-day.ts";
import { goodOutcomes } from "../aid/run-error.ts";
import type { RunReport } from "../aid/run-report.ts";
import { countOfIssue } from "../aid/set-aside.ts";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { Named } from "./gather-trouble.ts";

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
 * What publishers have said to mend by today and is still there in the last run, earliest first. `links`: the dead links of all connectors; `environment` says where the
 * console is.
 */
export async function promisedCorrections(
  catalogue: Pick<Catalogue, "letterOverview" | "runs">,
  named: Named,
  links: readonly AidLink[],
  { MOISSON_CONSOLE_URL: console = "" }: Readonly<Record<string, string | undefined>>,
  now: Date,
): Promise<PromisedCorrection[]> {
  const today = parisDay(now);
  const reports = new Map<string, RunReport | null>();
  const found: PromisedCorrection[] = [];
  for (const { connector, letterId, code, field, plannedFor } of await catalogue.letterOverview.promisedBy(today)) {
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
