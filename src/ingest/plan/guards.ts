import { type AidField, aidFields } from "../../model/aid/aid.ts";
import { fieldsOfFinding } from "../../model/plan/feed-breaks.ts";
import { type GuardCode, type GuardFinding, holdingGuards, type ShiftKind, shiftKinds, warningGuards } from "../../model/plan/guard.ts";
import type { FeedDecision } from "../../model/run/feed-decision.ts";
import type { CountedAids, GuardFacts } from "./guard-facts.ts";
import { exceeding, minAids, tripsFrom } from "./guard-thresholds.ts";
import { healthyFillRate, shareLimits, shiftLimit } from "./learned-limits.ts";
import { type MissingPath, missingPaths } from "./missing-paths.ts";
import { valueGuards } from "./value-guards.ts";

const maxExamples = 3;
/** Minimum number of days in a feed that prove something if none is after the twelfth of a month. */
const minDays = 24;

/** Returns findings if the guard trips, else an empty list. */
type Guard = (facts: GuardFacts) => readonly GuardFinding[];

const shiftGuards = Object.fromEntries(shiftKinds.map((kind) => [kind, (facts: GuardFacts) => shiftFinding(kind, facts)])) as Record<
  ShiftKind,
  Guard
>;

const guards: Readonly<Record<GuardCode, Guard>> = {
  /** A path that the connector reads has disappeared from the feed. */
  "path-missing": (facts) =>
    missingPaths(facts)
      .filter(({ isBreak }) => isBreak)
      .map((missing) => pathFinding("path-missing", missing, facts)),

  ...shiftGuards,

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

  /** Aids of the last feed are missing from this one. By default, 9 % passes and 10 % holds the plan, as in OpenAddresses. */
  "aids-gone": (facts) => {
    const share = shareLimits(facts).gone;
    return findingFrom("aids-gone", facts.gone, tripsFrom(facts.inLastFeed, share), { of: facts.inLastFeed, share });
  },

  /** Many ids are new, even if their aids are recognised. A changed rule for ids would duplicate the catalogue. */
  "new-ids": ({ inLastFeed, valid, newIds, past, limits }) => {
    if (inLastFeed === 0) return [];
    const share = shareLimits({ past, limits }).newIds;
    return findingFrom("new-ids", newIds, tripsFrom(valid, share), { of: valid, share, renamed: newIds.renamed });
  },

  /**
   * Many records are rejected; skipped records do not count. Ignores a first run, which has no usual share and cannot damage stored aids.
   */
  "records-rejected": (facts) => {
    const { received, skipped, rejected, rejectedExamples } = facts;
    if (facts.past.length === 0 && facts.limits.rejected === undefined) return [];
    const of = received - skipped;
    const share = shareLimits(facts).rejected;
    return findingFrom("records-rejected", { count: rejected, examples: rejectedExamples }, tripsFrom(of, share), { of, share });
  },

  "field-emptied": fieldEmptied,

  /** Every deadline in the feed is past, and the feed closes open aids. Ignores a dormant feed, whose deadlines pass without a change. */
  "deadlines-past": ({ valid, deadlines, past }) => {
    const min = minAids(valid);
    if (past.length === 0 || deadlines.closed < min) return [];
    return findingFrom("deadlines-past", deadlines.past, Math.max(deadlines.withDeadline, min), { closed: deadlines.closed });
  },

  /** Links move to hosts that the publisher never used. Its old domain may have a new owner. */
  "links-moved": (facts) => {
    const share = shareLimits(facts).linksMoved;
    const { moved, compared } = facts.links;
    return findingFrom("links-moved", moved, tripsFrom(compared, share), { of: compared, share });
  },

  "first-run-of-draft": ({ isFirstRunOfDraft, valid, newIds }) =>
    isFirstRunOfDraft ? [{ code: "first-run-of-draft", found: valid, limit: 0, examples: newIds.examples.slice(0, maxExamples) }] : [],

  /** A person undid a run with the same bytes. */
  "undone-before": ({ undoneBefore: undone }) =>
    undone === null ? [] : [{ code: "undone-before", found: 1, limit: 1, examples: [], params: { by: undone.by, day: undone.day } }],

  /** Reported by `checkGuards` itself. */
  "field-held": () => [],

  /** A path that few records of past feeds filled is empty. */
  "rare-path-missing": (facts) =>
    missingPaths(facts)
      .filter(({ isBreak }) => !isBreak)
      .map((missing) => pathFinding("rare-path-missing", missing, facts)),

  /** Records with an unmapped term are more than twice as many as in any of the last applied runs, and at least 5 more. */
  "unmapped-risen": ({ unmapped, past }) => {
    if (past.length === 0) return [];
    const highest = Math.max(...past.map((run) => run.unmapped));
    return findingFrom("unmapped-risen", unmapped, Math.max(2 * highest + 1, highest + 5), { highest, runs: past.length });
  },

  /**
   * New or changed aids have day and month swapped, compared with another source of them. If no day of this feed is after the twelfth,
   * this feed is the wrong one: of 24 right dates, one in a billion feeds has none.
   */
  "dates-swapped-elsewhere": ({ elsewhere }) => {
    if (elsewhere === null || elsewhere.lateDays > 0 || elsewhere.days < minDays) return [];
    const { swapped, dated, from } = elsewhere;
    return findingFrom("dates-swapped-elsewhere", swapped, Math.max(5, Math.ceil(dated / 2)), { of: dated, from: from.join(", ") });
  },

  /** New aids that another connector has already brought. */
  "known-elsewhere": ({ elsewhere }) => {
    if (elsewhere === null) return [];
    const { certain, linked, of, maybe, from } = elsewhere;
    return findingFrom("known-elsewhere", certain, 1, { of, maybe, ...(linked > 0 && { linked }), from: from.join(", ") });
  },

  "sources-contradict": ({ elsewhere }) => {
    if (elsewhere === null) return [];
    const { contradicting, compared, from } = elsewhere;
    return findingFrom("sources-contradict", contradicting, 1, { of: compared, from: from.join(", ") });
  },

  ...valueGuards,

  /** Every deadline of the new and changed aids is past, and `deadlines-past` does not hold the plan. */
  "deadlines-expired": (facts) => (guards["deadlines-past"](facts).length > 0 ? [] : valueGuards["deadlines-expired"](facts)),
};

