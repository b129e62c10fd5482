import { parisDay } from "../../model/text/paris-day.ts";
import { lastTime } from "./due.ts";

/** Start of work: Monday to Friday, in Paris. */
const mornings = "0 9 * * 1-5";
const dayInMs = 86_400_000;

/** Returns the last working morning before today: on a Monday, Friday's. */
export function lastWorkingMorning(now: Date): Date {
  for (let at = now; ; at = new Date(at.getTime() - dayInMs)) {
    const morning = lastTime(mornings, at);
    if (morning !== null && parisDay(morning) < parisDay(now)) return morning;
  }
}
