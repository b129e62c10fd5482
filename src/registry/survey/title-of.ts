import type { FeedAnalysis } from "./feed-analysis.ts";
import type { FieldProfile } from "./field-profile.ts";
import { type Match, matchesFor } from "./match.ts";

/** Finds the field with the title, or returns null. */
export function titleOf(feed: FeedAnalysis): Match | null {
  const named = matchesFor(feed, "name", feed.survey.fields);
  return named.find(({ fit }) => fit > 0) ?? maxLineLength(feed) ?? named[0] ?? null;
}

/** Without a known name: the field of short lines with the most distinct values. */
function maxLineLength({ survey: { fields } }: FeedAnalysis): Match | null {
  const lines = fields.filter(
    ({ kind, isList, path, fill, distinct, filled, medianLength }) =>
      kind === "line" &&
      !isList &&
      !path.includes("[]") &&
      fill > 0.9 &&
      distinct >= filled * 0.4 &&
      medianLength >= 8 &&
      medianLength <= 200,
  );
  const best = lines.reduce<FieldProfile | null>(
    (one, other) => (one === null || other.medianLength > one.medianLength ? other : one),
    null,
  );
  return best === null ? null : { field: "name", profile: best, name: 0, fit: 0.5, certainty: 0.3 };
}
