import { doesNotApply, type EdgeCase, fateInWords, together } from "./edge-case.ts";
import { type Field, fieldOf, type Harness, type Kept } from "./harness.ts";
import type { Values } from "./own-feed.ts";
import { type FoundPlace, type Place, type Probe, placeOf } from "./place.ts";

/** A kind of field, with probe values that find its place in the feed. */
export interface Kind {
  /** Noun such as "date", for the outcome "no date in the feed". */
  readonly name: string;
  readonly fields: readonly Field[];
  probes(harness: Harness, field: Field): readonly Probe[];
}

/** Where a case wrote its value, and the resulting record. */
export interface Looked {
  readonly harness: Harness;
  readonly place: Place;
  readonly probe: Probe;
  readonly put: unknown;
  readonly kept: Kept;
}

const placesOf = new WeakMap<Harness, Map<string, FoundPlace>>();

/** Returns the place of a field. The search runs once and is cached. */
export function foundPlace(harness: Harness, field: Field, kind: Kind): FoundPlace {
  const known = placesOf.get(harness) ?? new Map<string, FoundPlace>();
  placesOf.set(harness, known);
  const key = `${kind.name} ${field}`;
  const found = known.get(key) ?? placeOf(harness, field, kind.probes(harness, field));
  known.set(key, found);
  return found;
}

/** Returns all places of a kind of field, or the reason if the feed has none. */
function placesFor(harness: Harness, kind: Kind): { places: { place: Place; probe: Probe }[]; none: string } {
  const found = kind.fields.map((field) => [field, foundPlace(harness, field, kind)] as const);
  const places = found.flatMap(([, one]) => ("place" in one ? [one] : []));
  const reasons = found.flatMap(([, one]) => ("none" in one ? [one.none] : []));
  const told = ["always the same", "read out of something else"].find((reason) => reasons.includes(reason));
  return { places, none: told === undefined ? `no ${kind.name} in the feed` : `${kind.name}: ${told}` };
}

/**
 * Returns a case that writes a value into every field of a kind. Fields that share a key run one after the other. `value`: the written
 * value; undefined if it does not fit the field. `shown`: describes the result in a word.
 */
export function fieldCase(
  name: string,
  kind: Kind,
  value: (harness: Harness, place: Place, probe: Probe) => { value: unknown } | { absent: true } | { none: string },
  shown: (out: unknown, about: Looked) => string,
): EdgeCase {
  return {
    name,
    outcome: async (harness) => {
      const { places, none } = placesFor(harness, kind);
      if (places.length === 0) return doesNotApply(none);
      const outcomes = new Map<string, string>();
      for (const group of withoutCommonKeys(places)) {
        const changed = new Map<number, Values>();
        const looked: { place: Place; probe: Probe; put: unknown }[] = [];
        for (const { place, probe } of group) {
          const given = value(harness, place, probe);
          if ("none" in given) {
            outcomes.set(place.field, doesNotApply(given.none));
            continue;
          }
          const record = changed.get(place.index) ?? harness.feed.records[place.index] ?? {};
          changed.set(place.index, "absent" in given ? place.without(record) : place.put(record, given.value));
          looked.push({ place, probe, put: "value" in given ? given.value : undefined });
        }
        if (looked.length === 0) continue;
        const run = await harness.run(name, changed);
        for (const { place, probe, put } of looked) {
          const { field, index } = place;
          const others = kind.fields.filter((one) => one !== field);
          outcomes.set(
            field,
            fateInWords(harness, run, index, [field, ...others], (kept) =>
              shown(fieldOf(kept, field), { harness, place, probe, put, kept }),
            ),
          );
        }
      }
      return together(outcomes);
    },
  };
}

function withoutCommonKeys(places: readonly { place: Place; probe: Probe }[]): { place: Place; probe: Probe }[][] {
  const groups: { place: Place; probe: Probe }[][] = [];
  for (const one of places) {
    const fits = groups.find((group) => group.every(({ place }) => !sharesKeys(place, one.place)));
    if (fits === undefined) groups.push([one]);
    else fits.push(one);
  }
  return groups;
}

function sharesKeys(a: Place, b: Place): boolean {
  return a.index === b.index && a.keys.some((key) => b.keys.includes(key));
}
