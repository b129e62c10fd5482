import type { AidContent } from "../../model/aid/aid.ts";
import { countsOf } from "../../model/collect.ts";
import { comparableText } from "../../model/text/comparable-text.ts";
import type { LabelledAid, Neighbour, Neighbourhood } from "./neighbourhood.ts";

const neighbourCount = 20;
/** Number of characters of a word that count. The beginning is a simple stem: "rénovation" and "rénover" share "renov". */
const stemLength = 6;
/** Maximum number of characters of a text that are compared. */
const maxTextLength = 12_000;
/** Weight of a word in the title; a word of a text has 1. */
const titleWeight = 3;

/** The labelled aids that contain a word, and the word's weight in each. Two lists of numbers are read several times faster than objects. */
interface Postings {
  readonly places: number[];
  readonly weights: number[];
}

const none: Postings = { places: [], weights: [] };

/** Finds similar labelled aids by their common words (cosine of TF-IDF vectors), with an inverted index. */
export class NeighbourIndex implements Neighbourhood {
  readonly size: number;
  private readonly postings = new Map<string, Postings>();
  private readonly rarity: ReadonlyMap<string, number>;

  constructor(private readonly aids: readonly LabelledAid[]) {
    this.size = aids.length;
    const counted = aids.map(({ content }) => wordCounts(content));
    this.rarity = rarityOf(counted);
    for (const [place, counts] of counted.entries()) {
      for (const [word, weight] of this.vectorOf(counts)) {
        const postings = this.postings.get(word) ?? { places: [], weights: [] };
        postings.places.push(place);
        postings.weights.push(weight);
        this.postings.set(word, postings);
      }
    }
  }

  nearest(content: AidContent, except: ReadonlySet<string> = new Set()): readonly Neighbour[] {
    const nearest: Neighbour[] = [];
    const similarities = this.similarities(content);
    for (let place = 0; place < similarities.length; place++) {
      const similarity = similarities[place] as number;
      const least = nearest.length === neighbourCount ? (nearest.at(-1)?.similarity ?? 0) : 0;
      const aid = this.aids[place];
      if (similarity <= least || aid === undefined || except.has(aid.aidId)) continue;
      const better = nearest.findLastIndex((other) => other.similarity >= similarity) + 1;
      nearest.splice(better, 0, { aid, similarity });
      if (nearest.length > neighbourCount) nearest.pop();
    }
    return nearest;
  }

  /** Returns how similar each labelled aid is, 0 to 1. */
  private similarities(content: AidContent): Float64Array {
    const similarities = new Float64Array(this.aids.length);
    for (const [word, weight] of this.vectorOf(wordCounts(content))) {
      const { places, weights } = this.postings.get(word) ?? none;
      for (let index = 0; index < places.length; index++) {
        const place = places[index] as number;
        similarities[place] = (similarities[place] as number) + weight * (weights[index] as number);
      }
    }
    return similarities;
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
  const aidCounts = countsOf(counted.flatMap((counts) => [...counts.keys()]));
  return new Map([...aidCounts].flatMap(([word, count]) => (count > 1 ? [[word, Math.log(counted.length / count)]] : [])));
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
