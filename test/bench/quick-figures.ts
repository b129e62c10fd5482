/** The median of some values, and half of their range relative to it. */
export interface Figure {
  readonly median: number;
  readonly noise: number;
}

/** How fast one run is, relative to COPY in the same minutes: above 1 is faster than COPY. */
interface QuickFigure {
  /** By wall time, without the start of the process. */
  readonly wall: Figure;
  /** By CPU time of all processes with the database; null if the database's processes are not visible. */
  readonly cpu: Figure | null;
}

/** The contents of `quick.json`: what to compare with. Keys of `figures`: text and run, as in "realistic, first". */
export interface QuickFigures {
  readonly machine: string;
  readonly records: number;
  readonly figures: Readonly<Record<string, QuickFigure>>;
}

/** A comparison of one figure with its stored value. */
export interface Comparison {
  readonly run: string;
  readonly by: "wall" | "cpu";
  readonly stored: number;
  readonly now: number;
  /** Relative change: negative is slower. */
  readonly change: number;
  /** Largest accepted slowdown, with the noise. */
  readonly tolerance: number;
  readonly isSlower: boolean;
}

/** Largest accepted slowdown without noise. */
const acceptedSlowdown = 0.05;

/** Returns the median and the noise of some values. */
export function figureOf(values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
  return { median, noise: ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)) / 2 / median };
}

/**
 * Compares figures with stored ones. A figure is slower if it is below the stored one by more than 5 % and the larger noise of both. Throws
 * if a stored figure is missing, so that a renamed run is noticed.
 */
export function compareFigures(stored: QuickFigures, now: QuickFigures): Comparison[] {
  return Object.entries(now.figures).flatMap(([run, figure]) => {
    const before = stored.figures[run];
    if (before === undefined) throw new Error(`quick.json has no figure for "${run}"; write it with --quick --update`);
    return (["wall", "cpu"] as const).flatMap((by) => {
      const [a, b] = [before[by], figure[by]];
      if (a === null || b === null) return [];
      const change = b.median / a.median - 1;
      const tolerance = acceptedSlowdown + Math.max(a.noise, b.noise);
      return [{ run, by, stored: a.median, now: b.median, change, tolerance, isSlower: change < -tolerance }];
    });
  });
}
