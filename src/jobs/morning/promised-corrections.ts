import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { lastWholeReport } from "../../catalogue/runs/last-whole-run.ts";
import { isStillReported } from "../../model/publisher/is-still-reported.ts";
import type { AidLink } from "../../model/publisher/link-verdict.ts";
import type { PromisedCorrection } from "../../model/run/digest.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { countOfIssue } from "../../model/run/set-aside.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { namesOf, type Scheduled } from "./gather-trouble.ts";
import { unreadConnectors } from "./unread-connectors.ts";

/**
 * Returns corrections promised by today that the last run still lacks, earliest first. Ignores connectors that are gone or retired.
 * `links`: dead links of all connectors.
 */
export async function promisedCorrections(
  catalogue: Pick<Catalogue, "letterAnswers" | "runs">,
  scheduled: Omit<Scheduled, "environment">,
  links: readonly AidLink[],
  now: Date,
): Promise<PromisedCorrection[]> {
  const named = namesOf(scheduled);
  const isRead = stillRead(scheduled);
  const today = parisDay(now);
  const reports = new Map<string, RunReport | null>();
  const found: PromisedCorrection[] = [];
  for (const { connector, letterId, code, field, plannedFor } of await catalogue.letterAnswers.promisedBy(today)) {
    if (!isRead(connector)) continue;
    if (!reports.has(connector)) reports.set(connector, await lastWholeReport(catalogue, connector));
    const report = reports.get(connector) ?? null;
    const dead = new Set(links.filter((link) => link.connector === connector).map((link) => link.field as string));
    if (report !== null && !isStillReported({ code, field }, report, dead)) continue;
    found.push({
      ...named(connector),
      code,
      field,
      count: report === null ? null : countOfIssue(report.issues, code, field) || null,
      plannedFor,
      isOverdue: plannedFor < today,
      page: `/connecteurs/${connector}/courriers/${letterId}`,
    });
  }
  return found;
}

/** Returns true for a connector whose feed is still read; one with a refused definition counts too. */
function stillRead(scheduled: Omit<Scheduled, "environment">): (connector: string) => boolean {
  const states = new Map(scheduled.connectors.map(({ definition: { id, state } }) => [id, state]));
  const refused = new Set(unreadConnectors(scheduled, []).refusedFiles.map(({ connector }) => connector));
  return (id) => (states.get(id) ?? "retired") !== "retired" || (!states.has(id) && (refused.has(id) || refused.has(null)));
}
