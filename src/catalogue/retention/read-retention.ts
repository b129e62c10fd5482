import { z } from "zod";
import { defaultRetention, keptKinds, maxDays, minAuditDays, minRunDays, type Retention } from "../../model/run/retention.ts";
import { readVariables, WrongSettings } from "../../platform/config.ts";

const expected = `a whole number of days, 1 to ${maxDays}`;
const days = z
  .string()
  .regex(/^\d{1,5}$/, expected)
  .transform(Number)
  .refine((value) => value >= 1 && value <= maxDays, expected)
  .optional();

const Environment = z.object({
  MOISSON_KEEP_SNAPSHOTS_DAYS: days,
  MOISSON_KEEP_REJECTED_DAYS: days,
  MOISSON_KEEP_STAGED_DAYS: days,
  MOISSON_KEEP_RUNS_DAYS: days,
  MOISSON_KEEP_DIGESTS_DAYS: days,
  MOISSON_KEEP_LETTERS_DAYS: days,
  MOISSON_KEEP_REVOKED_DAYS: days,
  MOISSON_KEEP_PREVIEWS_DAYS: days,
  MOISSON_KEEP_REPORTS_DAYS: days,
  MOISSON_KEEP_AUDIT_DAYS: days,
});

/**
 * Returns the retention in days by kind: from `options`, or else from the environment, or else the default. Empty variables count as unset.
 * Throws `WrongSettings` with a line for each invalid variable.
 */
export function readRetention(environment: Readonly<Record<string, string | undefined>>, options: Partial<Retention> = {}): Retention {
  const values = readVariables(Environment, environment);
  const retention: Retention = {
    snapshots: options.snapshots ?? values.MOISSON_KEEP_SNAPSHOTS_DAYS ?? defaultRetention.snapshots,
    rejected: options.rejected ?? values.MOISSON_KEEP_REJECTED_DAYS ?? defaultRetention.rejected,
    staged: options.staged ?? values.MOISSON_KEEP_STAGED_DAYS ?? defaultRetention.staged,
    runs: options.runs ?? values.MOISSON_KEEP_RUNS_DAYS ?? defaultRetention.runs,
    digests: options.digests ?? values.MOISSON_KEEP_DIGESTS_DAYS ?? defaultRetention.digests,
    letters: options.letters ?? values.MOISSON_KEEP_LETTERS_DAYS ?? defaultRetention.letters,
    revoked: options.revoked ?? values.MOISSON_KEEP_REVOKED_DAYS ?? defaultRetention.revoked,
    previews: options.previews ?? values.MOISSON_KEEP_PREVIEWS_DAYS ?? defaultRetention.previews,
    reports: options.reports ?? values.MOISSON_KEEP_REPORTS_DAYS ?? defaultRetention.reports,
    audit: options.audit ?? values.MOISSON_KEEP_AUDIT_DAYS ?? defaultRetention.audit,
  };
  if (retention.audit < minAuditDays) {
    const shown = options.audit === undefined ? "MOISSON_KEEP_AUDIT_DAYS" : "--audit";
    throw new WrongSettings([`${shown}: expected at least ${minAuditDays}, because younger entries explain recent incidents`]);
  }
  const fewest = minRunDays(retention);
  const named = keptKinds.some((kind) => options[kind] !== undefined) ? "--runs" : "MOISSON_KEEP_RUNS_DAYS";
  if (fewest !== null) throw new WrongSettings([`${named}: expected at least ${fewest}, because results of runs are kept that long`]);
  return retention;
}
