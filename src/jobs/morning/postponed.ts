import { cardKey } from "../../model/run/card-key.ts";
import { isNoted } from "../../model/run/digest.ts";
import { asidesOfCards, type SetAside } from "../../model/run/set-aside.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { Trouble } from "./gather-trouble.ts";

/** Leaves out decisions that somebody has postponed on the first page, and counts them. */
export class Postponed {
  readonly #hidden: ReadonlySet<string>;
  readonly #found = new Set<string>();

  constructor(setAsides: readonly SetAside[], now: Date) {
    const asides = asidesOfCards(setAsides, now, parisDay(now));
    this.#hidden = new Set([...asides].flatMap(([key, { isHidden }]) => (isHidden ? [key] : [])));
  }

  /** Number of different decisions left out so far. */
  get count(): number {
    return this.#found.size;
  }

  /** Returns the entries whose decision is not postponed. `keyOf`: key of an entry's decision, or null if it has none. */
  without<T>(entries: readonly T[], keyOf: (entry: T) => string | null): T[] {
    return entries.filter((entry) => {
      const key = keyOf(entry);
      if (key === null || !this.#hidden.has(key)) return true;
      this.#found.add(key);
      return false;
    });
  }

  /** Returns the trouble without postponed decisions. Missing runs stay: their decision does not say which runs they are. */
  withoutTrouble(trouble: Trouble): Trouble {
    const bad = (runs: Trouble["failed"]) => this.without(runs, cardKey.bad);
    return {
      ...trouble,
      paused: this.without(trouble.paused, cardKey.paused),
      machineFaults: this.without(trouble.machineFaults, cardKey.machine),
      refusedFiles: this.without(trouble.refusedFiles, cardKey.refusedFile),
      gone: this.without(trouble.gone, cardKey.gone),
      held: this.without(trouble.held, cardKey.held),
      requested: this.without(trouble.requested, cardKey.requested),
      failed: bad(trouble.failed),
      abandoned: bad(trouble.abandoned),
      late: this.without(trouble.late, cardKey.late),
      refused: bad(trouble.refused),
      unreadable: bad(trouble.unreadable),
      stoppedEarly: bad(trouble.stoppedEarly),
      unreachable: bad(trouble.unreachable),
      silent: this.without(trouble.silent, cardKey.silent),
      toBring: this.without(trouble.toBring, cardKey.fileDue),
    };
  }

  /** Returns the feeds to look at without postponed ones. Feeds that only have rejected or repaired records have no decision. */
  withoutFeeds<T extends Parameters<typeof isNoted>[0]>(feeds: readonly T[]): T[] {
    return this.without(feeds, (feed) => (isNoted(feed) ? cardKey.lookAt(feed) : null));
  }
}
