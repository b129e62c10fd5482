import { createHmac } from "node:crypto";
import type { Person } from "./person.ts";

/** What is kept of a person who was forgotten. */
export interface PersonTrace {
  /** `<key>.<mark>.<HMAC>`: which key made it, the sum of its words' marks (names only), HMAC-SHA256 of the normalised form. */
  readonly trace: string;
  readonly kind: Person["kind"];
}

/** Least length of the key, in characters. */
const shortestKey = 16;

/** The key that traces are made with: `MOISSON_SECRET`; null where it is not set or too short. */
export function traceKey(environment: Readonly<Record<string, string | undefined>>): string | null {
  const key = environment.MOISSON_SECRET ?? "";
  return key.length < shortestKey ? null : key;
}

/** The trace of a person: the same person and key give the same trace, and without the key it says nothing. */
export function personTrace({ kind, normalised }: Person, key: string): PersonTrace {
  const mark = kind === "name" ? normalised.split(" ").reduce((sum, word) => (sum + wordMark(word, key)) >>> 0, 0) : 0;
  return { kind, trace: `${keyMark(key)}.${mark.toString(16)}.${digestOf(kind, normalised, key)}` };
}

/** Tells keys apart: the first characters of every trace that was made with it. */
export function keyMark(key: string): string {
  return createHmac("sha256", key).update("key").digest("base64url").slice(0, 6);
}

/** 32 bits of a word. The sum over a name's words is compared first: a text has as many candidates as words, and few different words. */
export function wordMark(word: string, key: string): number {
  return createHmac("sha256", key).update(`word:${word}`).digest().readUInt32BE(0);
}

/** HMAC-SHA256 of a normalised form, in base64url. */
export function digestOf(kind: Person["kind"], normalised: string, key: string): string {
  return createHmac("sha256", key).update(`${kind}:${normalised}`).digest("base64url");
}
