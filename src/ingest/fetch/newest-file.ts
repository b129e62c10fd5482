import type { Dataset } from "../../kit/feed.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { FeedRefused } from "../../model/run/run-error.ts";
import type { PortalFile } from "./portal-answer.ts";

const mostNamed = 20;

/**
 * Returns the newest file with the dataset's format and the words of `titled` in its title. The first of equally old files wins; a file
 * without a date is the oldest. Throws `FeedRefused` (`no-such-file`) with the available formats, or with the titles of the files in the
 * format.
 */
export function newestFile(files: readonly PortalFile[], { format, titled }: Pick<Dataset, "format" | "titled">): PortalFile {
  const inFormat = files.filter((file) => foldTerm(file.format ?? "") === foldTerm(format));
  const fitting = inFormat.filter(({ title }) => {
    const words = wordsOf(title ?? "");
    return wordsOf(titled ?? "").every((word) => words.includes(word));
  });
  const [first, ...others] = fitting;
  if (first !== undefined) return others.reduce((newest, file) => (changedMs(file) > changedMs(newest) ? file : newest), first);
  const found = inFormat.length === 0 ? files.map((file) => file.format) : inFormat.map((file) => file.title);
  const named = [...new Set(found.filter((name) => name !== null))].slice(0, mostNamed).join(", ");
  throw new FeedRefused("no-such-file", { format, found: named, ...(inFormat.length > 0 && titled !== undefined && { titled }) });
}

function wordsOf(text: string): readonly string[] {
  return foldTerm(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Returns the time of the file's last change in milliseconds. A time without zone is UTC, as CKAN writes it. */
function changedMs({ changedAt }: PortalFile): number {
  if (changedAt === null) return Number.NEGATIVE_INFINITY;
  const hasTime = /T\d\d/.test(changedAt);
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(changedAt);
  const instant = Date.parse(hasTime && !hasZone ? `${changedAt}Z` : changedAt);
  return Number.isNaN(instant) ? Number.NEGATIVE_INFINITY : instant;
}