/**
 * Checks a whole plan. `holds` stop the plan until a person applies or discards it; `warnings` do not. If no aid is valid, only the guards
 * about missing paths and empty feeds are checked. A finding about fields that a person holds, or about a path or guard that a person
 * loosened, is a warning.
 */
export function checkGuards(facts: GuardFacts): { holds: GuardFinding[]; warnings: GuardFinding[] } {
  const isUseless = facts.valid === 0;
  const findings = findingsOf(facts, isUseless ? ["path-missing", "nothing-received", "none-valid"] : holdingGuards);
  const isDecided = (finding: GuardFinding) =>
    facts.decisions.some((decision) => isAbout(decision, finding, facts)) || areHeld(facts, finding);
  return {
    holds: findings.filter((finding) => !isDecided(finding)),
    warnings: [
      ...findings.filter(isDecided),
      ...facts.decisions.filter(({ kind }) => kind === "hold").map(heldFinding),
      ...(isUseless ? [] : findingsOf(facts, warningGuards)),
    ],
  };
}

function findingsOf(facts: GuardFacts, codes: readonly GuardCode[]): GuardFinding[] {
  return codes.flatMap((code) => guards[code](facts));
}

function isAbout({ kind, subject }: FeedDecision, { code, field, params }: GuardFinding, { fieldsOf }: GuardFacts): boolean {
  if (kind !== "loosen") return false;
  // If a loosened path is missing, the field that it fills is empty.
  const isEmptied = code === "field-emptied" && field !== undefined && fieldsOf[subject]?.includes(field) === true;
  return subject === code || subject === params?.path || isEmptied;
}

/** Returns true if a person holds every field of the finding. */
function areHeld({ decisions }: GuardFacts, finding: GuardFinding): boolean {
  const held = decisions.filter(({ kind }) => kind === "hold").map(({ subject }) => subject);
  const fields = fieldsOfFinding(finding);
  return fields.length > 0 && fields.every((field) => held.includes(field));
}

