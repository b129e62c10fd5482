import type { Decoded } from "./decode/decoded.ts";

/** Keeps feeds from bringing back people who were forgotten: see docs/privacy.md. */
export interface FeedCleaner {
  /** A record as received, a text, an issue, without them; the very value where it holds none of them. */
  clean<T>(value: T): T;
  /** True where the bytes of a feed hold one of them as they are written. */
  isIn(bytes: AsyncIterable<Uint8Array>): Promise<boolean>;
}

/** What was decoded, without the people; `onFound` is told where one was taken out. */
export async function* cleaned(
  batches: AsyncIterable<readonly Decoded[]>,
  cleaner: FeedCleaner,
  onFound: () => void,
): AsyncGenerator<readonly Decoded[]> {
  for await (const batch of batches) {
    yield batch.map((found) => {
      const clean = cleanedOne(found, cleaner);
      if (clean !== found) onFound();
      return clean;
    });
  }
}

/** Heads of known records, names of fields and totals come from us, or name nobody. */
function cleanedOne(found: Decoded, { clean }: FeedCleaner): Decoded {
  if (found.kind === "fields" || found.kind === "total") return found;
  if (found.kind === "known") return changed(found, { raw: clean(found.raw) });
  if (found.kind === "record") return changed(found, { values: clean(found.values), ...(found.issues && { issues: clean(found.issues) }) });
  if (found.kind === "broken") return changed(found, { raw: clean(found.raw), issue: clean(found.issue) });
  return changed(found, { issue: clean(found.issue) });
}

/** The very value where nothing of it has changed. */
function changed<T extends Decoded>(found: T, parts: Partial<T>): T {
  const isSame = (Object.keys(parts) as (keyof T)[]).every((key) => parts[key] === found[key]);
  return isSame ? found : { ...found, ...parts };
}
