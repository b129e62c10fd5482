import type { Connector } from "../kit/definition.ts";
import { issue } from "../model/issue.ts";
import type { GuardFinding } from "../model/plan/guard.ts";
import type { PlanCounts } from "../model/plan/plan.ts";
import type { RemarkCode } from "../model/plan/remark.ts";
import type { Outcome } from "../model/run/run-error.ts";
import type { FeedShape, RunReport } from "../model/run/run-report.ts";
import { fieldsNeverSeen, readPaths, unreadFields } from "./map/account-fields.ts";
import type { ElsewhereFacts } from "./plan/guard-facts.ts";
import type { PairTally } from "./plan/pair-tally.ts";
import { RunTally } from "./report/run-tally.ts";

const noChanges: PlanCounts = { created: 0, updated: 0, restored: 0, unchanged: 0, ignored: 0, missing: 0, withdrawn: 0, proposals: 0 };

/** A plan before the guards have checked it. */
export interface BuiltPlan {
  readonly planId: string;
  readonly counts: PlanCounts;
  readonly remarks: Partial<Record<RemarkCode | "re-identified", number>>;
  /** Statistics of the pairs of stored and staged aids that differ. */
  readonly pairs: PairTally;
  /** Number of stored aids recognised under a new identifier. */
  readonly renamed: number;
  /** New aids that other connectors have already brought. Null if the plan creates nothing. */
  readonly elsewhere: ElsewhereFacts | null;
}

type Findings = Omit<RunReport, "runId" | "connector" | "outcome" | "now" | "error" | "stageMs" | "durationMs" | "peakRssMb" | "budget">;

/** Collects the contents of a run's report: feed, records, plan and guards. */
export class RunFindings {
  readonly tally = new RunTally();
  feed: RunReport["feed"] = { sha256: null, bytes: null };
  counts: PlanCounts = noChanges;
  #planId: string | null = null;
  #guards: readonly GuardFinding[] = [];
  #warnings: readonly GuardFinding[] = [];
  #remarks: RunReport["remarks"] = {};
  #shifts: FeedShape["shifts"];

  constructor(private readonly definition: Connector) {}

  /** Records the run's plan and the findings of its guards. A second plan replaces the first. */
  setPlan(
    { planId, counts, remarks, pairs }: Pick<BuiltPlan, "planId" | "counts" | "remarks" | "pairs">,
    holds: readonly GuardFinding[],
    warnings: readonly GuardFinding[],
  ): void {
    this.#planId = planId;
    this.counts = counts;
    this.#remarks = remarks;
    const shifted = Object.entries(pairs.shifts).map(([kind, { count }]) => [kind, count]);
    this.#shifts = { of: this.tally.valid - counts.created, ...Object.fromEntries(shifted) };
    this.#guards = holds;
    this.#warnings = warnings;
  }

  /** Returns the outcome of a run that made a plan. `applied` is true if the plan was written or will be written now. */
  outcome(applied: boolean): Outcome {
    const { created, updated, restored, withdrawn, proposals } = this.counts;
    if (this.#guards.length > 0) return "held";
    if (created + updated + restored + withdrawn + proposals === 0) return "unchanged";
    if (!applied) return "planned";
    return this.tally.rejected > 0 ? "applied-with-rejects" : "applied";
  }

  /**
   * Returns the findings of the last applied run, for a run with the same feed, connector, terms and normaliser. Replaces the issues about
   * the licence by today's, because this run has requested the licence from the portal.
   */
  repeat(last: RunReport): Findings {
    const { valid, ignored, missing, withdrawn } = last.counts;
    // Aids that the last run withdrew are no longer missing.
    this.counts = { ...noChanges, unchanged: valid - ignored, ignored, missing: missing - withdrawn };
    const issues = [...last.issues.filter(({ code }) => code !== "licence-differs"), ...this.tally.summary([]).issues];
    const { skippedBy, unmappedTerms, unreadFields: unread, fillRates, losses, shape } = last;
    return this.#compose(last.counts, {
      ...{ skippedBy, issues, unmappedTerms, unreadFields: unread, fillRates },
      ...(losses !== undefined && { losses }),
      ...(shape !== undefined && { shape }),
    });
  }

  /** How often the records read so far fill the paths that the connector reads. */
  get shape(): FeedShape {
    return this.tally.shape([...readPaths(this.definition)]);
  }

  /** Returns the findings so far. */
  summary(): Findings {
    const { tally, definition } = this;
    const neverSeen = tally.received === 0 ? [] : fieldsNeverSeen(definition, tally.seenFields);
    const { fillRates, ...summary } = tally.summary(neverSeen.map((name) => issue("map", "field-never-seen", { field: name })));
    const unread = unreadFields(definition, tally.seenFields);
    const shape = { ...this.shape, ...(this.#shifts !== undefined && { shifts: this.#shifts }) };
    return this.#compose(tally, { ...summary, unreadFields: unread, fillRates, losses: tally.losses.summary(), shape });
  }

  #compose(
    { received, skipped, rejected, valid }: Pick<RunReport["counts"], "received" | "skipped" | "rejected" | "valid">,
    records: Pick<RunReport, "skippedBy" | "issues" | "unmappedTerms" | "unreadFields" | "fillRates" | "losses" | "shape">,
  ): Findings {
    return {
      planId: this.#planId,
      feed: this.feed,
      counts: { received, skipped, rejected, valid, ...this.counts },
      ...records,
      guards: this.#guards,
      warnings: this.#warnings,
      remarks: this.#remarks,
    };
  }
}
