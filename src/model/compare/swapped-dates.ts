/** Returns true if two days (`YYYY-MM-DD`) differ, and are equal once day and month are swapped: 2026-02-06 and 2026-06-02. */
export function isSwapped(a: string, b: string): boolean {
  return a !== b && a.slice(0, 4) === b.slice(0, 4) && a.slice(5, 7) === b.slice(8) && a.slice(8) === b.slice(5, 7);
}
