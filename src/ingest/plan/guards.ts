import { type GuardCode, type GuardFinding, holdingGuards, warningGuards } from "../../model/plan/plan.ts";
import { fieldEmptied } from "./field-emptied.ts";
import type { CountedAids, GuardFacts } from "./guard-facts.ts";
import { exceeding, minAids, tripsFrom } from "./guard-thresholds.ts";
import { shareLimits } from "./learned-limits.ts";

const maxExamples = 3;

/** Returns a finding if the guard trips, and nothing if the plan passes. */
type Guard = (facts: GuardFacts) => readonly GuardFinding[];

const guards: Readonly<Record<GuardCode, Guard>> = {
  "nothing-received": ({ received, past: [last] }) => {
    if (received > 0) return [];
    const before = last === undefined ? {} : { params: { pastReceived: last.received, pastDay: last.day } };
    return [{ code: "nothing-received", found: 0, limit: 1, examples: [], ...before }];
  },

  "none-valid": ({ received, skipped, rejected, valid, rejectedExamples }) => {
    if (received === 0 || valid > 0) return [];
    const examples = rejectedExamples.slice(0, maxExamples);
    return [{ code: "none-valid", found: 0, limit: 1, examples, params: { received, skipped, rejected } }];
  },

  "fewer-than-expected": ({ valid, atLeast }) =>
    atLeast === null || valid >= atLeast ? [] : [{ code: "fewer-than-expected", found: valid, limit: atLeast, examples: [] }],

  /** Aids of the last feed that are missing from this one: 9 % passes, 10 % holds, as OpenAddresses does. */
  "aids-gone": (facts) => {
    const share = shareLimits(facts).gone;
    return findingFrom("aids-gone", facts.gone, tripsFrom(facts.inLastFeed, share), { of: facts.inLastFeed, share });
  },

  /** Unknown ids, even if the aids are recognised: a changed id rule doubles a catalogue. */
  "new-ids": ({ inLastFeed, valid, newIds, past, limits }) => {
    if (inLastFeed === 0) return [];
    const share = shareLimits({ past, limits }).newIds;
    return findingFrom("new-ids", newIds, tripsFrom(valid, share), { of: valid, share, renamed: newIds.renamed });
  },

  /** Rejected records among those that the connector wants. Ignores a first run: nothing is usual yet and there is nothing to damage. */
  "records-rejected": (facts) => {
    const { received, skipped, rejected, rejectedExamples } = facts;
    if (facts.past.length === 0 && facts.limits.rejected === undefined) return [];
    const of = received - skipped;
    const share = shareLimits(facts).rejected;
    return findingFrom("records-rejected", { count: rejected, examples: rejectedExamples }, tripsFrom(of, share), { of, share });
  },

  "field-emptied": fieldEmptied,

  /** Every deadline of the feed is past, and this feed closes aids that were open. Calls that expire in a dormant feed do not count. */
  "deadlines-past": ({ valid, deadlines, past }) => {
    const min = minAids(valid);
    if (past.length === 0 || deadlines.closed < min) return [];
    return findingFrom("deadlines-past", deadlines.past, Math.max(deadlines.withDeadline, min), { closed: deadlines.closed });
  },

  /** Links that move to a host that the publisher never used: its domain may have a new owner. */
  "links-moved": (facts) => {
    const share = shareLimits(facts).linksMoved;
    const { moved, compared } = facts.links;
    return findingFrom("links-moved", moved, tripsFrom(compared, share), { of: compared, share });
  },

  "first-run-of-draft": ({ isFirstRunOfDraft, valid, newIds }) =>
    isFirstRunOfDraft ? [{ code: "first-run-of-draft", found: valid, limit: 0, examples: newIds.examples.slice(0, maxExamples) }] : [],

  /** A person undid a run of this same feed. */
  "undone-before": ({ undoneBefore: undone }) =>
    undone === null ? [] : [{ code: "undone-before", found: 1, limit: 1, examples: [], params: { by: undone.by, day: undone.day } }],

  /** The changed descriptions lose more than half of their total length. */
  "texts-shrunk": ({ texts: { before, after, aids } }) => {
    const limit = Math.ceil(before / 2);
    return aids < 5 || after >= limit ? [] : [{ code: "texts-shrunk", found: after, limit, examples: [], params: { before, aids } }];
  },

  /** More than twice as many records with an unmapped term as in any of the last applied runs, and at least 5 more. */
  "unmapped-risen": ({ unmapped, past }) => {
    if (past.length === 0) return [];
    const highest = Math.max(...past.map((run) => run.unmapped));
    return findingFrom("unmapped-risen", unmapped, Math.max(2 * highest + 1, highest + 5), { highest, runs: past.length });
  },

  /** More than 30 % of the new and changed aids, and at least 5, have the same description. */
  "content-repeated": ({ repeated }) =>
    findingFrom("content-repeated", repeated, Math.max(5, exceeding(repeated.of, 0.3)), { of: repeated.of }),
};

/**
 * Checks a whole plan. `holds` keep the plan for a person, `warnings` do not. If no aid is valid, only the guards about that are checked.
 */
export function checkGuards(facts: GuardFacts): { holds: GuardFinding[]; warnings: GuardFinding[] } {
  const findings = (codes: readonly GuardCode[]) => codes.flatMap((code) => guards[code](facts));
  if (facts.valid === 0) return { holds: findings(["nothing-received", "none-valid"]), warnings: [] };
  return { holds: findings(holdingGuards), warnings: findings(warningGuards) };
}

/** Returns a finding if at least `limit` aids were counted. */
function findingFrom(
  code: GuardCode,
  { count, examples }: CountedAids,
  limit: number,
  params: NonNullable<GuardFinding["params"]>,
): readonly GuardFinding[] {
  return count < limit ? [] : [{ code, found: count, limit, examples: examples.slice(0, maxExamples), params }];
}
