import { parisMidnight } from "../kit/values/dates/paris-midnight.ts";
import { nearest } from "../model/text/nearest.ts";
import { WrongUse } from "./exit.ts";

/** Returns the known name that equals `text`. Throws `WrongUse` with the nearest name, or all names. `what`: kind of name, for the message. */
export function knownName<Name extends string>(what: string, text: string, known: readonly Name[]): Name {
  const found = known.find((name) => name === text);
  if (found !== undefined) return found;
  const near = nearest(text, known);
  throw new WrongUse(`${what} "${text}"; ${near === undefined ? `expected one of ${known.join(", ")}` : `did you mean ${near}?`}`);
}

const instant = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

/** Parses a day (midnight in Paris) or an instant. Returns null for any other text. */
export function dayOrInstant(text: string): Date | null {
  const day = instant.exec(text)?.[1] ?? text;
  const midnight = parisMidnight(day);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || midnight === undefined) return null;
  const parsed = new Date(day === text ? midnight : text);
  return Number.isNaN(parsed.getTime()) ? null : parsed;
}
