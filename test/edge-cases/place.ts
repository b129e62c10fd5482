import type { Rule } from "../../src/kit/field-rules.ts";
import { type Field, fieldOf, type Harness } from "./harness.ts";
import type { Values } from "./own-feed.ts";
import { keyOf, valuePathsOf, withoutValueAt, withValueAt } from "./value-paths.ts";

/** Where a connector's feed contains the value of one of its fields. */
export interface Place {
  readonly field: Field;
  /** Position of the record. */
  readonly index: number;
  /** Keys of the record that are written or emptied. */
  readonly keys: readonly string[];
  /** The place accepts a list. */
  readonly takesLists: boolean;
  put(record: Values, value: unknown): Values;
  /** Returns the record without the keys. */
  without(record: Values): Values;
}

/** A value that every rule of the kind reads, and a test that recognises it in the result. */
export interface Probe {
  readonly value: unknown;
  isSeenIn(out: unknown): boolean;
}

/** The place of a field with the recognised probe, or the reason if the feed has no place, in the words of the table. */
export type FoundPlace = { readonly place: Place; readonly probe: Probe } | { readonly none: string };

/**
 * Finds the place of a field: the first kept record and path of the rule where a probe, alone, in a list or inside a longer text, appears
 * in the field.
 */
export function placeOf(harness: Harness, field: Field, probes: readonly Probe[], records = harness.kept): FoundPlace {
  const rule = harness.ruleOf(field);
  if (rule === undefined) return { none: "not in the feed" };
  const paths = valuePathsOf(rule);
  if (paths.length === 0) return { none: "always the same" };
  let only: FoundPlace | undefined;
  for (const index of records) {
    for (const path of paths) {
      for (const make of [wholePlace, insidePlace]) {
        const place = make(harness, field, index, path, paths);
        if (place === null) continue;
        const isSeen = ({ value, isSeenIn }: Probe) =>
          isSeenIn(harness.read(field, place.put(harness.feed.records[index] ?? {}, value)).value);
        const probe = probes.find(isSeen);
        if (probe === undefined) continue;
        // A rule may choose its source by the value. A place that also reads the last probe is therefore better.
        const last = probes.at(-1);
        if (last === undefined || isSeen(last)) return { place, probe };
        only ??= { place, probe };
      }
    }
  }
  return only ?? { none: "read out of something else" };
}

function wholePlace({ feed, ruleOf }: Harness, field: Field, index: number, path: string, paths: readonly string[]): Place {
  // A record needs its identifier and title, so their sources stay, even if the field falls back on them.
  const vital = (["externalId", "name"] as const).filter((one) => one !== field).flatMap((one) => valuePathsOf(ruleOf(one) as Rule));
  const emptied = paths.filter((one) => one === path || !vital.includes(one));
  const without = (record: Values) => emptied.reduce((rest, one) => withoutValueAt(rest, one, feed.records), record);
  return {
    field,
    index,
    keys: [...new Set(paths.map((one) => keyOf(one, feed.records)))],
    takesLists: !feed.isTable,
    without,
    put: (record, value) => withValueAt(without(record), path, value, feed.records),
  };
}

/** Returns a place inside a longer text, or null if the field's value is not part of a longer text. */
function insidePlace({ feed, plain }: Harness, field: Field, index: number, path: string): Place | null {
  const fate = plain.fates[index];
  const written = feed.records[index]?.[path];
  const out = fate?.kind === "kept" ? fieldOf(fate, field) : null;
  const part = typeof out === "string" ? out.replace(/^<p>(.*)<\/p>$/s, "$1") : null;
  if (typeof written !== "string" || part === null || part === "" || !written.includes(part)) return null;
  return {
    field,
    index,
    keys: [path],
    takesLists: false,
    without: (record) => ({ ...record, [path]: written.replace(part, "") }),
    put: (record, value) => ({ ...record, [path]: written.replace(part, () => String(value ?? "")) }),
  };
}
