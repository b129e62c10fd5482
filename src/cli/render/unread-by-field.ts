import type { LivePair } from "../../curation/match-live-aids.ts";

/** Unreadable values of one field. */
interface UnreadField {
  count: number;
  /** The first three, shortened. */
  readonly examples: string[];
}

/** Groups the unreadable values of live aids by field. */
export function unreadByField(pairs: readonly LivePair[]): Record<string, UnreadField> {
  const found: Record<string, UnreadField> = {};
  for (const { live } of pairs) {
    for (const { field, value } of live.unread) {
      found[field] ??= { count: 0, examples: [] };
      const known = found[field];
      known.count++;
      if (known.examples.length < 3) known.examples.push(shortened(typeof value === "string" ? value : JSON.stringify(value)));
    }
  }
  return found;
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
