import type { Connector } from "../../kit/definition.ts";
import { pathsOfRule } from "../../kit/rules/rule-paths.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { filledShare, wellFilled } from "../../model/aid/filled-share.ts";
import { faultKindOf, faultRank } from "../../model/letter/fault-kinds.ts";
import { type AnnexLine, type Fault, type GoodPoint, type Letter, type LetterExample, unreadCodes } from "../../model/letter/letter.ts";
import type { GuardFinding } from "../../model/plan/guard.ts";
import type { IssueGroup, RunReport } from "../../model/run/run-report.ts";
import { type Measured, neededFields, scoreOf, sharesOf } from "./score.ts";

/** Result of reading a feed: from a run's report, or from reading it again. */
export interface LetterReading extends Omit<Measured, "counts">, Pick<RunReport, "unmappedTerms"> {
  readonly counts: Letter["counts"];
  /** Implausible facts about the whole feed. */
  readonly noticed?: readonly GuardFinding[];
}

/** Input of `writeLetter`. */
export interface LetterFacts {
  readonly definition: Connector;
  readonly feed: Letter["feed"];
  readonly reading: LetterReading;
  /** All anomalies, or those found before the time limit. */
  readonly lines: readonly AnnexLine[];
  readonly isWhole: boolean;
  /** Reports of earlier runs, oldest first. */
  readonly past: readonly { readonly day: string; readonly report: Measured }[];
  readonly trouble: Letter["trouble"];
}

const examplesShown = 4;
const wordsShown = 30;
/** With at least this many duplicates, and this share of the feed, a field does not identify aids. */
const minShared = 5;
const minSharedShare = 0.1;

/** Writes the letter: good points, anomalies, questions. Pure. */
export function writeLetter(facts: LetterFacts): Letter {
  const { definition, feed, reading, lines, isWhole, past, trouble } = facts;
  const { received, skipped, rejected, valid } = reading.counts;
  const faults = faultsOf(facts);
  const score = scoreOf(reading);
  const points = [...past.map((one) => ({ day: one.day, score: scoreOf(one.report) })), { day: feed.day, score }];
  const trend = lastOfEachDay(points.flatMap((point) => (point.score === null ? [] : [{ day: point.day, score: point.score }])));
  const isRead = (field: AidField) => Object.hasOwn(definition.fields, field);
  const seldom = neededFields.filter((field) => isRead(field) && filledShare(reading, field) < wellFilled);
  return {
    publisher: definition.publisher.name,
    feed,
    counts: { received, skipped, rejected, valid },
    score,
    shares: sharesOf(reading),
    trend,
    trouble,
    good: goodPoints(reading, faults, trend.at(0)?.score ?? null, score),
    faults: faults.filter(({ code }) => faultKindOf(code) !== "question"),
    questions: faults.filter(({ code }) => faultKindOf(code) === "question" && code !== "unmapped-term"),
    words: wordsOf(reading.unmappedTerms).filter(({ vocabulary }) => !faults.some((fault) => isReportedAsFault(fault, vocabulary))),
    seldomFilled: valid === 0 ? [] : seldom.map((field) => ({ field, filled: Math.round(filledShare(reading, field) * valid), of: valid })),
    notFound: valid === 0 ? [] : neededFields.filter((field) => !isRead(field) && filledShare(reading, field) === 0),
    ...(reading.noticed !== undefined && reading.noticed.length > 0 && { noticed: reading.noticed }),
    identifier: identifierDoubt(definition, isOftenShared(faults, received)),
    annex: { lines: lines.length, isWhole },
  };
}

function lastOfEachDay(points: Letter["trend"]): Letter["trend"] {
  return points.filter(({ day }, index) => points[index + 1]?.day !== day);
}

/** Sorts by harm, then by frequency. Dead links and reported errors come from the lines: runs do not find them. */
function faultsOf({ definition, reading, lines }: LetterFacts): Fault[] {
  const ours = reading.issues.filter(({ code }) => faultKindOf(code) !== null);
  const faults: Fault[] = ours.map((group) => faultOf(group, lines, columnOf(definition, group.field)));
  for (const code of unreadCodes) {
    const found = lines.filter((line) => line.code === code);
    for (const field of new Set(found.map((line) => line.field))) {
      const ofField = found.filter((line) => line.field === field);
      faults.push({ code, field, column: columnOf(definition, field), count: ofField.length, examples: examplesOf(ofField) });
    }
  }
  return onePerColumn(faults).sort((a, b) => faultRank(a.code) - faultRank(b.code) || b.count - a.count);
}

/** Two aid fields read from the same feed field count as one anomaly. */
function onePerColumn(faults: readonly Fault[]): Fault[] {
  const found = new Map<string, Fault>();
  for (const fault of faults) {
    const key = `${fault.code} ${fault.column ?? `our ${fault.field}`}`;
    const known = found.get(key);
    if (known === undefined || known.count < fault.count) found.set(key, fault);
  }
  return [...found.values()];
}

