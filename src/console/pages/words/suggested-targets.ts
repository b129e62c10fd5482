import { counted, french } from "../../../french/typography.ts";
import { vocabularyNames } from "../../../model/vocabularies.ts";
import { type AidTexts, type Evidence, suggestMappings } from "../../../registry/terms/suggest-mappings.ts";
import type { WaitingWord } from "../../../registry/terms/waiting-words.ts";
import { readTerritory } from "../../parts/territory-field.ts";
import type { Visit } from "../../visit.ts";
import type { WordsRead } from "./read-words.ts";
import { listFew } from "./words-in-french.tsx";

/** A suggested decision on a word. If `targets` is empty, the suggestion is to ignore the word. */
export interface SuggestedTargets {
  readonly targets: readonly string[];
  readonly certainty: number;
  /** Reasons in French, without capital or full stop. */
  readonly because: readonly string[];
}

/** Maximum number of aids with the word, and of aids without it, to compare. */
const aidsRead = 40;
/** Certainty for a name that one territory has, and for a name that several have. */
const [oneTerritory, someTerritories] = [0.7, 0.5];

/** Returns suggestions, most certain first. They are based on the spelling and the texts of aids or, for territories, on the name. */
export async function suggestedTargets(visit: Visit, read: WordsRead, word: WaitingWord): Promise<readonly SuggestedTargets[]> {
  if (word.vocabulary === "perimeters") return territoriesNamed(word.word);
  const closed = vocabularyNames.find((name) => name === word.vocabulary);
  if (closed === undefined) return [];
  const found = suggestMappings(closed, word.word, read.known, await textsWith(visit, word));
  return found.map(({ slug, certainty, evidence }) => ({
    targets: slug === null ? [] : [slug],
    certainty,
    because: evidence.map(termEvidenceInFrench),
  }));
}

/** Reads texts of aids with and without the word, from the connector that uses the word most. */
async function textsWith({ catalogue }: Visit, { vocabulary, uses: [first] }: WaitingWord): Promise<AidTexts | undefined> {
  return first === undefined ? undefined : catalogue.words.texts(first.connector, [vocabulary, first.term], aidsRead);
}

function territoriesNamed(name: string): SuggestedTargets[] {
  const territories = readTerritory(name);
  return territories.map(({ scale, code }) => ({
    targets: [`${scale}:${code}`],
    certainty: territories.length === 1 ? oneTerritory : someTerritories,
    because: [territories.length === 1 ? "ce territoire porte ce nom" : french`${territories.length} territoires portent ce nom`],
  }));
}

const connectorsNamed = 3;

function termEvidenceInFrench(evidence: Evidence): string {
  switch (evidence.code) {
    case "same-words":
      return french`décidé ainsi pour le même mot : ${listFew(evidence.connectors.map(nameOf), connectorsNamed)}`;
    case "synonym":
      return french`« ${evidence.word} » se dit pour ce terme`;
    case "label":
      return french`« ${evidence.label} » a des mots en commun : ${evidence.shared.join(", ")}`;
    case "like-another":
      return french`ressemble à « ${evidence.term} », décidé ainsi pour ${nameOf(evidence.connector)}`;
    case "aids-speak-of-it":
      return french`${percent(evidence.share)} % des ${counted(evidence.aids, "aide")} qui ont ce mot en parlent, ${percent(evidence.usual)} % des autres`;
  }
}

/** Returns the name of a connector. The shared folder of term files applies to all connectors. */
function nameOf(connector: string): string {
  return connector === "shared" ? "tous les connecteurs" : connector;
}

function percent(share: number): number {
  return Math.round(share * 100);
}
