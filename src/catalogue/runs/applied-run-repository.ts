import { and, desc, eq, isNotNull, isNull, lte, ne, sql } from "drizzle-orm";
import type { RunReport } from "../../model/run/run-report.ts";
import { connectors, runs } from "../schema/run-tables.ts";
import type { Store } from "../store.ts";
import type { RunFeed } from "./run-repository.ts";

/** The last applied run of a connector, with which the next run is compared. */
export interface LastApplied extends RunFeed {
  readonly runId: string;
  readonly mappingFingerprint: string;
  readonly report: RunReport;
  /** The next feed must be read even if it has not changed: the catalogue differs from this run's feed, or a plan is partly applied. */
  readonly mustRead: boolean;
  /** An aid is absent, so that its withdrawal may be due. */
  readonly hasAbsent: boolean;
}

/** The applied runs of a connector, with which its next run is compared. */
export class AppliedRunRepository {
  constructor(private readonly store: Store) {}

  /** Returns when the last run of each connector was applied. */
  async lastTimes(): Promise<{ readonly connector: string; readonly appliedAt: Date }[]> {
    const found = await this.store.query((database) =>
      database
        .select({ connector: connectors.id, appliedAt: runs.appliedAt })
        .from(connectors)
        .innerJoin(runs, eq(runs.id, connectors.lastAppliedRun))
        .where(isNotNull(runs.appliedAt)),
    );
    return found as { connector: string; appliedAt: Date }[];
  }

  /**
   * Returns the last applied run of a connector. Null if no run was applied, or the last one was killed after writing its plan and before writing its
   * report.
   */
  async last(connector: string): Promise<LastApplied | null> {
    const { id, snapshotHash, etag, lastModified, mappingFingerprint, report } = runs;
    const mustRead = sql<boolean>`${connectors.mustRead} or exists (
      select from plans where plans.connector = ${connectors.id} and plans.state = 'part-applied')`;
    const hasAbsent = sql<boolean>`exists (select from absences where absences.connector = ${connectors.id} and absences.ended_run is null)`;
    const [run] = await this.store.query((database) =>
      database
        .select({ runId: id, snapshotHash, etag, lastModified, mappingFingerprint, report, mustRead, hasAbsent })
        .from(connectors)
        .innerJoin(runs, eq(runs.id, connectors.lastAppliedRun))
        .where(and(eq(connectors.id, connector), isNotNull(report), isNotNull(snapshotHash))),
    );
    return (run as LastApplied | undefined) ?? null;
  }

  /**
   * Returns reports of a connector's last applied runs, without undone ones, newest first. `seenBy`: only the runs applied before that run.
   */
  async lastReports(
    connector: string,
    limit: number,
    seenBy?: { readonly runId: string; readonly at: Date },
  ): Promise<{ readonly report: RunReport; readonly appliedAt: Date }[]> {
    const found = await this.store.query((database) =>
      database
        .select({ report: runs.report, appliedAt: runs.appliedAt })
        .from(runs)
        .where(
          and(
            eq(runs.connector, connector),
            isNotNull(runs.appliedAt),
            seenBy === undefined ? undefined : and(lte(runs.appliedAt, seenBy.at), ne(runs.id, seenBy.runId)),
            isNull(runs.undoneAt),
            isNotNull(runs.report),
          ),
        )
        .orderBy(desc(runs.token))
        .limit(limit),
    );
    return found as { report: RunReport; appliedAt: Date }[];
  }

  /** Returns author and time of the undo of the connector's last applied run on this feed. Null if it does not exist or was not undone. */
  async undoneOn(connector: string, snapshotHash: string): Promise<{ readonly by: string; readonly at: Date } | null> {
    const [run] = await this.store.query((database) =>
      database
        .select({ by: runs.undoneBy, at: runs.undoneAt })
        .from(runs)
        .where(and(eq(runs.connector, connector), eq(runs.snapshotHash, snapshotHash), isNotNull(runs.appliedAt)))
        .orderBy(desc(runs.token))
        .limit(1),
    );
    return run?.at ? { by: run.by ?? "?", at: run.at } : null;
  }
}