/** Returns true if a field is held for its values, and the feed gives usual values again. */
export function isUsualAgain(facts: GuardFacts, { kind, subject, paths }: FeedDecision): boolean {
  if (kind !== "hold" || paths.length > 0) return false;
  return !findingsOf(facts, holdingGuards).some((finding) => fieldsOfFinding(finding).includes(subject));
}

function heldFinding({ subject, by, at, note }: FeedDecision): GuardFinding {
  const params = { by, day: at.slice(0, 10), ...(note !== null && { note }) };
  return { code: "field-held", field: subject as AidField, found: 1, limit: 1, examples: [], params };
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

/** A fill rate that falls by 20 points trips the guard. */
const maxFall = 0.2;
/** Fields with a lower fill rate are ignored, because a few aids change it. */
const minFillRate = 0.1;

/** Finds fields that far fewer aids fill than in the last applied runs. The field furthest beyond its limit comes first. */
function fieldEmptied(facts: GuardFacts): readonly GuardFinding[] {
  const findings: GuardFinding[] = [];
  for (const field of aidFields) {
    const found = facts.valid - filledCount(facts.valid, facts.fillRates[field]);
    const limit = emptyLimit(field, facts);
    if (found < limit) continue;
    findings.push({ code: "field-emptied", field, found, limit, examples: facts.lost[field] ?? [], params: emptyParams(field, facts) });
  }
  return findings.sort((a, b) => b.found - b.limit - (a.found - a.limit));
}

/** Returns the number of aids without the field at which the guard trips. */
function emptyLimit(field: AidField, { valid, past, limits }: GuardFacts): number {
  const lowest = limits.filled?.[field];
  if (lowest !== undefined) return Math.max(exceeding(valid, 1 - lowest), minAids(valid));
  const healthy = healthyFillRate(past, field);
  if (healthy === null || healthy < minFillRate) return Number.POSITIVE_INFINITY;
  const usuallyFilled = filledCount(valid, healthy);
  // The rate of a field that at most one aid in five fills cannot fall by 20 points. The guard trips if the field is empty in every aid.
  return valid - usuallyFilled + tripsFrom(valid, Math.min(maxFall, usuallyFilled / valid));
}

function filledCount(valid: number, rate = 0): number {
  return Math.round(rate * valid);
}

function emptyParams(field: AidField, { valid, past: [last] }: GuardFacts): NonNullable<GuardFinding["params"]> {
  if (last === undefined) return { of: valid };
  return { of: valid, pastEmpty: last.valid - filledCount(last.valid, last.fillRates[field]), pastOf: last.valid, pastDay: last.day };
}

/** Returns the finding about a missing path, with the column that probably replaces it. */
function pathFinding(code: GuardCode, { path, was, wasOf }: MissingPath, { renames, fieldsOf }: GuardFacts): GuardFinding {
  // A renamed key renames everything below it.
  const rename = renames.find(({ from }) => path === from || path.startsWith(`${from}.`) || path.startsWith(`${from}[`));
  const fields = (fieldsOf[path] ?? []).join(",");
  const replaced = rename && { from: rename.from, to: rename.to, same: rename.same, of: rename.of };
  return { code, found: 0, limit: 1, examples: [], params: { path, was, wasOf, fields, ...replaced } };
}

/** More aids than usual changed in this way, of those that fill the field. For dates: of those whose date changed. */
function shiftFinding(kind: ShiftKind, { shifts, links: { compared }, fillRates, past, limits }: GuardFacts): readonly GuardFinding[] {
  const shift = shifts[kind];
  if (shift === undefined) return [];
  const share = limits.shifted ?? shiftLimit(kind, past);
  const [field] = shift.fields;
  const of = shift.changed ?? filledCount(compared, Math.max(0, ...shift.fields.map((name) => fillRates[name] ?? 0)));
  const params = { of, share, fields: shift.fields.join(",") };
  const limit = Math.max(tripsFrom(of, share), minAids(compared));
  return findingFrom(kind, shift, limit, params).map((finding) => ({ ...finding, ...(field && { field }) }));
}
