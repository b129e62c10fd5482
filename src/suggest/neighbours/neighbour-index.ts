import type { AidContent } from "../../model/aid/aid.ts";
import { comparableText } from "../../model/text/comparable-text.ts";
import type { LabelledAid, Neighbour, Neighbourhood } from "./neighbourhood.ts";

/** Number of neighbours that vote. */
const neighbourCount = 20;
/** Number of characters of a word that count. The beginning is a simple stem: "rénovation" and "rénover" share "renov". */
const stemLength = 6;
/** Maximum number of characters of a text that are compared. */
const maxTextLength = 12_000;
/** Weight of a word in the title; a word of a text has 1. */
const titleWeight = 3;

/** A labelled aid that contains a word, and the word's weight there. */
interface Posting {
  readonly place: number;
  readonly weight: number;
}

/**
 * Finds similar labelled aids by their common words (cosine of TF-IDF vectors). A word that few aids contain weighs more. An inverted index
 * keeps the cost of a search at the postings of the aid's own words.
 */
export class NeighbourIndex implements Neighbourhood {
  readonly size: number;
  private readonly postings = new Map<string, Posting[]>();
  private readonly rarity: ReadonlyMap<string, number>;

  constructor(private readonly aids: readonly LabelledAid[]) {
    this.size = aids.length;
    const counted = aids.map(({ content }) => wordCounts(content));
    this.rarity = rarityOf(counted);
    for (const [place, counts] of counted.entries()) {
      for (const [word, weight] of this.vectorOf(counts)) {
        const known = this.postings.get(word);
        if (known === undefined) this.postings.set(word, [{ place, weight }]);
        else known.push({ place, weight });
      }
    }
  }

  nearest(content: AidContent, except: ReadonlySet<string> = new Set()): readonly Neighbour[] {
    const similarities = new Float64Array(this.aids.length);
    for (const [word, weight] of this.vectorOf(wordCounts(content))) {
      for (const posting of this.postings.get(word) ?? []) {
        similarities[posting.place] = (similarities[posting.place] ?? 0) + weight * posting.weight;
      }
    }
    const found: Neighbour[] = [];
    for (const [place, aid] of this.aids.entries()) {
      const similarity = similarities[place] ?? 0;
      if (similarity > 0 && !except.has(aid.aidId)) found.push({ aid, similarity });
    }
    return found.sort((a, b) => b.similarity - a.similarity).slice(0, neighbourCount);
  }

  /** Returns the weights of words, scaled to a vector of length 1. Words that no labelled aid contains are left out. */
  private vectorOf(counts: ReadonlyMap<string, number>): Map<string, number> {
    const vector = new Map<string, number>();
    let squares = 0;
    for (const [word, count] of counts) {
      const rarity = this.rarity.get(word);
      if (rarity === undefined) continue;
      const weight = (1 + Math.log(count)) * rarity;
      vector.set(word, weight);
      squares += weight * weight;
    }
    const length = Math.sqrt(squares) || 1;
    for (const [word, weight] of vector) vector.set(word, weight / length);
    return vector;
  }
}

/** Returns the inverse document frequency of each word. Words of a single aid have none, because they find no neighbour. */
function rarityOf(counted: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const aidCounts = new Map<string, number>();
  for (const counts of counted) for (const word of counts.keys()) aidCounts.set(word, (aidCounts.get(word) ?? 0) + 1);
  const rarity = new Map<string, number>();
  for (const [word, count] of aidCounts) if (count > 1) rarity.set(word, Math.log(counted.length / count));
  return rarity;
}

/** Counts the stems of an aid's title and texts. */
function wordCounts({ name, nameInitial, description, eligibility }: AidContent): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (text: string | null, weight: number) => {
    for (const word of comparableText((text ?? "").slice(0, maxTextLength)).split(" ")) {
      if (word.length < 3) continue;
      const stem = word.slice(0, stemLength);
      counts.set(stem, (counts.get(stem) ?? 0) + weight);
    }
  };
  add(name, titleWeight);
  if (nameInitial !== name) add(nameInitial, 1);
  add(description, 1);
  add(eligibility, 1);
  return counts;
}
