import type { Evidence } from "./evidence.ts";
import type { PagingInput, Reading } from "./survey.ts";

/** Ways to read a feed, best first, with remarks. */
export interface Readings {
  readonly readings: readonly Reading[];
  readonly remarks: readonly Evidence[];
  /** Pagination, if the feed shows it. */
  readonly paging?: PagingInput;
}
