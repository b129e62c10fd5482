import { compareCodePoints } from "../text/canonical.ts";
import { pageKeys } from "../text/page-title.ts";
import { significantWords } from "./compare-titles.ts";
import type { Likeness } from "./likeness.ts";
import { ownKinds } from "./shared-facts.ts";
import { sketchSize } from "./text-sketch.ts";

/** An aid on one side of a comparison. An aid with side `null` is never matched, but a fact that it shares is not unique. */
export interface SidedLikeness {
  readonly likeness: Likeness;
  readonly side: string | null;
}

/** Two aids to compare, in the order of the list. `own` contains bits of `ownKinds`. */
export interface LikeCandidate<Sided extends SidedLikeness = SidedLikeness> {
  readonly first: Sided;
  readonly second: Sided;
  readonly own: number;
}

/** A fact by which similar aids are found. */
interface Key {
  /** Bit of `ownKinds` to set if only one aid on each side has the value; 0 if the fact never identifies an aid. */
  readonly own: number;
  /** Values that more aids share are ignored: they prove nothing, and the number of pairs grows with the square. */
  readonly maxAids: number;
  valuesOf(likeness: Likeness): readonly string[];
}

const keys: readonly Key[] = [
  { own: ownKinds.link, maxAids: 12, valuesOf: ({ links, sourcePage }) => filled([...links, sourcePage]) },
  { own: ownKinds.title, maxAids: 12, valuesOf: ({ titles }) => titles },
  { own: ownKinds.text, maxAids: 12, valuesOf: ({ textHash }) => filled([textHash]) },
  { own: ownKinds.titleAndDate, maxAids: 12, valuesOf: titlesAndDate },
  { own: ownKinds.whole, maxAids: 12, valuesOf: whole },
  { own: ownKinds.page, maxAids: 12, valuesOf: ({ titles, pageTitles }) => [...titles, ...pageTitles].flatMap(pageKeys) },
  { own: 0, maxAids: 12, valuesOf: ({ titles, programmes }) => [...titles, ...programmes].map((name) => significantWords(name).join(" ")) },
  { own: 0, maxAids: 12, valuesOf: deadlineAndFinancers },
  { own: 0, maxAids: 6, valuesOf: ({ titles }) => titles.flatMap(significantWords) },
  ...Array.from({ length: sketchSize }, (_, bucket) => ({
    own: 0,
    maxAids: 6,
    valuesOf: ({ textSketch }: Likeness) => filled([textSketch[bucket] === -1 ? null : textSketch[bucket]?.toString(36)]),
  })),
];

/**
 * Finds pairs of aids on different sides that share a rare fact. Does not compare all pairs: time and memory grow linearly. `of`: only pairs
 * with an aid of this side.
 */
export function likeCandidates<Sided extends SidedLikeness>(aids: readonly Sided[], of: string | null = null): LikeCandidate<Sided>[] {
  const ownOfPair = new Map<number, number>();
  for (const key of keys) {
    for (const places of placesByValue(key, aids).values()) {
      const met = places.filter((place) => aids[place]?.side !== null);
      if (met.length < 2 || met.length > key.maxAids) continue;
      const isUniqueToSides = met.length === places.length;
      const alone = aloneOnTheirSide(met, aids);
      for (const [first, second] of acrossSides(met, aids, of)) {
        const pair = first * aids.length + second;
        const own = isUniqueToSides && alone.has(first) && alone.has(second) ? key.own : 0;
        ownOfPair.set(pair, (ownOfPair.get(pair) ?? 0) | own);
      }
    }
  }
  return [...ownOfPair].flatMap(([pair, own]) => {
    const [first, second] = [aids[Math.floor(pair / aids.length)], aids[pair % aids.length]];
    return first === undefined || second === undefined ? [] : [{ first, second, own }];
  });
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

function* acrossSides(places: readonly number[], aids: readonly SidedLikeness[], of: string | null): Generator<[number, number]> {
  for (const [index, first] of places.entries()) {
    for (const second of places.slice(index + 1)) {
      const sides = [aids[first]?.side, aids[second]?.side];
      if (sides[0] !== sides[1] && (of === null || sides.includes(of))) yield [first, second];
    }
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

/** Returns all compared facts as one value. Returns none without link, day and text: other facts are equal for many aids of a publisher. */
function whole(likeness: Likeness): string[] {
  const { titles, links, startDate, submissionDeadline, textHash, financers, perimeters } = likeness;
  const isSpecific = links.length > 0 || dayOf(likeness) !== null || textHash !== null;
  const sets = [titles, links, financers, perimeters].map((set) => [...set].sort(compareCodePoints));
  return isSpecific ? [JSON.stringify([...sets, startDate, submissionDeadline, textHash])] : [];
}

function filled(values: readonly (string | null | undefined)[]): string[] {
  return values.filter((value) => value !== null && value !== undefined);
}
