import type { AidContent } from "../model/aid/aid.ts";
import { fingerprintOf } from "../model/text/canonical.ts";
import { comparableLink } from "../model/text/comparable-link.ts";
import { comparableText } from "../model/text/comparable-text.ts";
import { sketchOf } from "./text-sketch.ts";

/** What an aid is compared by: about a kilobyte, so that all aids of a catalogue fit in memory. */
export interface Likeness {
  /** Whose it is, for the caller: an `aidId`, an external id, an address. Unique in its list. */
  readonly key: string;
  /** The id under which another catalogue imported it; null where that is not known. */
  readonly importId: string | null;
  /** Titles without case, accents and punctuation; the one that is shown first, then the publisher's own. None twice. */
  readonly titles: readonly string[];
  /** Its pages, as `comparableLink` writes them, none twice. */
  readonly links: readonly string[];
  /** `YYYY-MM-DD` */
  readonly startDate: string | null;
  /** `YYYY-MM-DD` */
  readonly submissionDeadline: string | null;
  /** Fingerprint of the words of the description; null where it is too short to tell aids apart. */
  readonly textHash: string | null;
  /** Sketch of the same words, for texts that differ a little; empty where there is no `textHash`. */
  readonly textSketch: readonly number[];
  /** Names without case, accents and punctuation. */
  readonly financers: readonly string[];
  /** `scale:code` */
  readonly perimeters: readonly string[];
}

/** Descriptions of fewer words ("Voir le site", "Texte à venir") are met at aids that have nothing else in common. */
const fewestWords = 15;

/** What an aid is compared by. The content may be a part of one: what is missing says nothing. */
export function likenessOf(key: string, content: Partial<AidContent>, importId: string | null = null): Likeness {
  const words = comparableText(content.description ?? "").split(" ");
  const tells = words.length >= fewestWords;
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
