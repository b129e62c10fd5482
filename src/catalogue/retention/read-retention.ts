import { z } from "zod";
import {
  defaultRetention,
  type KeptKind,
  keptKinds,
  maxDays,
  minAuditDays,
  minRunDays,
  type Retention,
} from "../../model/run/retention.ts";
import { readVariables, WrongSettings } from "../../platform/config.ts";

const expected = `a whole number of days, 1 to ${maxDays}`;
const days = z
  .string()
  .regex(/^\d{1,5}$/, expected)
  .transform(Number)
  .refine((value) => value >= 1 && value <= maxDays, expected)
  .optional();

/** Returns the variable of a kind: `MOISSON_KEEP_RUNS_DAYS`. */
const variableOf = (kind: KeptKind) => `MOISSON_KEEP_${kind.toUpperCase()}_DAYS`;

const Environment = z.object(Object.fromEntries(keptKinds.map((kind) => [variableOf(kind), days])));

/** Names of the variables of the retention. */
export const retentionVariables: readonly string[] = Object.keys(Environment.shape);

/**
 * Returns the retention in days by kind: from `options`, or else from the environment, or else the default. Empty variables count as unset.
 * Throws `WrongSettings` with a line for each invalid variable.
 */
export function readRetention(environment: Readonly<Record<string, string | undefined>>, options: Partial<Retention> = {}): Retention {
  const values = readVariables(Environment, environment);
  const retention = Object.fromEntries(
    keptKinds.map((kind) => [kind, options[kind] ?? values[variableOf(kind)] ?? defaultRetention[kind]]),
  ) as Retention;
  if (retention.audit < minAuditDays) {
    const shown = options.audit === undefined ? "MOISSON_KEEP_AUDIT_DAYS" : "--audit";
    throw new WrongSettings([`${shown}: expected at least ${minAuditDays}, because younger entries explain recent incidents`]);
  }
  const fewest = minRunDays(retention);
  const named = keptKinds.some((kind) => options[kind] !== undefined) ? "--runs" : "MOISSON_KEEP_RUNS_DAYS";
  if (fewest !== null) throw new WrongSettings([`${named}: expected at least ${fewest}, because results of runs are kept that long`]);
  return retention;
}
