import type { AidContent } from "../../model/aid/aid.ts";

/** A published aid whose fields curators filled. */
export interface LabelledAid {
  readonly aidId: string;
  readonly content: AidContent;
}

/** A labelled aid that is similar to another. `similarity`: 0 to 1. */
export interface Neighbour {
  readonly aid: LabelledAid;
  readonly similarity: number;
}

/** The labelled aids of a catalogue, indexed by their words. */
export interface Neighbourhood {
  readonly size: number;
  /** Returns the most similar aids, the nearest first. Leaves out the ids in `except`: the aid itself and its duplicates. */
  nearest(content: AidContent, except?: ReadonlySet<string>): readonly Neighbour[];
}