function faultOf({ code, field, count, examples }: IssueGroup, lines: readonly AnnexLine[], column: string | null): Fault {
  const found = examplesOf(lines.filter((line) => line.code === code && line.field === field));
  const ofReport = examples.map(({ locator, value, params }) => ({ place: locator, title: null, value, params }));
  const from = examples[0]?.params.from;
  return {
    code,
    field,
    column: from === undefined ? column : String(from).slice(0, 120),
    count,
    examples: found.length > 0 ? found : ofReport.slice(0, examplesShown),
  };
}

/** Returns a few examples, preferably with different values. */
function examplesOf(lines: readonly AnnexLine[]): LetterExample[] {
  const byValue = new Map<string | null, AnnexLine>();
  for (const line of lines) {
    if (!byValue.has(line.value)) byValue.set(line.value, line);
    if (byValue.size === examplesShown) break;
  }
  const different = [...byValue.values()];
  const others = lines.slice(0, examplesShown * 2).filter((line) => !different.includes(line));
  return [...different, ...others].slice(0, examplesShown).map(({ place, title, value, params }) => ({ place, title, value, params }));
}

/** A few duplicates are mistakes; many mean that the field does not identify aids. */
function isOftenShared(faults: readonly Fault[], received: number): boolean {
  const shared = faults.find(({ code }) => code === "duplicate-id")?.count ?? 0;
  return shared >= minShared && shared >= minSharedShare * received;
}

/** Unknown territories are reported once, in their chapter, and not among the words. */
function isReportedAsFault({ code }: Fault, vocabulary: string): boolean {
  return vocabulary === "perimeters" && code === "unknown-perimeter";
}

function wordsOf(unmapped: RunReport["unmappedTerms"]): Letter["words"] {
  const vocabularies = [...new Set(unmapped.map(({ vocabulary }) => vocabulary))];
  return vocabularies.map((vocabulary) => {
    const terms = unmapped.filter((one) => one.vocabulary === vocabulary).sort((a, b) => b.count - a.count);
    return {
      vocabulary,
      terms: terms.slice(0, wordsShown).map(({ term, count }) => ({ term, count })),
      more: Math.max(0, terms.length - wordsShown),
    };
  });
}

/** Returns the good points of a feed. `before`: the oldest known score. */
function goodPoints(reading: LetterReading, faults: readonly Fault[], before: number | null, score: number | null): GoodPoint[] {
  const { valid, rejected } = reading.counts;
  if (valid === 0) return [];
  const good: GoodPoint[] = [];
  const hasFault = (kind: string) => faults.some(({ code }) => faultKindOf(code) === kind);
  if (rejected === 0) good.push({ code: "all-kept", count: valid });
  if (!hasFault("identifiers")) good.push({ code: "all-identified" });
  // A filled field with an anomaly is not praised: the same letter asks to correct it.
  const full = neededFields.filter((field) => filledShare(reading, field) === 1 && !faults.some((fault) => fault.field === field));
  if (full.length > 0) good.push({ code: "always-filled", fields: full });
  const { fillRates } = reading;
  if (!hasFault("dates") && ((fillRates.submissionDeadline ?? 0) > 0 || (fillRates.startDate ?? 0) > 0)) good.push({ code: "dates-sound" });
  if (!hasFault("links") && (fillRates.originUrl ?? 0) > 0) good.push({ code: "links-sound" });
  if (before !== null && score !== null && score > before) good.push({ code: "better", from: before, to: score });
  if (faults.every(({ code }) => faultKindOf(code) === "question") && (reading.noticed ?? []).length === 0) good.push({ code: "no-fault" });
  return good;
}

/** A longer list of feed fields does not help the publisher. */
const maxNamed = 3;
const maxNameLength = 120;

/** Returns the feed fields that the rule of an aid field reads, as the publisher names them; null if it reads none or too many. */
export function columnOf({ fields }: Pick<Connector, "fields">, field: string | null): string | null {
  const rule = field === null ? undefined : new Map(Object.entries(fields)).get(field);
  const paths = rule === undefined ? [] : [...new Set(pathsOfRule(rule))];
  return paths.length === 0 || paths.length > maxNamed ? null : paths.join(", ").slice(0, maxNameLength);
}

/** Returns the fields that identify aids if they are not reliable: the page address, the title, or a value that several aids share. Null if they are. */
function identifierDoubt({ fields }: Connector, isShared: boolean): Letter["identifier"] {
  const from = [...new Set(pathsOfRule(fields.externalId))];
  if (from.length === 0) return null;
  const isMadeOf = (paths: readonly string[]) => from.every((path) => paths.includes(path));
  const links = [fields.originUrl, fields.applicationUrl].flatMap((rule) => (rule === undefined ? [] : pathsOfRule(rule)));
  if (isMadeOf(links)) return { from, code: "is-link" };
  if (isMadeOf(pathsOfRule(fields.name))) return { from, code: "is-title" };
  return isShared ? { from, code: "shared" } : null;
}
