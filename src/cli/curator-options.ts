import { userInfo } from "node:os";
import type { Command } from "commander";
import type { Curator } from "../curation/person-plan.ts";
import { WrongUse } from "./exit.ts";

/** What `addCuratorFlags` lets a person say. */
export interface CuratorFlags {
  by?: string;
  note?: string;
}

/** Options of every command by which a person changes the catalogue. */
export function addCuratorFlags(command: Command): Command {
  return command
    .option("--by <name>", "who does it (default: MOISSON_USER, else the name you are logged in under)")
    .option("--note <text>", "why, kept in the history");
}

/** Who does it, when and why. Throws `WrongUse` where nobody is named, or a note is empty. */
export function curatorOf(flags: CuratorFlags, environment: Readonly<Record<string, string | undefined>>, now: Date): Curator {
  const by = (flags.by ?? environment.MOISSON_USER ?? loginName()).trim();
  if (by === "") throw new WrongUse("nobody is named; say who you are with --by <name>, or set MOISSON_USER");
  const note = flags.note?.trim();
  if (note === "") throw new WrongUse("--note is empty");
  return { by, now, ...(note !== undefined && { note }) };
}

/** Empty where the machine knows no name, as in a container. */
function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}
