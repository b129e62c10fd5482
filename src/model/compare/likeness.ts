import type { AidContent } from "../aid/aid.ts";
import { factsOf, fieldsOfKind } from "../aid/field-table.ts";
import { fingerprintOf } from "../text/canonical.ts";
import { comparableLink } from "../text/comparable-link.ts";
import { comparableText } from "../text/comparable-text.ts";
import { pageTitles } from "../text/page-title.ts";
import { sketchOf } from "./text-sketch.ts";

/** The facts of an aid that are compared. They take about a kilobyte, so that a whole catalogue fits into memory. */
export interface Likeness {
  /** A key chosen by the caller: an `aidId`, an external id or an address. Unique in a list. */
  readonly key: string;
  /** Distinct normalised titles: first the shown title, then the publisher's. */
  readonly titles: readonly string[];
  /** Names of programmes in the titles: see `programmeNames`. */
  readonly programmes: readonly string[];
  /** Titles in the addresses of Aides-territoires: see `pageTitles`. They match titles without apostrophes that begin so. */
  readonly pageTitles: readonly string[];
  /** Distinct links, normalised by `comparableLink`. */
  readonly links: readonly string[];
  /** Normalised page of the source data. It may be the page of one aid, or of a whole data set. */
  readonly sourcePage: string | null;
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
  /** Highest loan, advance and rate: `loanAmount:50000`. */
  readonly amounts: readonly string[];
  readonly audiences: readonly string[];
}

/** Minimum number of words in a description that can identify an aid. "Voir le site" occurs in unrelated aids. */
const minWords = 15;

const amountFields = [...fieldsOfKind("euros"), "subventionRateUpperBound"] as const;
/** Links to pages about the aid itself. */
const linkFields = fieldsOfKind("link").filter((field) => factsOf(field).lent !== "never");

/** Returns the facts of an aid for comparison. `content` may be partial. */
export function likenessOf(key: string, content: Partial<AidContent>): Likeness {
  const words = comparableText(content.description ?? "").split(" ");
  const isLongEnough = words.length >= minWords;
  const names = [content.name, content.nameInitial].map((title) => title ?? "");
  const links = distinct(linkFields.map((field) => comparableLink(content[field] ?? "")));
  const sourcePage = comparableLink(content.importDataUrl ?? "");
  return {
    key,
    titles: distinct(names.map(comparableText)),
    programmes: distinct(names.flatMap(programmeNames)),
    pageTitles: distinct([...links, sourcePage ?? ""].flatMap(pageTitles)),
    links,
    sourcePage,
    startDate: content.startDate ?? null,
    submissionDeadline: content.submissionDeadline ?? null,
    textHash: isLongEnough ? fingerprintOf(words.join(" ")) : null,
    textSketch: isLongEnough ? sketchOf(words) : [],
    financers: distinct((content.financers ?? []).map(({ name }) => comparableText(name))),
    perimeters: distinct((content.perimeters ?? []).map(({ scale, code }) => `${scale}:${code}`)),
    amounts: amountFields.flatMap((field) => (content[field] == null ? [] : [`${field}:${content[field]}`])),
    audiences: content.targetedAudiences ?? [],
  };
}

function distinct(texts: readonly (string | null)[]): string[] {
  return [...new Set(texts)].filter((text) => text !== null && text !== "") as string[];
}

/**
 * Parts of a title that may be a programme's name: in brackets, in quotation marks, after a dash or a colon. Curators of Aides-territoires
 * add it at the end: "Financer des études de faisabilité - FASEP", "… (Fonds chaleur)".
 */
const named = /\(([^()]{3,80})\)|«\s*([^«»]{3,80}?)\s*»|"([^"]{3,80})"|(?:\s[-–—]\s+|\s?:\s)(?=([^-–—:]{3,100})$)/g;

/** Returns the names of programmes in a title, in comparable form: "fasep". */
function programmeNames(title: string): string[] {
  return [...title.matchAll(named)].map((found) => withoutArticle(comparableText(found.slice(1).find((part) => part !== undefined) ?? "")));
}

function withoutArticle(text: string): string {
  return text.replace(/^(?:l|le|la|les|un|une|du|des) /, "");
}
