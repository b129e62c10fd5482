import type { AidContent } from "../../model/aid/aid.ts";
import type { OpenDataFacts, OpenDataSourceFacts } from "../../model/aid/open-data.ts";
import type { ConfirmedBasis } from "../../model/aid/reuse-basis.ts";

/** Maximum number of attributions per source. Further ones are only in the records of aids. */
const maxMentions = 5;

interface Source extends OpenDataSourceFacts {
  aids: number;
  inNationalSchema: number;
  updated: string | null;
  mentions: string[];
}

/** Counted facts of an aid. */
export interface CountedAid {
  readonly connector: string;
  readonly publisher: string;
  readonly licence: AidContent["importShareLicence"];
  /** Confirmed basis that lets it out; null: its licence does. */
  readonly basis: ConfirmedBasis | null;
  readonly updated: string | null;
  readonly mention: string | null;
}

/** Counts the contents of a dump while it is made. */
export interface Tally {
  /** Counts an aid in the dump. */
  count(aid: CountedAid, isInNationalSchema: boolean): void;
  /** Counts aids that are not in the dump, or not in the national schema's file. */
  leave(reason: string, count?: number): void;
  facts(): OpenDataFacts;
}

function sumsOf(sources: readonly Source[]): { readonly aids: number; readonly inNationalSchema: number } {
  return {
    aids: sources.reduce((sum, { aids }) => sum + aids, 0),
    inNationalSchema: sources.reduce((sum, { inNationalSchema }) => sum + inNationalSchema, 0),
  };
}

/** Returns an empty tally. */
export function newTally(): Tally {
  const sources = new Map<string, Source>();
  const leftOut = new Map<string, number>();
  const days: { from: string | null; to: string | null } = { from: null, to: null };
  return {
    count({ connector, publisher, licence, basis, updated: day, mention }, isInNationalSchema) {
      const key = `${connector} ${licence}`;
      const source = sources.get(key) ?? { publisher, licence, basis, aids: 0, inNationalSchema: 0, updated: null, mentions: [] };
      sources.set(key, source);
      source.aids++;
      if (isInNationalSchema) source.inNationalSchema++;
      if (mention !== null && source.mentions.length < maxMentions && !source.mentions.includes(mention)) source.mentions.push(mention);
      if (day === null) return;
      if (source.updated === null || day > source.updated) source.updated = day;
      if (days.from === null || day < days.from) days.from = day;
      if (days.to === null || day > days.to) days.to = day;
    },
    leave: (reason, count = 1) => void (count > 0 && leftOut.set(reason, (leftOut.get(reason) ?? 0) + count)),
    facts() {
      const all = [...sources.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source);
      const [licensed, onBasis] = [all.filter(({ basis }) => !basis), all.filter(({ basis }) => basis)];
      return {
        ...sumsOf(licensed),
        onBasis: sumsOf(onBasis),
        leftOut: Object.fromEntries([...leftOut].sort(([a], [b]) => (a < b ? -1 : 1))),
        sources: all,
        updatedFrom: days.from,
        updatedTo: days.to,
      };
    },
  };
}
