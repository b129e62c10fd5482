import type { Decoded } from "./decode/decoded.ts";

/** Removes forgotten people from the data of a feed; see docs/privacy.md. */
export interface FeedCleaner {
  /** Returns a record, text or issue without forgotten people. Returns the same object if it names none. */
  clean<T>(value: T): T;
  /** Returns true if the raw bytes of a feed name a forgotten person. */
  isIn(bytes: AsyncIterable<Uint8Array>): Promise<boolean>;
  readonly origin: CleanerOrigin;
}

/** How another thread makes the same cleaner: it imports `module` and calls its `cleanerOf` with `data`, which is secret. */
export interface CleanerOrigin {
  readonly module: string;
  readonly data: unknown;
}

/** Keeps forgotten people out of one run. */
export class ForgottenFilter {
  /** True if the feed names a forgotten person. */
  isFound = false;
  #cleaner: FeedCleaner | null = null;

  /** Loads the forgotten people. The run must have its fencing token: to forget a person takes a new one, which ends this run. */
  async load(services: { feedCleaner?(): Promise<FeedCleaner | null> }): Promise<void> {
    this.#cleaner = (await services.feedCleaner?.()) ?? null;
  }

  /** Searches the raw bytes of the parts, and sets `isFound`. */
  async findIn(parts: readonly { open(): AsyncIterable<Uint8Array> }[]): Promise<void> {
    for (const part of parts) {
      if (!(await this.#cleaner?.isIn(part.open()))) continue;
      this.isFound = true;
      return;
    }
  }

  /** The cleaner, or null if nobody was forgotten. */
  get cleaner(): FeedCleaner | null {
    return this.#cleaner;
  }

  /** Yields the decoded batches without forgotten people. */
  async *clean(batches: AsyncIterable<readonly Decoded[]>): AsyncGenerator<readonly Decoded[]> {
    const cleaner = this.#cleaner;
    for await (const batch of batches) yield cleaner === null ? batch : batch.map((decoded) => cleanDecoded(decoded, cleaner));
  }
}

/**
 * Returns decoded records without forgotten people; the same object if it names nobody. Field names and totals contain no names of people.
 */
export function cleanDecoded(decoded: Decoded, { clean }: FeedCleaner): Decoded {
  switch (decoded.kind) {
    case "fields":
    case "total":
      return decoded;
    case "known": {
      const raw = decoded.raw();
      const cleaned = clean(raw);
      return cleaned === raw ? decoded : { ...decoded, raw: () => cleaned };
    }
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
