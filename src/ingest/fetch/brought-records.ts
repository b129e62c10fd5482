import { jsonHash } from "./json-hash.ts";

/** Hex digits of a hash that fit into a number. */
const digitsKept = 13;

/**
 * Counts the records of a feed that is fetched in divisions. A record in several divisions counts once, so that it cannot hide a missing
 * one. A record twice in one division counts twice, as the publisher counts it. Keeps 52 bits per record.
 */
export class BroughtRecords {
  counted = 0;
  readonly #before = new Set<number>();
  readonly #now = new Set<number>();

  /** Adds the records of a page of the current division. */
  take(records: readonly unknown[]): void {
    for (const record of records) {
      const hash = jsonHash(record);
      const key = hash === null ? null : Number.parseInt(hash.slice(0, digitsKept), 16);
      if (key === null || !this.#before.has(key)) this.counted++;
      if (key !== null) this.#now.add(key);
    }
  }

  endDivision(): void {
    for (const key of this.#now) this.#before.add(key);
    this.#now.clear();
  }
}
