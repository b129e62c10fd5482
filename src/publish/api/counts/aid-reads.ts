import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { CountBuffer } from "./count-buffer.ts";

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
