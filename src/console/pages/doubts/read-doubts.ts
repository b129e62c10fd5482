import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import { type Doubt, doubtsIn } from "../../../privacy/doubts.ts";

/** A doubtful person with the first aid that names it. */
export interface FoundDoubt extends Doubt {
  readonly aidId: string;
  readonly aidName: string;
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
export async function readDoubts(
  { openData, personAnswers }: Pick<Catalogue, "openData" | "personAnswers">,
  from: number,
): Promise<ReadDoubts> {
  const answered = await personAnswers.answered();
  const found = new Map<string, FoundDoubt>();
  let read = 0;
  for await (const page of openData.liveAids()) {
    for (const { aid } of page) {
      if (read++ < from) continue;
      for (const doubt of doubtsIn(aid)) {
        if (!answered.has(doubt.key) && !found.has(doubt.key)) found.set(doubt.key, { ...doubt, aidId: aid.aidId, aidName: aid.name });
      }
      if (found.size >= maxDoubts || read - from >= maxAids) return { doubts: [...found.values()], next: read };
    }
  }
  return { doubts: [...found.values()], next: null };
}
