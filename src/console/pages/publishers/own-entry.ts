import type { Exchange } from "../../../catalogue/publishers/exchange-repository.ts";
import type { ExchangeKind } from "../../../model/publisher/publisher-stage.ts";

/** Kinds of entries that persons write into a log by hand. */
export const writtenKinds = ["call", "mail", "meeting", "note"] as const satisfies readonly ExchangeKind[];

/** True for an entry that somebody of this name wrote by hand, and may take out. */
export function isOwnEntry({ kind, by, text }: Exchange, name: string): boolean {
  return by === name && text !== null && writtenKinds.some((known) => known === kind);
}
