import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import { parisDay } from "../../../model/text/paris-day.ts";

/** Maximum number of distinct things waiting to be stored. */
const maxWaiting = 2000;
/** After this many failures in a row, the waiting counts are dropped: a row that the database refuses would block all later ones. */
const maxFailures = 10;

/** Counts things in memory until they are stored together. */
export class CountBuffer<Thing> {
  #waiting = new Map<string, Thing & { readonly count: number }>();
  #writing: Promise<void> = Promise.resolve();
  #failures = 0;

  /** `store`: adds counts of distinct things. */
  constructor(private readonly store: (counts: readonly (Thing & { readonly count: number })[]) => Promise<void>) {}

  /** Counts a thing once more, unless too many different things wait. */
  count(thing: Thing): void {
    const key = JSON.stringify(thing);
    const known = this.#waiting.get(key);
    if (known === undefined && this.#waiting.size >= maxWaiting) return;
    this.#waiting.set(key, { ...thing, count: (known?.count ?? 0) + 1 });
  }

  /** Stores the waiting counts. What fails is counted again, until too many attempts have failed. */
  async write(): Promise<void> {
    const before = this.#writing;
    this.#writing = before.catch(() => undefined).then(() => this.#writeWaiting());
    await this.#writing;
  }

  async #writeWaiting(): Promise<void> {
    const taken = this.#waiting;
    this.#waiting = new Map();
    try {
      await this.store([...taken.values()]);
      this.#failures = 0;
    } catch (error) {
      if (++this.#failures % maxFailures === 0) throw error;
      for (const [key, counted] of taken)
        this.#waiting.set(key, { ...counted, count: counted.count + (this.#waiting.get(key)?.count ?? 0) });
      throw error;
    }
  }
}

/** Counts how often single aids are read, by month, without anything about the client. */
export class AidReads {
  readonly #buffer: CountBuffer<{ readonly month: string; readonly aidId: string }>;

  constructor({ aidReads }: Pick<Catalogue, "aidReads">) {
    this.#buffer = new CountBuffer((counts) => aidReads.add(counts));
  }

  /** Counts a reading of an aid. */
  note(aidId: string, now: Date): void {
    this.#buffer.count({ month: `${parisDay(now).slice(0, 7)}-01`, aidId });
  }

  /** Stores the counts. Throws what the catalogue throws; the counts then wait for the next attempt. */
  write(): Promise<void> {
    return this.#buffer.write();
  }
}
