import { createHmac } from "node:crypto";
import type { Person } from "./person.ts";

/** What is stored about a forgotten person. */
export interface PersonTrace {
  /** `<key>.<mark>.<HMAC>`: key that made it, sum of its words' marks (names only), HMAC-SHA256 of the normalised form. */
  readonly trace: string;
  readonly kind: Person["kind"];
}

/** Minimum length of the key, in characters. */
const shortestKey = 16;

/** Returns the key of traces, `MOISSON_SECRET`, or null if it is unset or too short. */
export function traceKey(environment: Readonly<Record<string, string | undefined>>): string | null {
  const key = environment.MOISSON_SECRET ?? "";
  return key.length < shortestKey ? null : key;
}

/** Returns the trace of a person: deterministic for a key, and meaningless without it. */
export function personTrace({ kind, normalised }: Person, key: string): PersonTrace {
  const mark = kind === "name" ? normalised.split(" ").reduce((sum, word) => (sum + wordMark(word, key)) >>> 0, 0) : 0;
  return { kind, trace: `${keyMark(key)}.${mark.toString(16)}.${digestOf(kind, normalised, key)}` };
}

/** Returns the first characters of every trace made with a key, which tell keys apart. */
export function keyMark(key: string): string {
  return createHmac("sha256", key).update("key").digest("base64url").slice(0, 6);
}

/** Returns 32 bits of a word. The sum over a name's words is compared first, because a text has many candidates and few distinct words. */
export function wordMark(word: string, key: string): number {
  return createHmac("sha256", key).update(`word:${word}`).digest().readUInt32BE(0);
}

/** Returns the HMAC-SHA256 of a normalised form in base64url. */
export function digestOf(kind: Person["kind"], normalised: string, key: string): string {
  return createHmac("sha256", key).update(`${kind}:${normalised}`).digest("base64url");
}
