import { userInfo } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import type { Curator } from "../curation/person-plan.ts";
import { isDay } from "../model/text/is-day.ts";
import { parisDay } from "../model/text/paris-day.ts";
import { createClock } from "../platform/clock.ts";
import type { CommandContext } from "./context.ts";
import { WrongUse } from "./exit.ts";

/** Options of commands by which a person changes the catalogue. */
export interface CuratorFlags {
  by?: string;
  note?: string;
}

/** Adds `--by`. */
export function addByOption(command: Command): Command {
  return command.option("--by <name>", "your name (default: MOISSON_USER, else your login name)");
}

/** Adds `--by` and `--note`. */
export function addCuratorOptions(command: Command): Command {
  return addByOption(command).option("--note <text>", "reason, kept in the history");
}

/** Returns who acts, when and why. Throws `WrongUse` if no name is known, or the note is empty. */
export function curatorOf(flags: CuratorFlags, environment: CommandContext["environment"], now: Date): Curator {
  const by = (flags.by ?? environment.MOISSON_USER ?? loginName()).trim();
  if (by === "") throw new WrongUse("your name is unknown; give --by <name>, or set MOISSON_USER");
  const note = flags.note?.trim();
  if (note === "") throw new WrongUse("--note is empty");
  return { by, now, ...(note !== undefined && { note }) };
}

/** Returns the login name, or an empty text if the machine knows none, as in a container. */
function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}

/** Returns the day of `--until`, `YYYY-MM-DD`. Throws `WrongUse` unless it is a day after today. */
export function futureDay(until: string, { config }: CommandContext): string {
  if (!isDay(until)) throw new WrongUse(`--until ${until}: expected a day, such as 2026-12-31`);
  const today = parisDay(createClock(config.fixedNow).now());
  if (until <= today) throw new WrongUse(`--until ${until}: expected a day after today, ${today}`);
  return until;
}

/** Parses a whole number above 0. */
export function positiveNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("expected a whole number above 0");
  return number;
}

/** Parses `a, b, c`. */
export function commaSeparated(text: string): string[] {
  return text.split(",").map((word) => word.trim());
}

/** Collects the values of an option that may be repeated. */
export function repeated(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
