import { setTimeout as wait } from "node:timers/promises";
import type { SearchRepository } from "./search-repository.ts";

/** Lists bring in the few changes of a person by themselves: what is waited for here are imports of thousands. */
const lookMs = 2000;

/** Who is told what went wrong. */
export interface ErrorLogger {
  error(what: object, message: string): void;
}

/** Keeps the index of the lists up with the catalogue, a batch at a time, until the signal comes; settles when the last batch is done. */
export async function keepSearchUpToDate(
  { search }: { readonly search: Pick<SearchRepository, "catchUp"> },
  logger: ErrorLogger,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const done = await search.catchUp().catch((error: unknown) => {
      logger.error({ err: error }, "the index of the lists was not brought up");
      return 0;
    });
    // Nobody else has to wait for long: between two batches others have their turn, on a database of one connection too.
    await wait(done === 0 ? lookMs : 10, undefined, { signal }).catch(() => undefined);
  }
}
