import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import { type Doubt, doubtsIn } from "../../../privacy/doubts.ts";
import { cachedUntilChange } from "../../cached-until-change.ts";

/** A doubtful person with the first aid that names it. */
export interface FoundDoubt extends Doubt {
  readonly aidId: string;
  readonly aidName: string;
  readonly language: string | null;
}

/** A page of the list. `next`: number of live aids read so far, null at the end. */
export interface ReadDoubts {
  readonly doubts: readonly FoundDoubt[];
  readonly next: number | null;
}

/** Maximum number of aids read for a page of the list, and of doubts on it. */
const maxAids = 3000;
const maxDoubts = 50;

/** Finds the doubtful people without an answer in live aids, from the aid number `from` on, in the order of identifiers. */
export async function readDoubts(catalogue: Catalogue, from: number, now: Date): Promise<ReadDoubts> {
  const answered = await catalogue.personAnswers.answered();
  const { doubts, isEnd } = await allDoubts(catalogue, now, from);
  const open = doubts.filter(({ key }) => !answered.has(key));
  const last = open[maxDoubts - 1];
  if (last === undefined) return { doubts: open, next: isEnd ? null : from + maxAids };
  return { doubts: open.filter(({ place }) => place <= last.place), next: last.place + 1 };
}

/** A doubt with the number of its aid. */
type PlacedDoubt = FoundDoubt & { readonly place: number };

/** Finds every doubtful person in the live aids from the aid number `from` on, each once. Reading the texts takes a second. */
const allDoubts = cachedUntilChange(async ({ openData }, _now, from: number) => {
  const found = new Map<string, PlacedDoubt>();
  let place = 0;
  for await (const page of openData.liveAids()) {
    for (const { aid } of page) {
      if (place - from >= maxAids) return { doubts: [...found.values()], isEnd: false };
      for (const doubt of place < from ? [] : doubtsIn(aid)) {
        if (found.has(doubt.key)) continue;
        found.set(doubt.key, { ...doubt, aidId: aid.aidId, aidName: aid.name, language: aid.language, place });
      }
      place++;
    }
  }
  return { doubts: [...found.values()], isEnd: true };
});
