import { createHmac } from "node:crypto";
import type { Person } from "./person.ts";

/** The stored trace of a forgotten person. */
export interface PersonTrace {
  /** `<key mark>.<sum of word marks>.<HMAC>`. The sum is 0 unless it is a name. HMAC-SHA256 of the normalised form. */
  readonly trace: string;
  readonly kind: Person["kind"];
}

/** Returns the trace of a person. The same person and key give the same trace. Without the key, a trace reveals nothing. */
export function personTrace({ kind, normalised }: Person, key: string): PersonTrace {
  const mark = kind === "name" ? normalised.split(" ").reduce((sum, word) => (sum + wordMark(word, key)) >>> 0, 0) : 0;
  return { kind, trace: `${keyMark(key)}.${mark.toString(16)}.${digestOf(kind, normalised, key)}` };
}

/** Returns the first characters of all traces made with a key. They show which key was used. */
function keyMark(key: string): string {
  return createHmac("sha256", key).update("key").digest("base64url").slice(0, 6);
}

/** Returns the traces that were made with a key. */
export function tracesUnder(key: string, traces: readonly PersonTrace[]): PersonTrace[] {
  const mark = `${keyMark(key)}.`;
  return traces.filter(({ trace }) => trace.startsWith(mark));
}

/** Returns 32 bits for a word. Comparing the sum for a name's words first is fast, because a text has few distinct words. */
export function wordMark(word: string, key: string): number {
  return createHmac("sha256", key).update(`word:${word}`).digest().readUInt32BE(0);
}

/** Returns the HMAC-SHA256 of a normalised form in base64url. */
export function digestOf(kind: Person["kind"], normalised: string, key: string): string {
  return createHmac("sha256", key).update(`${kind}:${normalised}`).digest("base64url");
}
