import { type AidContent, isEmptyValue } from "../../model/aid/aid.ts";
import { canonicalValue } from "../../model/aid/canonical-value.ts";
import type { NeighbourEvidence } from "../../model/aid/suggestion.ts";
import type { Suggested } from "../suggested.ts";
import type { Neighbour } from "./neighbourhood.ts";

/** Fields whose terms neighbours vote on. */
export const votedFields = [
  "aidTypes",
  "mobilizationSteps",
  "destinations",
  "categories",
  "targetedAudiences",
  "recurrence",
] as const satisfies readonly (keyof AidContent)[];
type VotedField = (typeof votedFields)[number];

/** Minimum number of neighbours with a value in the field. */
const minVoters = 5;
/** Maximum number of agreeing aids in the evidence. */
const maxCited = 5;

/** A term with the share of the neighbours that have it. */
interface Vote {
  readonly term: string;
  /** Share of the similarity of all voters, 0 to 1. */
  readonly share: number;
  readonly evidence: NeighbourEvidence;
}

/**
 * Suggests the terms that a share of the neighbours have, weighted by similarity: one suggestion for each of the `shares` that leaves other
 * terms. The strength of a suggestion is that of its weakest term. Returns none if too few neighbours have a value.
 */
export function suggestFromNeighbours(field: VotedField, neighbours: readonly Neighbour[], shares: readonly number[]): Suggested[] {
  const votes = votesOf(field, neighbours);
  const counts = shares.map((minShare) => {
    const count = votes.filter(({ share }) => share >= minShare).length;
    return field === "recurrence" ? Math.min(1, count) : count;
  });
  return [...new Set(counts)].flatMap((count): Suggested[] => {
    const chosen = votes.slice(0, count);
    const [first] = chosen;
    if (first === undefined) return [];
    const terms = chosen.map(({ term }) => term);
    const value = field === "recurrence" ? first.term : canonicalValue(field, terms);
    const strength = Math.min(...chosen.map(({ share }) => share));
    return [{ field, value, rule: "neighbours", strength, evidence: chosen.map(({ evidence }) => evidence) }];
  });
}

function votesOf(field: VotedField, neighbours: readonly Neighbour[]): Vote[] {
  const voters = neighbours.filter(({ aid }) => !isEmptyValue(aid.content[field]));
  if (voters.length < minVoters) return [];
  const whole = voters.reduce((sum, { similarity }) => sum + similarity, 0);
  const agreeing = new Map<string, Neighbour[]>();
  for (const voter of voters) {
    const value = voter.aid.content[field];
    for (const term of typeof value === "string" ? [value] : (value ?? [])) agreeing.set(term, [...(agreeing.get(term) ?? []), voter]);
  }
  const votes = [...agreeing].map(([term, aids]) => ({
    term,
    share: Math.min(1, aids.reduce((sum, { similarity }) => sum + similarity, 0) / whole),
    evidence: {
      kind: "neighbours",
      agreeing: aids.length,
      of: voters.length,
      aidIds: aids.slice(0, maxCited).map(({ aid }) => aid.aidId),
      ...(field === "recurrence" ? {} : { term }),
    } as const,
  }));
  return votes.sort((a, b) => b.share - a.share);
}
