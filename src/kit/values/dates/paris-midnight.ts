import { offsetAt } from "./calendar-date.ts";

/** Returns the start of a day in Paris: "2023-06-02" gives "2023-06-01T22:00:00.000Z". Undefined if the day does not exist. */
export function parisMidnight(date: string): string | undefined {
  const localMidnight = Date.parse(`${date}T00:00:00.000Z`);
  // V8 turns 31 February into March.
  if (Number.isNaN(localMidnight) || new Date(localMidnight).toISOString().slice(0, 10) !== date) return undefined;
  const guess = localMidnight - offsetAt(localMidnight, "Europe/Paris");
  return new Date(localMidnight - offsetAt(guess, "Europe/Paris")).toISOString();
}
