import { type Bench, type Field, fieldOf, type Kept } from "./bench.ts";
import { doesNotApply, type EdgeCase, fateInWords, together } from "./edge-case.ts";
import type { Values } from "./own-feed.ts";
import { type FoundPlace, type Place, type Probe, placeOf } from "./place.ts";

/** A kind of fields, and what is put into one to see where it is read. */
export interface Kind {
  /** "date", for the cell of a connector that has none. */
  readonly name: string;
  readonly fields: readonly Field[];
  probes(bench: Bench, field: Field): readonly Probe[];
}

/** What a case has put where, and the record that came out. */
export interface Looked {
  readonly bench: Bench;
  readonly place: Place;
  readonly probe: Probe;
  readonly put: unknown;
  readonly kept: Kept;
}

const placesOf = new WeakMap<Bench, Map<string, FoundPlace>>();

/** The place of a field, looked for once. */
export function foundPlace(bench: Bench, field: Field, kind: Kind): FoundPlace {
  const known = placesOf.get(bench) ?? new Map<string, FoundPlace>();
  placesOf.set(bench, known);
  const key = `${kind.name} ${field}`;
  const found = known.get(key) ?? placeOf(bench, field, kind.probes(bench, field));
  known.set(key, found);
  return found;
}

/** All places of a kind of fields, or why there is none. */
function placesFor(bench: Bench, kind: Kind): { places: { place: Place; probe: Probe }[]; none: string } {
  const found = kind.fields.map((field) => [field, foundPlace(bench, field, kind)] as const);
  const places = found.flatMap(([, one]) => ("place" in one ? [one] : []));
  const reasons = found.flatMap(([, one]) => ("none" in one ? [one.none] : []));
  const told = ["always the same", "read out of something else"].find((reason) => reasons.includes(reason));
  return { places, none: told === undefined ? `no ${kind.name} in the feed` : `${kind.name}: ${told}` };
}

/**
 * A case that is a value in every field of a kind: each where its rule reads it. Fields with a key in common are run one after the other.
 * @param value what is put there; undefined: does not apply to this field
 * @param shown what came out, in a word
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
