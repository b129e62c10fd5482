import type { AidContent } from "../../model/aid/aid.ts";
import type { LabelledAid } from "./neighbourhood.ts";

/** Fields whose terms are learned. The categories are too many for so few labelled aids. */
export const learnedFields = ["aidTypes", "mobilizationSteps", "destinations"] as const satisfies readonly (keyof AidContent)[];
export type LearnedField = (typeof learnedFields)[number];

/** An aid's words as a vector: numbers of words, and their weights. */
export interface WordVector {
  readonly words: readonly number[];
  readonly weights: readonly number[];
}

/** Number of passes over the labelled aids. */
const passes = 60;
/** Size of the first steps, and their decrease per pass. */
const firstStep = 6;
const decrease = 0.1;
/** Strength of the pull to 0, which keeps rare words from deciding. */
const pull = 1e-4;
/** Value of a word that every aid has, so that frequent terms start above rare ones. */
const bias = 0.3;

/**
 * Learns for each term how much each word speaks for it (logistic regression by stochastic gradient descent). The result does not depend on
 * chance: the aids are read in their order.
 */
export class TermWeights {
  private readonly weightsOf = new Map<LearnedField, Map<string, Float64Array>>();

  /** `vectors` belong to the aids at the same places; `wordCount` is the number of different words. */
  constructor(aids: readonly LabelledAid[], vectors: readonly WordVector[], wordCount: number) {
    for (const field of learnedFields) {
      const labelled = aids.flatMap(({ content }, place) => {
        const vector = vectors[place];
        return vector === undefined || content[field].length === 0 ? [] : [{ vector, terms: content[field] as readonly string[] }];
      });
      const learned = new Map<string, Float64Array>();
      for (const term of new Set(labelled.flatMap(({ terms }) => terms))) {
        const examples = labelled.map(({ vector, terms }) => ({ vector, isMember: terms.includes(term) }));
        learned.set(term, learn(examples, wordCount));
      }
      this.weightsOf.set(field, learned);
    }
  }

  /** Returns the likelihood of each term of a field, 0 to 1, the most likely first. */
  likelihoods(field: LearnedField, vector: WordVector): [term: string, likelihood: number][] {
    const found = [...(this.weightsOf.get(field) ?? [])].map(([term, weights]): [string, number] => [term, likelihood(weights, vector)]);
    return found.sort((a, b) => b[1] - a[1]);
  }
}

function learn(examples: readonly { readonly vector: WordVector; readonly isMember: boolean }[], wordCount: number): Float64Array {
  const weights = new Float64Array(wordCount + 1);
  for (let pass = 0; pass < passes; pass++) {
    const step = firstStep / (1 + decrease * pass);
    for (const { vector, isMember } of examples) {
      const error = (isMember ? 1 : 0) - likelihood(weights, vector);
      for (let i = 0; i < vector.words.length; i++) {
        const word = vector.words[i] ?? 0;
        weights[word] = (weights[word] ?? 0) + step * error * (vector.weights[i] ?? 0);
      }
      weights[wordCount] = (weights[wordCount] ?? 0) + step * error * bias;
    }
    const kept = Math.max(0, 1 - step * pull * examples.length);
    for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] ?? 0) * kept;
  }
  return weights;
}

function likelihood(weights: Float64Array, { words, weights: values }: WordVector): number {
  let sum = (weights[weights.length - 1] ?? 0) * bias;
  for (let i = 0; i < words.length; i++) sum += (weights[words[i] ?? 0] ?? 0) * (values[i] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}
