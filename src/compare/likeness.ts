import type { AidContent } from "../model/aid/aid.ts";
import { fingerprintOf } from "../model/text/canonical.ts";
import { comparableLink } from "../model/text/comparable-link.ts";
import { comparableText } from "../model/text/comparable-text.ts";
import { sketchOf } from "./text-sketch.ts";

/** The facts of an aid that are compared. They take about a kilobyte, so that a whole catalogue fits into memory. */
export interface Likeness {
  /** A key chosen by the caller: an `aidId`, an external id or an address. Unique in a list. */
  readonly key: string;
  /** Id under which another catalogue imported the aid, or null. */
  readonly importId: string | null;
  /** Distinct normalised titles: first the shown title, then the publisher's. */
  readonly titles: readonly string[];
  /** Distinct links, normalised by `comparableLink`. */
  readonly links: readonly string[];
  /** `YYYY-MM-DD` */
  readonly startDate: string | null;
  /** `YYYY-MM-DD` */
  readonly submissionDeadline: string | null;
  /** Fingerprint of the description's words; null if the description is too short to identify an aid. */
  readonly textHash: string | null;
  /** Sketch of the same words, for the comparison of similar texts; empty if `textHash` is null. */
  readonly textSketch: readonly number[];
  /** Normalised names. */
  readonly financers: readonly string[];
  /** `scale:code` */
  readonly perimeters: readonly string[];
}

/** Minimum number of words in a description that can identify an aid. "Voir le site" occurs in unrelated aids. */
const minWords = 15;

/** Returns the facts of an aid for comparison. `content` may be partial. */
export function likenessOf(key: string, content: Partial<AidContent>, importId: string | null = null): Likeness {
  const words = comparableText(content.description ?? "").split(" ");
  const isLongEnough = words.length >= minWords;
  return {
    key,
    importId,
    titles: distinct([content.name, content.nameInitial].map((title) => comparableText(title ?? ""))),
    links: distinct([content.originUrl, content.applicationUrl].map((url) => comparableLink(url ?? ""))),
    startDate: content.startDate ?? null,
    submissionDeadline: content.submissionDeadline ?? null,
    textHash: isLongEnough ? fingerprintOf(words.join(" ")) : null,
    textSketch: isLongEnough ? sketchOf(words) : [],
    financers: distinct((content.financers ?? []).map(({ name }) => comparableText(name))),
    perimeters: distinct((content.perimeters ?? []).map(({ scale, code }) => `${scale}:${code}`)),
  };
}

function distinct(texts: readonly (string | null)[]): string[] {
  return [...new Set(texts)].filter((text) => text !== null && text !== "") as string[];
}
