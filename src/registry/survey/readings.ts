import type { Evidence } from "./evidence.ts";
import type { PagingInput, Reading } from "./survey.ts";

/** Ways to read a feed, the best first, and what there is to say of it. */
export interface Readings {
  readonly readings: readonly Reading[];
  readonly remarks: readonly Evidence[];
  /** How its next pages are reached, where it says so. */
  readonly paging?: PagingInput;
}
