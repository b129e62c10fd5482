import { type Slug, slugsOf } from "../../../model/vocabularies.ts";
import table from "./audience-words.json" with { type: "json" };
import { type PopulationBounds, populationBounds, populationThreshold } from "./population-threshold.ts";

type Audience = Slug<"targetedAudiences">;

/** A threshold of inhabitants for an audience: "communes de moins de 2 000 habitants". */
interface AudienceThreshold extends PopulationBounds {
  readonly audience: Audience;
}

/** The audiences that a phrase names, in the order of the vocabulary, and their thresholds of inhabitants. */
export interface AudienceReading {
  readonly audiences: readonly Audience[];
  readonly conditions: readonly AudienceThreshold[];
  /** False if a person must confirm what a word of this publisher means: "collectivités", "bailleurs sociaux". */
  readonly isSure: boolean;
}

/** Longer texts are sentences, not audiences. */
const maxLength = 300;

const before =
  "(?:(?:aux?|les?|la|des|l'|a la|pour|tou(?:te)?s les|(?:tres )?petit(?:e?s|e)?|grand(?:e?s|e)?|jeunes?|autres?)(?:\\s+|(?<=')))*";
interface Noun {
  readonly audiences: readonly Audience[];
  /** False if publishers mean different audiences by the word: "collectivités", "bailleurs sociaux". */
  readonly isSure: boolean;
  readonly pattern: RegExp;
}

