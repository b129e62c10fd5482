import { compareCodePoints } from "../model/text/canonical.ts";
import { tellingWords } from "./compare-titles.ts";
import type { Likeness } from "./likeness.ts";
import { ownKinds } from "./shared-facts.ts";
import { sketchSize } from "./text-sketch.ts";

/** An aid on one side of a comparison. Side `null`: never matched, but a fact that it shares is not unique. */
export interface SidedLikeness {
  readonly likeness: Likeness;
  readonly side: string | null;
}

/** Indexes of two aids worth comparing, the smaller first. `own`: bits of `ownKinds`. */
export interface LikeCandidate {
  readonly first: number;
  readonly second: number;
  readonly own: number;
}

/** A key under which similar aids meet. */
interface Key {
  /** Bit for a fact that only one aid has; 0 if the key never identifies. */
  readonly own: number;
  /** Above this number of aids a key proves nothing and costs the square of their number, so it is ignored. */
  readonly most: number;
  valuesOf(likeness: Likeness): readonly string[];
}

const keys: readonly Key[] = [
  { own: ownKinds.importId, most: 12, valuesOf: ({ importId }) => filled([importId]) },
  { own: ownKinds.link, most: 12, valuesOf: ({ links }) => links },
  { own: ownKinds.title, most: 12, valuesOf: ({ titles }) => titles },
  { own: ownKinds.text, most: 12, valuesOf: ({ textHash }) => filled([textHash]) },
  { own: ownKinds.titleAndDate, most: 12, valuesOf: titlesAndDate },
  { own: ownKinds.whole, most: 12, valuesOf: whole },
  { own: 0, most: 12, valuesOf: deadlineAndFinancers },
  { own: 0, most: 6, valuesOf: ({ titles }) => titles.flatMap(tellingWords) },
  ...Array.from({ length: sketchSize }, (_, bucket) => ({
    own: 0,
    most: 6,
    valuesOf: ({ textSketch }: Likeness) => filled([textSketch[bucket] === -1 ? null : textSketch[bucket]?.toString(36)]),
  })),
];

/**
 * Finds pairs of aids on different sides that share something rare: an id, a link, a title, a text, a day with a financer, a rare title
 * word, a part of the text. It never compares all with all, so time and memory grow linearly.
 */
export function likeCandidates(aids: readonly SidedLikeness[]): LikeCandidate[] {
  const ownOfPair = new Map<number, number>();
  for (const key of keys) {
    for (const places of placesByValue(key, aids).values()) {
      const met = places.filter((place) => aids[place]?.side !== null);
      if (met.length < 2 || met.length > key.most) continue;
      const tells = met.length === places.length;
      const alone = aloneOnTheirSide(met, aids);
      for (const [first, second] of acrossSides(met, aids)) {
        const pair = first * aids.length + second;
        const own = tells && alone.has(first) && alone.has(second) ? key.own : 0;
        ownOfPair.set(pair, (ownOfPair.get(pair) ?? 0) | own);
      }
    }
  }
  return [...ownOfPair].map(([pair, own]) => ({ first: Math.floor(pair / aids.length), second: pair % aids.length, own }));
}

function placesByValue(key: Key, aids: readonly SidedLikeness[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, { likeness, side }] of aids.entries()) {
    if (side === null && key.own === 0) continue;
    for (const value of new Set(key.valuesOf(likeness))) {
      const known = places.get(value);
      if (known === undefined) places.set(value, [place]);
      else known.push(place);
    }
  }
  return places;
}

function aloneOnTheirSide(places: readonly number[], aids: readonly SidedLikeness[]): Set<number> {
  const sides = places.map((place) => aids[place]?.side);
  return new Set(places.filter((_, index) => sides.indexOf(sides[index]) === sides.lastIndexOf(sides[index])));
}

function* acrossSides(places: readonly number[], aids: readonly SidedLikeness[]): Generator<[number, number]> {
  for (const [index, first] of places.entries()) {
    for (const second of places.slice(index + 1)) if (aids[first]?.side !== aids[second]?.side) yield [first, second];
  }
}

function dayOf({ submissionDeadline, startDate }: Likeness): string | null {
  return submissionDeadline ?? (startDate === null ? null : `from ${startDate}`);
}

function titlesAndDate(likeness: Likeness): string[] {
  const day = dayOf(likeness);
  return day === null ? [] : likeness.titles.map((title) => `${title}|${day}`);
}

function deadlineAndFinancers({ submissionDeadline, financers }: Likeness): string[] {
  return submissionDeadline === null ? [] : financers.map((financer) => `${submissionDeadline}|${financer}`);
}

/** All compared facts. Empty without page, day and text, because the rest is the same for all aids of a publisher. */
function whole(likeness: Likeness): string[] {
  const { titles, links, startDate, submissionDeadline, textHash, financers, perimeters } = likeness;
  const says = links.length > 0 || dayOf(likeness) !== null || textHash !== null;
  const sets = [titles, links, financers, perimeters].map((set) => [...set].sort(compareCodePoints));
  return says ? [JSON.stringify([...sets, startDate, submissionDeadline, textHash])] : [];
}

function filled(values: readonly (string | null | undefined)[]): string[] {
  return values.filter((value) => value !== null && value !== undefined);
}
