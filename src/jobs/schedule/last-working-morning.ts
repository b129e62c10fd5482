import { parisDay } from "../../model/text/paris-day.ts";
import { lastTime } from "./due.ts";

/** When people begin: Monday to Friday, in Paris. */
const mornings = "0 9 * * 1-5";
const dayInMs = 86_400_000;

/** The last morning before today on which people were at work: what has happened since is news to them. On a Monday it is that of Friday. */
export function lastWorkingMorning(now: Date): Date {
  for (let at = now; ; at = new Date(at.getTime() - dayInMs)) {
    const morning = lastTime(mornings, at);
    if (morning !== null && parisDay(morning) < parisDay(now)) return morning;
  }
}
