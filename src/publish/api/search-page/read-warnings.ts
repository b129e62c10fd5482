import { unmarkedText } from "../../../kit/values/html/readable-text.ts";
import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import { populationBounds, populationThreshold } from "../../../kit/values/text/population-threshold.ts";
import { comparableText } from "../../../model/text/comparable-text.ts";
import { cutAtWord } from "../cut-at-word.ts";
import type { Commune } from "./find-commune.ts";

/** Conditions in an aid's text that somebody must check before they start. Each is the sentence of the publisher, or null. */
export interface Warnings {
  /** Works or orders must not begin before the request. */
  readonly waitBefore: string | null;
  /** A threshold of inhabitants that the commune does not meet. */
  readonly population: string | null;
  /** The water basin that the aid is for, if the commune may lie in another one. */
  readonly basin: string | null;
}

/** The texts and the territory of an aid, as `/api/aids/` returns them. */
interface ReadRecord {
  /** HTML, or null. */
  readonly description: string | null;
  /** HTML, or null. */
  readonly eligibility: string | null;
  readonly perimeter: string | null;
}

/** Longest quoted sentence, in characters. */
const maxQuoted = 300;
/** Longest text that is read, in characters. */
const maxRead = 30_000;

const notBefore =
  /\b(?:travaux|operations?|projets?|achats?|depenses?|investissements?|actions?|commandes?|devis|marches?)\b.{0,120}\b(?:avant|prealable|posterieurs?|ne (?:doi(?:t|vent)|peu(?:t|vent)) (?:pas|en aucun cas)|non (?:commences?|engages?|demarres?))\b/;
const beginning = /\b(?:commenc|engag|demarr|debut|sign|passe[rs]?\b|realis|lanc|execut)/;
const request = /\b(?:demande|dossier|depot|accord|notification|accuse|autorisation|decision|deliberation|eligib)/;

/** Reads the conditions of an aid that a commune must check. `commune`: null if it is unknown. */
export function readWarnings(
  { description, eligibility, perimeter }: ReadRecord,
  commune: Pick<Commune, "population" | "basins"> | null,
): Warnings {
  const sentences = [eligibility, description].flatMap((html) => (html === null ? [] : sentencesOf(html)));
  const waitBefore = sentences.find(({ folded }) => notBefore.test(folded) && beginning.test(folded) && request.test(folded));
  const population = commune?.population ?? null;
  const outside = population === null ? undefined : sentences.find(({ text }) => !fits(foldTerm(text), population));
  const near = commune?.basins ?? [];
  const basin = near.length > 1 ? near.find(({ name }) => name === perimeter) : undefined;
  return { waitBefore: quoted(waitBefore?.text), population: quoted(outside?.text), basin: basin?.name ?? null };
}

function sentencesOf(html: string): readonly { readonly text: string; readonly folded: string }[] {
  return unmarkedText(html.slice(0, maxRead))
    .split(/\n+|(?<=[.!?])\s+(?=\p{Lu})/u)
    .map((sentence) => sentence.replace(/^[-•*\s]+/u, "").trim())
    .filter((text) => text !== "")
    .map((text) => ({ text, folded: comparableText(text) }));
}

const anyThreshold = new RegExp(populationThreshold, "g");
const ofCommunes = new RegExp(`\\bcommunes?\\b.{0,60}?${populationThreshold}`);

/** Returns false if the sentence states a threshold for communes that this number of inhabitants does not meet. */
function fits(folded: string, population: number): boolean {
  const groups = ofCommunes.exec(folded)?.slice(1);
  // A sentence with several thresholds states rates for each size: none excludes.
  if (groups === undefined || [...folded.matchAll(anyThreshold)].length > 1) return true;
  const { minPopulation, maxPopulation } = populationBounds(groups);
  return population >= (minPopulation ?? 0) && population <= (maxPopulation ?? Number.POSITIVE_INFINITY);
}

function quoted(sentence: string | undefined): string | null {
  return sentence === undefined ? null : cutAtWord(sentence, maxQuoted);
}
