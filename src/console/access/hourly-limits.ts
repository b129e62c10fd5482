import type { Visit } from "../visit.ts";

/** The hour in which it is counted, in milliseconds. */
export const hourMs = 3_600_000;

/**
 * Notes that something is done by each of these (`letter:…`, `check:…`), and says whether each has done it no oftener than that in the last hour. Counted in the
 * database, so that all processes count together; noted before it is counted, so that many at once are not all let in.
 */
export async function isWithinHourlyLimits(
  { catalogue: { sessions }, now }: Pick<Visit, "catalogue" | "now">,
  limits: readonly (readonly [who: string, most: number])[],
): Promise<boolean> {
  const since = new Date(now.getTime() - hourMs);
  // Who is told to wait does not wait longer for trying.
  for (const [who, most] of limits) if ((await sessions.countTries([who], since)) >= most) return false;
  await sessions.addTry(
    limits.map(([who]) => who),
    now,
  );
  for (const [who, most] of limits) if ((await sessions.countTries([who], since)) > most) return false;
  return true;
}
