/** Multiplies the number of values that property tests try. `npm run test:long` sets 1; a higher number, such as 20, tries more values. */
export const runsFactor = Number(process.env.MOISSON_TEST_RUNS ?? 0.25);

/** Returns how many values to try, given the number of a long run. */
export function propertyRuns(longRun: number): number {
  return Math.max(2, Math.round(longRun * runsFactor));
}