const nouns: readonly Noun[] = table.map(({ audiences, isSure = false, words }) => ({
  audiences: audiences as readonly Audience[],
  isSure,
  pattern: new RegExp(`(?:${words})(?![a-z0-9'-])`, "y"),
}));
const article = new RegExp(before, "y");
/** Adjectives that limit an audience by a size or an age that is not stated. */
const size = /petit|grand|jeune/;
/** Words that narrow an audience without changing it. */
const narrower =
  /\s+(?:loi (?:de )?1901|a but non lucratif|sans but lucratif|(?:et|ou) assimile(?:e?s|e)?|assimile(?:e?s|e)?|rura(?:les?|l|ux)|urbaines?|littorales?|forestieres?|de montagne|nouvelles?|touristiques?|sporti(?:ves?|fs?)(?: et culturel(?:le)?s)?|culturel(?:le)?s?(?: et sporti(?:ves?|fs))?|caritatives?|locales?|locaux|privee?s?|eligibles?|concernee?s?|du (?:territoire|departement)|de la region)(?![a-z0-9'-])/y;
const groupings = /\s*(?:,\s*)?(?:et|ou)\s+(?:leurs?\s+)?groupements?(?![a-z0-9'-])/y;
const ownBodies = /\s*(?:,\s*)?(?:et|ou)\s+leurs?\s+(?:etablissements?|operateurs?)(?:\s+publics?)?(?![a-z0-9'-])/y;
const threshold = new RegExp(
  `\\s*\\(?\\s*(?:(?:de|d'|ayant|comptant|avec|dont la population (?:est|compte)?)\\s*)*${populationThreshold}\\s*\\)?`,
  "y",
);
const exclusion = /\s*\(?\s*(?:hors|sauf|excepte(?:e?s|e)?|a l'ex(?:ception|clusion) d(?:es|e|u))\s+([^,;()]+)\)?/y;
const explanation = /\s*\([^()]*\)/y;
const separator = /\s*(?:[,;|/+&•]|et\/ou\b|et\b|ou\b|ainsi que\b|\.|$)\s*|\s+/y;
const nextSeparator = /\s*(?:[,;|/+&•]|\bet\/ou\b|\b(?:et|ou|ainsi que)\b|$)/;

/**
 * Reads the audiences of a folded phrase in the French of administrations: "communes et epci de moins de 20 000 habitants". Returns
 * undefined if a part of it is unknown. `known`: what the publisher's own terms say about a part; it takes precedence.
 */
export function readAudiences(folded: string, known: (part: string) => readonly string[] | undefined): AudienceReading | undefined {
  if (folded.length > maxLength) return undefined;
  const text = folded
    .replace(/\b(?:[a-z]\.){2,}/g, (letters) => letters.replaceAll(".", ""))
    .replace(/(?<=[a-z]{3})(?:[·•][a-z]+)+/g, "")
    .replace(/(?<=[a-z]{3})\([a-z]{1,6}\)/g, "")
    .trim();
  const ofGroup = /^[a-z' ]+ - (?!de )(.+)$/.exec(text);
  return new Phrase(ofGroup?.[1] ?? text, known).read();
}

/** A phrase that is read from left to right. */
class Phrase {
  readonly #text: string;
  readonly #known: (part: string) => readonly string[] | undefined;
  readonly #conditions: AudienceThreshold[] = [];
  #isSure = true;
  #at = 0;

  constructor(text: string, known: (part: string) => readonly string[] | undefined) {
    this.#text = text;
    this.#known = known;
  }

  read(): AudienceReading | undefined {
    const found = new Set<string>();
    while (this.#at < this.#text.length) {
      const part = this.#part();
      if (part === undefined) return undefined;
      for (const audience of part) found.add(audience);
      if (this.#take(separator) === null) return undefined;
      while (this.#at < this.#text.length && this.#take(/\s*(?:[,;|/+&•.]|et\b|ou\b)\s*/y) !== null);
    }
    if (found.size === 0) return undefined;
    return {
      audiences: slugsOf("targetedAudiences").filter((slug) => found.has(slug)),
      conditions: this.#conditions,
      isSure: this.#isSure,
    };
  }

  /** Reads one audience with its restrictions, or returns undefined. */
  #part(): readonly string[] | undefined {
    const named = this.#ownTerm() ?? this.#noun();
    if (named === undefined) return undefined;
    const audiences = new Set(named);
    for (let end = -1; end !== this.#at; ) {
      end = this.#at;
      this.#restriction(audiences);
    }
    return [...audiences];
  }

  /** Reads what the publisher's own terms say about the words up to the next separator. */
  #ownTerm(): readonly string[] | undefined {
    const rest = this.#text.slice(this.#at);
    const part = rest.slice(0, nextSeparator.exec(rest)?.index ?? rest.length).trim();
    const targets = part === "" ? undefined : this.#known(part);
    if (targets !== undefined) this.#at += rest.indexOf(part) + part.length;
    return targets;
  }

  /** Reads a noun, with or without an article or an adjective before it. */
  #noun(): readonly Audience[] | undefined {
    const start = this.#at;
    const words = this.#take(article)?.[0] ?? "";
    let noun = this.#nounHere();
    if (noun === undefined) {
      this.#at = start;
      noun = this.#nounHere();
    } else if (size.test(words)) this.#isSure = false;
    if (noun?.isSure === false) this.#isSure = false;
    return noun?.audiences;
  }

  #nounHere(): Noun | undefined {
    return nouns.find(({ pattern }) => this.#take(pattern) !== null);
  }

  #restriction(audiences: Set<string>): void {
    const bounds = this.#take(threshold);
    if (bounds !== null) {
      for (const audience of ["commune", "epci"] as const) {
        if (audiences.has(audience)) this.#conditions.push({ audience, ...populationBounds(bounds.slice(1)) });
      }
      return;
    }
    const excluded = this.#take(exclusion)?.[1];
    if (excluded !== undefined) {
      // Only whole audiences are excluded: "hors régions", but not "hors communes rurales".
      const whole = nouns.find(({ pattern }) => wholeMatch(pattern, excluded.replace(/^(?:les|la|le)\s+/, "").trim()));
      const left = [...audiences].filter((audience) => !whole?.audiences.some((one) => one === audience));
      if (left.length > 0 && left.length < audiences.size) for (const one of whole?.audiences ?? []) audiences.delete(one);
      return;
    }
    if (this.#take(groupings) !== null) audiences.add("epci");
    else if (this.#take(ownBodies) !== null) audiences.add("public-org");
    else if (this.#take(narrower) === null) this.#take(explanation);
  }

  /** Moves behind the pattern if it matches here. */
  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at = pattern.lastIndex;
    return match;
  }
}

function wholeMatch(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.exec(text)?.[0].length === text.length;
}
