import { createHash } from "node:crypto";
import { canonicalAid } from "../../model/aid/canonical-aid.ts";
import { AidRepository } from "../aids/aid-repository.ts";
import { ChangeFeedRepository } from "../aids/change-feed-repository.ts";
import type { Store } from "../store.ts";

/** SHA-256 of what others read from a catalogue. */
export interface OutputsDigest {
  /** `moisson aids --json` */
  readonly aids: string;
  /** `moisson aids --changed-since 1970-01-01 --json` */
  readonly changeFeed: string;
}

/** Writes the export of all aids and the whole change feed of a catalogue, and returns their digests. `onAids`: called with each page's size. */
export async function digestOfOutputs(store: Store, onAids: (count: number) => void): Promise<OutputsDigest> {
  const aids = createHash("sha256");
  for await (const page of new AidRepository(store).list()) {
    for (const aid of page) aids.update(`${JSON.stringify(canonicalAid(aid))}\n`);
    onAids(page.length);
  }
  const changeFeed = createHash("sha256");
  for await (const page of new ChangeFeedRepository(store).since({ from: new Date(0) })) {
    for (const change of page) changeFeed.update(`${JSON.stringify("deleted" in change ? change : canonicalAid(change))}\n`);
    onAids(page.length);
  }
  return { aids: aids.digest("hex"), changeFeed: changeFeed.digest("hex") };
}
