import type { Decoded } from "./decode/decoded.ts";

/** Removes forgotten people from what a feed contains: see docs/privacy.md. */
export interface FeedCleaner {
  /** Returns a record, text or issue without them; the same object if it names none of them. */
  clean<T>(value: T): T;
  /** Returns true if the raw bytes of a feed name one of them. */
  isIn(bytes: AsyncIterable<Uint8Array>): Promise<boolean>;
}

/** Keeps people who were forgotten out of one run, and remembers whether its feed names any. */
export class ForgottenFilter {
  /** The feed names a forgotten person. */
  isFound = false;
  #cleaner: FeedCleaner | null = null;

  /** Loads the forgotten people. Call it under the fencing token: forgetting takes the token, so a later one ends this run. */
  async load(services: { feedCleaner?(): Promise<FeedCleaner | null> }): Promise<void> {
    this.#cleaner = (await services.feedCleaner?.()) ?? null;
  }

  /** Searches the raw bytes of the parts. Returns true if they name a forgotten person. */
  async isInBytes(parts: readonly { open(): AsyncIterable<Uint8Array> }[]): Promise<boolean> {
    for (const part of parts) {
      if (!(await this.#cleaner?.isIn(part.open()))) continue;
      this.isFound = true;
      break;
    }
    return this.isFound;
  }

  /** Yields the decoded batches without forgotten people. */
  clean(batches: AsyncIterable<readonly Decoded[]>): AsyncIterable<readonly Decoded[]> {
    return this.#cleaner === null ? batches : this.#cleaned(batches, this.#cleaner);
  }

  async *#cleaned(batches: AsyncIterable<readonly Decoded[]>, cleaner: FeedCleaner): AsyncGenerator<readonly Decoded[]> {
    for await (const batch of batches) {
      yield batch.map((decoded) => {
        const clean = cleanDecoded(decoded, cleaner);
        if (clean !== decoded) this.isFound = true;
        return clean;
      });
    }
  }
}

/** Cleans the data of the publisher. Heads of known records, field names and totals name nobody. */
function cleanDecoded(decoded: Decoded, { clean }: FeedCleaner): Decoded {
  switch (decoded.kind) {
    case "fields":
    case "total":
      return decoded;
    case "known":
      return withParts(decoded, { raw: clean(decoded.raw) });
    case "record":
      return withParts(decoded, { values: clean(decoded.values), ...(decoded.issues && { issues: clean(decoded.issues) }) });
    case "broken":
      return withParts(decoded, { raw: clean(decoded.raw), issue: clean(decoded.issue) });
    case "issue":
      return withParts(decoded, { issue: clean(decoded.issue) });
  }
}

/** Returns the same object if no part has changed. */
function withParts<T extends Decoded>(decoded: T, parts: Partial<T>): T {
  const isSame = (Object.keys(parts) as (keyof T)[]).every((key) => parts[key] === decoded[key]);
  return isSame ? decoded : { ...decoded, ...parts };
}
