import { z } from "zod";
import { defaultRetention, keptKinds, maxDays, minRunDays, type Retention } from "../model/run/retention.ts";
import { WrongSettings } from "./config.ts";

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
});

/**
 * Returns the retention by kind: the given one, else the environment's, else the default. Empty variables count as unset. Throws
 * `WrongSettings` with a line for each invalid variable.
 */
export function readRetention(environment: Readonly<Record<string, string | undefined>>, asked: Partial<Retention> = {}): Retention {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(filled);
  if (!parsed.success) throw new WrongSettings(parsed.error.issues.map((found) => `${String(found.path[0])}: expected ${found.message}`));
  const values = parsed.data;
  const retention: Retention = {
    snapshots: asked.snapshots ?? values.MOISSON_KEEP_SNAPSHOTS_DAYS ?? defaultRetention.snapshots,
    rejected: asked.rejected ?? values.MOISSON_KEEP_REJECTED_DAYS ?? defaultRetention.rejected,
    staged: asked.staged ?? values.MOISSON_KEEP_STAGED_DAYS ?? defaultRetention.staged,
    runs: asked.runs ?? values.MOISSON_KEEP_RUNS_DAYS ?? defaultRetention.runs,
    digests: asked.digests ?? values.MOISSON_KEEP_DIGESTS_DAYS ?? defaultRetention.digests,
    letters: asked.letters ?? values.MOISSON_KEEP_LETTERS_DAYS ?? defaultRetention.letters,
    revoked: asked.revoked ?? values.MOISSON_KEEP_REVOKED_DAYS ?? defaultRetention.revoked,
    previews: asked.previews ?? values.MOISSON_KEEP_PREVIEWS_DAYS ?? defaultRetention.previews,
  };
  const fewest = minRunDays(retention);
  const named = keptKinds.some((kind) => asked[kind] !== undefined) ? "--runs" : "MOISSON_KEEP_RUNS_DAYS";
  if (fewest !== null) throw new WrongSettings([`${named}: expected ${fewest} at least, as long as what runs brought is kept`]);
  return retention;
}
