import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import type { ChangedFeed } from "../../model/survey/changed-feed.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import { allTexts, textsOfField } from "../profile/field-values.ts";
import { nameScore } from "../profile/match-name.ts";
import { nameWords } from "../profile/name-words.ts";

/** A field that probably replaces a missing one. */
export interface Rename {
  readonly from: string;
  readonly to: string;
  readonly fields: readonly OwnField[];
  /** 0 to 1. */
  readonly certainty: number;
  /** `same` of `of` common aids have equal values. Without common aids, values of all aids are compared. */
  readonly same: number;
  readonly of: number;
}

const minCertain = 0.4;
/** Minimum number of common aids with a value. Fewer prove nothing. */
const minAids = 3;

/** Proposes renames in descending certainty. Each field occurs in at most one rename. */
export function proposeRenames(feed: ChangedFeed): Rename[] {
  const pairs = feed.gone.flatMap((gone) => feed.added.map((to) => renameOf(gone, to, feed)));
  const likely = pairs.filter(({ certainty }) => certainty >= minCertain).sort((a, b) => b.certainty - a.certainty);
  const taken = new Set<string>();
  return likely.filter(({ from, to }) => {
    if (taken.has(`from ${from}`) || taken.has(`to ${to}`)) return false;
    taken.add(`from ${from}`).add(`to ${to}`);
    return true;
  });
}

function renameOf({ path, fields }: ChangedFeed["gone"][number], to: string, feed: ChangedFeed): Rename {
  const inAids = sameInAids(path, to, feed);
  const inBoth = valuesInBoth(allTexts(feed.before, path), allTexts(feed.now, to));
  const name = nameSimilarity(path, to, fields);
  // Equal values of the same aids count more than names.
  const { same, of } = inAids ?? inBoth;
  const share = of === 0 ? 0 : same / of;
  const certainty = inAids === null ? 0.5 * share + 0.5 * name : 0.8 * share + 0.2 * name;
  return {
    from: path,
    to,
    fields,
    certainty: Math.round(certainty * 100) / 100,
    same,
    of,
  };
}

/** Counts the common aids with a value, and those with equal values under both names. Returns null if too few have a value. */
function sameInAids(from: string, to: string, { before, now, identify }: ChangedFeed): { same: number; of: number } | null {
  const known = new Map<string, string>();
  for (const record of before) {
    const id = identify(record);
    const text = valueIn(record, from);
    if (id !== null && text !== "") known.set(id, text);
  }
  let [both, same] = [0, 0];
  for (const record of now) {
    const was = known.get(identify(record) ?? "");
    if (was === undefined) continue;
    both++;
    if (was === valueIn(record, to)) same++;
  }
  return both < minAids ? null : { same, of: both };
}

function valueIn(record: Values, path: string): string {
  return textsOfField(record, path).map(foldTerm).join("\n");
}

function valuesInBoth(before: readonly string[], now: readonly string[]): { same: number; of: number } {
  const [old, fresh] = [new Set(before.map(foldTerm)), new Set(now.map(foldTerm))];
  const fewer = Math.min(old.size, fresh.size);
  return { same: [...fresh].filter((text) => old.has(text)).length, of: fewer };
}

/** Compares names, 0 to 1. Other spellings of a name get 1. Names with common words, or names of the same aid field, get less. */
function nameSimilarity(from: string, to: string, fields: readonly OwnField[]): number {
  const [old, fresh] = [new Set(nameWords(from)), new Set(nameWords(to))];
  const shared = [...fresh].filter((word) => old.has(word)).length;
  const words = shared / Math.max(1, new Set([...old, ...fresh]).size);
  const meant = Math.max(0, ...fields.map((field) => nameScore(to, field)));
  return Math.max(words, 0.9 * meant);
}
