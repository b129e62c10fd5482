import type { Connector } from "../../kit/definition.ts";

const dayInMs = 86_400_000;

/**
 * When the next file of a connector that is fed by hand is to be brought, given when the last one was (null: none yet, it is due since ever); null of a
 * connector that is not fed by hand, or not active.
 */
export function fileDueAt({ state, rhythm }: Pick<Connector, "state" | "rhythm">, lastBroughtAt: Date | null): Date | null {
  if (state !== "active" || rhythm === undefined) return null;
  return lastBroughtAt === null ? new Date(0) : new Date(lastBroughtAt.getTime() + rhythm.everyDays * dayInMs);
}
