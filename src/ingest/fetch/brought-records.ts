import { jsonHash } from "./json-hash.ts";

/** So many hex digits of a hash fit into a number. */
const digitsKept = 13;

/**
 * Counts the records of a feed that is asked in divisions. One that several divisions bring (a value of several facets) is counted once, or it would make
 * up for another that is missing; one that stands twice in the same division is counted twice, as the publisher does. Keeps 52 bits a record.
 */
export class BroughtRecords {
  counted = 0;
  readonly #before = new Set<number>();
  readonly #now = new Set<number>();

  /** Takes in the records of a page of the present division. */
  take(records: readonly unknown[]): void {
    for (const record of records) {
      const hash = jsonHash(record);
      const key = hash === null ? null : Number.parseInt(hash.slice(0, digitsKept), 16);
      if (key === null || !this.#before.has(key)) this.counted++;
      if (key !== null) this.#now.add(key);
    }
  }

  /** Begins the next division. */
  endDivision(): void {
    for (const key of this.#now) this.#before.add(key);
    this.#now.clear();
  }
}
