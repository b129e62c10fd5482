import type { FeedShape } from "../../model/run/run-report.ts";
import type { GuardFacts } from "./guard-facts.ts";
import { minAids } from "./guard-thresholds.ts";

/** Number of past runs that must all have filled a path. */
const runsCompared = 3;

/** A path that rarely has a value may be empty in a healthy feed. */
const usualShare = 0.05;
const usualRecords = 10;

/** A path that the connector reads, that past feeds filled, and that this one does not. */
export interface MissingPath {
  /** The key, if it is gone with several paths below it. */
  readonly path: string;
  /** Lowest number of records that filled it in the past runs, and the number of records of that run. */
  readonly was: number;
  readonly wasOf: number;
  /** False if so few records filled it that a healthy feed may leave it empty. */
  readonly isBreak: boolean;
}

/**
 * Returns the paths that all of the last runs filled and that no record of this feed fills, the most filled first. In a table, a column
 * without a header is always a break: a healthy table keeps its columns, even empty ones. In other formats, an absent path and an empty one
 * mean the same.
 */
export function missingPaths({
  shape,
  neverSeen,
  isTable,
  received,
  past,
  limits,
}: Pick<GuardFacts, "shape" | "neverSeen" | "isTable" | "received" | "past" | "limits">): MissingPath[] {
  if (limits.paths !== undefined && limits.paths >= 1) return [];
  const shapes = past.slice(0, runsCompared).flatMap((run) => run.shape ?? []);
  const gone = new Set(neverSeen);
  const missing = Object.entries(shape.filled).flatMap(([path, filled]): MissingPath[] => {
    // Without a record, only the headers show that a path is missing.
    if (filled > 0 || (shape.records === 0 && !gone.has(path))) return [];
    const before = leastFilled(shapes, path);
    if (before === null) return [];
    const { was, wasOf } = before;
    const isUsual = isUsuallyFilled(before, limits);
    // A few records may lack what most records have. If none was measured, all were skipped or rejected, perhaps for want of this path.
    const records = shape.records === 0 ? received : shape.records;
    const isShown = (was / wasOf) * records >= minAids(records);
    return [{ path, was, wasOf, isBreak: (isUsual && isShown) || (isTable && gone.has(path)) }];
  });
  missing.sort((a, b) => b.was / b.wasOf - a.was / a.wasOf);
  return isTable ? missing : byKey(missing, gone);
}

/** Joins the paths below each key that is gone. They have one cause: the key was renamed, or left out. */
function byKey(missing: readonly MissingPath[], gone: ReadonlySet<string>): MissingPath[] {
  const keyOf = ({ path }: MissingPath) => (gone.has(path) ? (/^[^.[]+/.exec(path)?.[0] ?? path) : path);
  const groups = new Map<string, MissingPath[]>();
  for (const one of missing) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups].flatMap(([key, [most, ...others]]) => {
    if (most === undefined) return [];
    return [others.length === 0 ? most : { ...most, path: key, isBreak: [most, ...others].some(({ isBreak }) => isBreak) }];
  });
}

/** Returns true if so many records filled a path that its absence is a break. */
export function isUsuallyFilled({ was, wasOf }: Pick<MissingPath, "was" | "wasOf">, limits: GuardFacts["limits"]): boolean {
  return was >= Math.min((limits.paths ?? usualShare) * wasOf, usualRecords) && was >= minAids(wasOf);
}

/** Returns the run that filled a path least, or null if one of the runs did not fill it. Ignores runs whose connector did not read it. */
export function leastFilled(shapes: readonly FeedShape[], path: string): { was: number; wasOf: number } | null {
  let least: { was: number; wasOf: number } | null = null;
  for (const { records, filled } of shapes) {
    const was = filled[path];
    if (was === undefined) continue;
    if (was === 0) return null;
    if (least === null || was / records < least.was / least.wasOf) least = { was, wasOf: records };
  }
  return least;
}
