import type { AidContent } from "../model/aid/aid.ts";
import { fingerprintOf } from "../model/text/canonical.ts";
import { comparableLink } from "../model/text/comparable-link.ts";
import { comparableText } from "../model/text/comparable-text.ts";
import { sketchOf } from "./text-sketch.ts";

/** The compared facts of an aid, about a kilobyte, so that a whole catalogue fits in memory. */
export interface Likeness {
  /** The caller's key: an `aidId`, an external id or an address. Unique in its list. */
  readonly key: string;
  /** Id under which another catalogue imported the aid, or null. */
  readonly importId: string | null;
  /** Distinct normalised titles: the shown one first, then the publisher's. */
  readonly titles: readonly string[];
  /** Distinct pages, normalised by `comparableLink`. */
  readonly links: readonly string[];
  /** `YYYY-MM-DD` */
  readonly startDate: string | null;
  /** `YYYY-MM-DD` */
  readonly submissionDeadline: string | null;
  /** Fingerprint of the description's words; null if too short to identify an aid. */
  readonly textHash: string | null;
  /** Sketch of the same words, for similar texts; empty without `textHash`. */
  readonly textSketch: readonly number[];
  /** Normalised names. */
  readonly financers: readonly string[];
  /** `scale:code` */
  readonly perimeters: readonly string[];
}

/** Shorter descriptions ("Voir le site", "Texte à venir") occur with unrelated aids. */
const minWords = 15;

/** Returns the compared facts of an aid. `content` may be partial: a missing field proves nothing. */
export function likenessOf(key: string, content: Partial<AidContent>, importId: string | null = null): Likeness {
  const words = comparableText(content.description ?? "").split(" ");
  const tells = words.length >= minWords;
  return {
    key,
    importId,
    titles: distinct([content.name, content.nameInitial].map((title) => comparableText(title ?? ""))),
    links: distinct([content.originUrl, content.applicationUrl].map((url) => comparableLink(url ?? ""))),
    startDate: content.startDate ?? null,
    submissionDeadline: content.submissionDeadline ?? null,
    textHash: tells ? fingerprintOf(words.join(" ")) : null,
    textSketch: tells ? sketchOf(words) : [],
    financers: distinct((content.financers ?? []).map(({ name }) => comparableText(name))),
    perimeters: distinct((content.perimeters ?? []).map(({ scale, code }) => `${scale}:${code}`)),
  };
}

function distinct(texts: readonly (string | null)[]): string[] {
  return [...new Set(texts)].filter((text) => text !== null && text !== "") as string[];
}
