import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { AidContent } from "../../model/aid/aid.ts";
import { type AidField, fieldsOfKind } from "../../model/aid/field-table.ts";
import { type ShiftKind, shiftKinds } from "../../model/plan/guard.ts";

/** Aids whose values changed in one of the ways of `shiftKinds`, with the fields concerned, most frequent first. */
interface Shift {
  readonly count: number;
  /** External ids of a few of them. */
  readonly examples: readonly string[];
  readonly fields: readonly AidField[];
  /** Number of aids with the same field changed in any way. Only set for dates. */
  readonly changed?: number;
}

/** Kind of change -> the aids that changed so. Kinds without an aid are left out. */
export type Shifts = Readonly<Partial<Record<ShiftKind, Shift>>>;

const htmlFields = fieldsOfKind("html");
const textFields = ["name", ...htmlFields] as const;
type TextField = (typeof textFields)[number];
const dateFields = ["startDate", "predepositDate", "submissionDeadline"] as const satisfies readonly AidField[];

/** Shorter texts change too easily. */
const minLongText = 200;
const minCutText = 60;
const minMovedText = 12;
const maxExamples = 3;

type Counter = { count: number; readonly examples: string[]; readonly fields: Map<AidField, number> };

/** Counts how the values of stored aids change, to find a feed whose columns, texts or dates have changed their meaning. */
export class ShiftTally {
  readonly #counters = new Map<ShiftKind, Counter>();
  #changedDates = 0;

  /** Compares the stored values of an aid with the incoming ones. */
  add(externalId: string, stored: AidContent, incoming: AidContent): void {
    if (dateFields.some((field) => differs(stored[field], incoming[field]))) this.#changedDates++;
    for (const kind of shiftKinds) {
      const fields = detectors[kind](stored, incoming);
      if (fields.length > 0) this.#count(kind, externalId, fields);
    }
  }

  #count(kind: ShiftKind, externalId: string, fields: readonly AidField[]): void {
    const counter: Counter = this.#counters.get(kind) ?? { count: 0, examples: [], fields: new Map() };
    this.#counters.set(kind, counter);
    counter.count++;
    if (counter.examples.length < maxExamples) counter.examples.push(externalId);
    for (const field of fields) counter.fields.set(field, (counter.fields.get(field) ?? 0) + 1);
  }

  get shifts(): Shifts {
    return Object.fromEntries(
      [...this.#counters].map(([kind, { count, examples, fields }]) => {
        const byCount = [...fields].sort(([, a], [, b]) => b - a).map(([field]) => field);
        return [kind, { count, examples, fields: byCount, ...(kind === "dates-swapped" && { changed: this.#changedDates }) }];
      }),
    );
  }
}

/** Returns the fields of an aid that changed in the detector's way. */
type Detector = (stored: AidContent, incoming: AidContent) => readonly AidField[];

const detectors: Readonly<Record<ShiftKind, Detector>> = {
  /** A text is now what another field was: two columns were swapped, or all of them moved. */
  "values-moved": (stored, incoming) => {
    const changed: readonly TextField[] = textFields.filter((field) => differs(stored[field], incoming[field]));
    if (changed.length === 0) return [];
    const before = new Map<TextField, string>(textFields.map((field) => [field, plain(stored[field])]));
    return changed.filter((field) => {
      const text = plain(incoming[field]);
      return (
        text.length >= minMovedText &&
        before.get(field) !== text &&
        textFields.some((other) => other !== field && before.get(other) === text)
      );
    });
  },

  /** The old title and the new one have nearly no word in common. */
  "titles-changed": ({ name: stored }, { name: incoming }) => {
    if (!differs(stored, incoming)) return [];
    const [before, after] = [wordsOf(stored ?? ""), wordsOf(incoming ?? "")];
    const shared = [...after].filter((word) => before.has(word)).length;
    return shared * 3 < Math.min(before.size, after.size) ? ["name"] : [];
  },

  "texts-shrunk": (stored, incoming) =>
    htmlFields.filter((field) => {
      if (!differs(stored[field], incoming[field])) return false;
      const [before, after] = [plain(stored[field]), plain(incoming[field])];
      return (before.length >= minLongText && after.length * 2 < before.length) || isCut(before, after);
    }),

  "markup-appeared": (stored, incoming) =>
    textFields.filter(
      (field) => differs(stored[field], incoming[field]) && showsMarkup(field, incoming[field]) && !showsMarkup(field, stored[field]),
    ),

  "characters-broken": (stored, incoming) =>
    textFields.filter((field) => differs(stored[field], incoming[field]) && isBroken(incoming[field]) && !isBroken(stored[field])),

  "language-changed": ({ description: stored }, { description: incoming }) => {
    if (!differs(stored, incoming)) return [];
    const [before, after] = [frenchShare(plain(stored)), frenchShare(plain(incoming))];
    return before !== null && after !== null && before > 0.15 && after < 0.05 ? ["description"] : [];
  },

  /** The day and the month of a date changed places. */
  "dates-swapped": (stored, incoming) =>
    dateFields.filter((field) => {
      const [before, after] = [stored[field], incoming[field]];
      return differs(before, after) && before?.replace(/^(\d{4})-(\d\d)-(\d\d)$/, "$1-$3-$2") === after;
    }),
};

/** Returns true if the new text is the beginning of the old one. Its last characters may be an ellipsis. */
function isCut(before: string, after: string): boolean {
  return after.length >= minCutText && after.length < 0.8 * before.length && before.startsWith(after.slice(0, -4).trimEnd());
}

/** Returns true if both values are filled and differ. An empty value does not change a stored aid. */
function differs(stored: string | null, incoming: string | null): boolean {
  return stored !== null && incoming !== null && stored !== incoming;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };

/** Returns the text of a value without markup, for comparison. */
function plain(value: string | null): string {
  if (value === null) return "";
  return value
    .replace(/<[^>]*>/g, " ")
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? " ")
    .replace(/\s+/g, " ")
    .trim();
}

function wordsOf(text: string): Set<string> {
  return new Set(foldTerm(text).match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}

const visibleTag = { html: /&lt;\/?[a-z][a-z0-9]*(?:\s[^&]*)?\/?&gt;/i, text: /<\/?(?:p|br|div|span|ul|li|strong|a)\b[^>]*>/i };

/** Returns true if readers would see a tag as text. */
function showsMarkup(field: AidField, value: string | null): boolean {
  return value !== null && visibleTag[field === "name" ? "text" : "html"].test(value);
}

/** A replacement character, or UTF-8 that was read as windows-1252 ("Ã©", "â€™"). */
function isBroken(value: string | null): boolean {
  return value !== null && /\uFFFD|[ÃÂ][\u0080-\u00BF]|â€[\u0080-\u00BF™œ“”¦]/.test(value);
}

const shownForLanguage = 400;
const frenchWords = new Set("le la les des du un une et est pour dans par sur aux ou qui que de vos votre en ce cette au avec".split(" "));

/** Returns the share of words that are frequent in French, 0 to 1, or null if the text is too short to tell. */
function frenchShare(text: string): number | null {
  const words =
    text
      .slice(0, shownForLanguage)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  return words.length < 12 ? null : words.filter((word) => frenchWords.has(word)).length / words.length;
}
