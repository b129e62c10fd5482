/** Floating point makes 7.000000000000001 of 7 % of 100. */
const rounding = 1e-9;

/** The smallest number of aids, out of `of`, whose share of them is at least `share` (0 to 1). */
function reaching(of: number, share: number): number {
  return Math.ceil(share * of - rounding);
}

/** The smallest number of aids, out of `of`, whose share of them is more than `share` (0 to 1). */
export function exceeding(of: number, share: number): number {
  return Math.floor(share * of + rounding) + 1;
}

/** The fewest aids, out of `of`, that a guard on a share speaks of: 5, or more than half of a feed of 3 or more. */
export function fewestAids(of: number): number {
  return of < 3 ? 5 : Math.min(5, exceeding(of, 0.5));
}

/** The number of aids, out of `of`, at which a guard on a share trips: the share, and not too few. Infinity where it never does: a share of 1. */
export function tripsFrom(of: number, share: number): number {
  return share >= 1 ? Number.POSITIVE_INFINITY : Math.max(reaching(of, share), fewestAids(of));
}
