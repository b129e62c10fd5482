/** Tolerance for floating point: 7 % of 100 is 7.000000000000001. */
const rounding = 1e-9;

/** Returns the smallest number of aids that is at least `share` (0 to 1) of `of`. */
function reaching(of: number, share: number): number {
  return Math.ceil(share * of - rounding);
}

/** Returns the smallest number of aids that is more than `share` (0 to 1) of `of`. */
export function exceeding(of: number, share: number): number {
  return Math.floor(share * of + rounding) + 1;
}

/** Returns the smallest number of aids at which a guard on a share may trip: 5, or more than half in a feed of 3 to 8 aids. */
export function minAids(of: number): number {
  return of < 3 ? 5 : Math.min(5, exceeding(of, 0.5));
}

/** Returns the number of aids at which a guard on a share trips. Returns infinity for a share of 1, which never trips. */
export function tripsFrom(of: number, share: number): number {
  return share >= 1 ? Number.POSITIVE_INFINITY : Math.max(reaching(of, share), minAids(of));
}
