import type { Connector } from "../../kit/definition.ts";

const dayInMs = 86_400_000;

/**
 * Returns when the next file of a connector fed by hand is due, after the last one (null: overdue from the start). Null for other and
 * inactive connectors.
 */
export function fileDueAt({ state, rhythm }: Pick<Connector, "state" | "rhythm">, lastBroughtAt: Date | null): Date | null {
  if (state !== "active" || rhythm === undefined) return null;
  return lastBroughtAt === null ? new Date(0) : new Date(lastBroughtAt.getTime() + rhythm.everyDays * dayInMs);
}
