import { type Bench, type Field, fieldOf, type Kept } from "./bench.ts";
import { doesNotApply, type EdgeCase, fateInWords, together } from "./edge-case.ts";
import type { Values } from "./own-feed.ts";
import { type FoundPlace, type Place, type Probe, placeOf } from "./place.ts";

/** A kind of field, with probe values that show where the feed has it. */
export interface Kind {
  /** Noun for the cell of a connector without such fields, such as "date". */
  readonly name: string;
  readonly fields: readonly Field[];
  probes(bench: Bench, field: Field): readonly Probe[];
}

/** Where a case wrote its value, and the resulting record. */
export interface Looked {
  readonly bench: Bench;
  readonly place: Place;
  readonly probe: Probe;
  readonly put: unknown;
  readonly kept: Kept;
}

const placesOf = new WeakMap<Bench, Map<string, FoundPlace>>();

/** Returns the place of a field. The search runs once and is cached. */
export function foundPlace(bench: Bench, field: Field, kind: Kind): FoundPlace {
  const known = placesOf.get(bench) ?? new Map<string, FoundPlace>();
  placesOf.set(bench, known);
  const key = `${kind.name} ${field}`;
  const found = known.get(key) ?? placeOf(bench, field, kind.probes(bench, field));
  known.set(key, found);
  return found;
}

/** Returns all places of a kind of field, or the reason why there is none. */
function placesFor(bench: Bench, kind: Kind): { places: { place: Place; probe: Probe }[]; none: string } {
  const found = kind.fields.map((field) => [field, foundPlace(bench, field, kind)] as const);
  const places = found.flatMap(([, one]) => ("place" in one ? [one] : []));
  const reasons = found.flatMap(([, one]) => ("none" in one ? [one.none] : []));
  const told = ["always the same", "read out of something else"].find((reason) => reasons.includes(reason));
  return { places, none: told === undefined ? `no ${kind.name} in the feed` : `${kind.name}: ${told}` };
}

/**
 * Returns a case that writes a value into every field of a kind. Fields that share a key run one after the other. `value`: the written
 * value; undefined if it does not fit the field. `shown`: the result in a word.
 */
export function fieldCase(
  name: string,
  kind: Kind,
  value: (bench: Bench, place: Place, probe: Probe) => { value: unknown } | { absent: true } | { none: string },
  shown: (out: unknown, about: Looked) => string,
): EdgeCase {
  return {
    name,
    outcome: async (bench) => {
      const { places, none } = placesFor(bench, kind);
      if (places.length === 0) return doesNotApply(none);
      const outcomes = new Map<string, string>();
      for (const group of withoutCommonKeys(places)) {
        const changed = new Map<number, Values>();
        const looked: { place: Place; probe: Probe; put: unknown }[] = [];
        for (const { place, probe } of group) {
          const given = value(bench, place, probe);
          if ("none" in given) {
            outcomes.set(place.field, doesNotApply(given.none));
            continue;
          }
          const record = changed.get(place.index) ?? bench.feed.records[place.index] ?? {};
          changed.set(place.index, "absent" in given ? place.without(record) : place.put(record, given.value));
          looked.push({ place, probe, put: "value" in given ? given.value : undefined });
        }
        if (looked.length === 0) continue;
        const run = await bench.run(name, changed);
        for (const { place, probe, put } of looked) {
          const { field, index } = place;
          const others = kind.fields.filter((one) => one !== field);
          outcomes.set(
            field,
            fateInWords(bench, run, index, [field, ...others], (kept) => shown(fieldOf(kept, field), { bench, place, probe, put, kept })),
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
