import { type ExpressionInput, join, slug } from "../../kit/expressions/expression.ts";
import { identifier } from "../../kit/rules/identifier.ts";
import { evidence } from "../../model/survey/evidence.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { textsOfField } from "../profile/field-values.ts";
import { identifierCandidates, sharingEvidence } from "../profile/identifier-candidates.ts";
import { shortened } from "../profile/profile-field.ts";
import { type FieldProposal, type IdentifierCandidate, type IdentifierProposal, proposalOf } from "./proposal.ts";

/** Minimum certainty of a field. Below it, an identifier made from link or title is as good. */
const minCertainty = 0.55;
const maxOthers = 4;
/** Maximum share of records that have the identifier of an earlier record. */
const maxShared = 0.2;

/** Proposes the identifier. Makes a fragile one from link and title if no field is suitable. `title`: path of the title, or null. */
export function proposeIdentifier(feed: FeedAnalysis, title: string | null): IdentifierProposal {
  const candidates = identifierCandidates(feed);
  const [best, ...others] = candidates;
  // Some duplicates in an identifier field are reported to the publisher. We do not fall back to the title for them, because a corrected
  // title would look like a new aid.
  if (best !== undefined && best.certainty >= minCertainty && best.shared <= feed.survey.records.length * maxShared) {
    return { chosen: best, others: others.slice(0, maxOthers), isFragile: best.shared > 0 };
  }
  const made = madeIdentifier(feed, title);
  const rest = candidates.filter(({ from }) => from.join() !== made?.from.join());
  if (made !== null && (best === undefined || best.certainty < minCertainty || best.shared > made.shared)) {
    return { chosen: made, others: rest.slice(0, maxOthers), isFragile: true };
  }
  const chosen = best ?? fallbackIdentifier(feed);
  return { chosen, others: others.slice(0, maxOthers), isFragile: true };
}

/** Returns the identifier as a field proposal. */
export function identifierField({ chosen, others }: IdentifierProposal, feed: FeedAnalysis): FieldProposal {
  const texts = feed.survey.records.slice(0, 3).map((record) => chosen.from.map((path) => textsOfField(record, path)[0] ?? "").join(" / "));
  const examples = texts.map((text) => shortened(text));
  return { ...proposalOf("externalId", chosen, examples), alternatives: others };
}

/** Makes an identifier from link, title or both, whichever rejects the fewest records. Returns null if the feed has neither. */
function madeIdentifier(feed: FeedAnalysis, title: string | null): IdentifierCandidate | null {
  const { records, fields } = feed.survey;
  const { url } = feed.survey.details ?? {};
  const page = typeof url === "string" ? url : undefined;
  const link =
    page ?? fields.find(({ kind, isList, path, fill }) => kind === "link" && !isList && !path.includes("[]") && fill >= 0.9)?.path;
  const ways: { of: ExpressionInput; from: string[]; code: "is-link" | "is-title" }[] = [];
  if (link !== undefined) ways.push({ of: link, from: [link], code: "is-link" });
  if (title !== null) ways.push({ of: slug(title), from: [title], code: "is-title" });
  if (link !== undefined && title !== null) ways.push({ of: join([link, slug(title)], " "), from: [link, title], code: "is-title" });
  const made = ways.map(({ of, from, code }): IdentifierCandidate => {
    const values = records
      .map((record) =>
        from
          .map((path) => textsOfField(record, path)[0] ?? "")
          .join(" ")
          .trim(),
      )
      .filter((value) => value !== "");
    const shared = values.length - new Set(values).size;
    const fill = records.length === 0 ? 0 : values.length / records.length;
    const why = [evidence(code), sharingEvidence(shared, values.length)];
    return { rule: identifier(of), from, fill, shared, kept: null, certainty: 0.4, evidence: why };
  });
  return made.reduce<IdentifierCandidate | null>(
    (best, way) => (best === null || countRejected(way, records.length) < countRejected(best, records.length) ? way : best),
    null,
  );
}

/** Counts the records that would be rejected: those without a value or with the value of an earlier record. */
function countRejected({ fill, shared }: IdentifierCandidate, records: number): number {
  return Math.round((1 - fill) * records) + shared;
}

/** Returns the first filled field as identifier, because the schema requires one. */
function fallbackIdentifier({ survey }: FeedAnalysis): IdentifierCandidate {
  const path = survey.fields.find(({ kind }) => kind !== "empty")?.path ?? survey.fields[0]?.path ?? "id";
  const why = [evidence("is-text")];
  return { rule: identifier(path), from: [path], fill: 0, shared: survey.records.length, kept: null, certainty: 0, evidence: why };
}
