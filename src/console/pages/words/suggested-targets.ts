import { counted, french } from "../../../french/typography.ts";
import { vocabularyNames } from "../../../model/vocabularies.ts";
import { type AidTexts, type Evidence, suggestTerms } from "../../../registry/terms/suggest-terms.ts";
import type { WaitingWord } from "../../../registry/terms/waiting-words.ts";
import { readTerritory } from "../../parts/territories.ts";
import type { Visit } from "../../visit.ts";
import type { WordsRead } from "./read-words.ts";

/** A decision that is proposed for a word: one click makes it. No targets: to ignore it. */
export interface SuggestedTargets {
  readonly targets: readonly string[];
  readonly certainty: number;
  /** Sentences without capital or full stop. */
  readonly because: readonly string[];
}

/** Aids read to see what those with a word speak of, and as many others. */
const aidsRead = 40;
/** Of a name that one territory bears, and of one that several do. */
const [oneTerritory, someTerritories] = [0.7, 0.5];

/** What a word may mean, by its letters and by what the aids with it speak of; of territories, those that bear the name. Most certain first. */
export async function suggestedTargets(visit: Visit, read: WordsRead, word: WaitingWord): Promise<readonly SuggestedTargets[]> {
  if (word.vocabulary === "perimeters") return territoriesNamed(word.word);
  const closed = vocabularyNames.find((name) => name === word.vocabulary);
  if (closed === undefined) return [];
  const found = suggestTerms(closed, word.word, read.known, await textsWith(visit, word));
  return found.map(({ slug, certainty, evidence }) => ({
    targets: slug === null ? [] : [slug],
    certainty,
    because: evidence.map(termEvidenceInFrench),
  }));
}

/** Of the connector that has it most: what its aids speak of is what the word stands for there. */
async function textsWith({ catalogue }: Visit, { vocabulary, uses: [first] }: WaitingWord): Promise<AidTexts | undefined> {
  return first === undefined ? undefined : catalogue.aids.textsByTerm(first.connector, [vocabulary, first.term], aidsRead);
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

/** Why one of our terms may be meant, without capital or full stop. */
function termEvidenceInFrench(evidence: Evidence): string {
  switch (evidence.code) {
    case "same-words":
      return french`décidé ainsi pour le même mot : ${named(evidence.connectors)}`;
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

function named(connectors: readonly string[]): string {
  const more = connectors.length - connectorsNamed;
  const first = connectors.slice(0, connectorsNamed).map(nameOf).join(", ");
  return more > 0 ? `${first} et ${counted(more, "autre")}` : first;
}

/** The folder of term files that all connectors share has no connector's name. */
function nameOf(connector: string): string {
  return connector === "shared" ? "tous les connecteurs" : connector;
}

function percent(share: number): number {
  return Math.round(share * 100);
}
