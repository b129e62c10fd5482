import type { Pause } from "../../catalogue/runs/schedule-repository.ts";
import { inert } from "../printable.ts";
import { parisTime } from "./paris-time.ts";

/** Returns "paused by marie on 2026-11-25 09:00: new server". */
export function pausedWords(what: string, { by, at, reason }: Pause): string {
  return inert(`${what} by ${by} on ${parisTime(at)}${reason === null ? "" : `: ${reason}`}`);
}
