import { identifier } from "../../kit/rules/identifier.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import { type Evidence, evidence } from "../../model/survey/evidence.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import { comparableText } from "../../model/text/comparable-text.ts";
import { rounded } from "../propose/assign-fields.ts";
import type { IdentifierCandidate } from "../propose/proposal.ts";
import { isRegenerated } from "../read/recognise-platform.ts";
import type { FeedAnalysis } from "./feed-analysis.ts";
import { shareOf, textsOfField } from "./field-values.ts";
import { isForMachines, isPrivate, nameScore } from "./match-name.ts";
import { isMadeByMachine } from "./single-values.ts";

/** With fewer records, uniqueness proves little. */
const few = 12;
/** Maximum length of a stored identifier. */
const longest = 255;

/** How suitable values are as identifiers. */
interface Nature {
  /** Factor of the certainty. */
  readonly worth: number;
  /** Why the identifier may change. */
  readonly evidence: Evidence | null;
}

/** Returns the fields that may identify aids, best first. */
export function identifierCandidates(feed: FeedAnalysis): IdentifierCandidate[] {
  return feed.survey.fields
    .filter((profile) => mayIdentify(profile) && !isPrivate(profile.path))
    .map((profile) => candidateOf(profile, feed))
    .filter(({ certainty, kept }) => certainty > 0 || kept === 0)
    .sort((a, b) => b.certainty - a.certainty);
}

/** Returns true for a field with one short value in most records. */
function mayIdentify({ kind, isList, path, longest: length, fill }: FieldProfile): boolean {
  return kind !== "empty" && kind !== "yes-no" && kind !== "json" && !isList && !path.includes("[]") && length <= longest && fill >= 0.5;
}

function candidateOf(profile: FieldProfile, feed: FeedAnalysis): IdentifierCandidate {
  const { path, fill } = profile;
  const { records, older } = feed.survey;
  const values = records.map((record) => textsOfField(record, path)[0]?.trim() ?? "").filter((value) => value !== "");
  const shared = duplicateValues(records, path);
  const name = nameScore(path, "externalId");
  const nature = natureOf(profile, values);
  const kept = older === null ? null : shareKept(feed, path);
  const sharing = values.length === 0 ? 1 : shared / values.length;
  const worth =
    (0.35 + 0.65 * name) *
    nature.worth *
    fill *
    Math.max(0, 1 - (name >= 0.9 ? 1.5 : 3) * sharing) *
    (kept ?? 1) *
    (isForMachines(path) ? 0.5 : 1);
  return {
    rule: identifier(path),
    from: [path],
    fill,
    shared,
    kept,
    certainty: rounded(worth * (records.length < few ? 0.9 : 1)),
    evidence: [
      sharingEvidence(shared, values.length),
      ...(fill < 1 ? [evidence("sometimes-empty", { missing: records.length - values.length })] : []),
      ...(nature.evidence === null ? [] : [nature.evidence]),
      ...(kept === null ? [] : [evidence(kept > 0.98 ? "stable" : "changed", { share: Math.round(kept * 100) })]),
      ...(records.length < few ? [evidence("few-records", { count: records.length })] : []),
    ],
  };
}

/** Returns the evidence of how many of the values occur several times. */
export function sharingEvidence(shared: number, count: number): Evidence {
  return shared === 0 ? evidence("unique", { count }) : evidence("shared", { shared, count });
}

/** Counts records with the same value as an earlier record. Repeated records do not count. */
function duplicateValues(records: readonly Values[], path: string): number {
  const first = new Map<string, Values>();
  let shared = 0;
  for (const record of records) {
    const value = textsOfField(record, path)[0]?.trim() ?? "";
    if (value === "") continue;
    const before = first.get(value);
    if (before === undefined) first.set(value, record);
    else if (!isRepeat(before, record)) shared++;
  }
  return shared;
}

function isRepeat(one: Values, other: Values): boolean {
  return shareOf(Object.keys(one), (key) => JSON.stringify(one[key]) === JSON.stringify(other[key])) >= 0.9;
}

function natureOf({ path, kind, medianLength }: FieldProfile, values: readonly string[]): Nature {
  if (isRegenerated(path)) return { worth: 0.3, evidence: evidence("given-anew", { path }) };
  if (kind === "link") return { worth: 0.6, evidence: evidence("is-link") };
  if (nameScore(path, "name") >= 0.8) return { worth: 0.4, evidence: evidence("is-title") };
  if (kind === "date") return { worth: 0.25, evidence: evidence("is-date") };
  if (isRowNumber(values)) return { worth: 0.45, evidence: evidence("row-number") };
  if (shareOf(values, (value) => /\s\S+\s/.test(value)) > 0.3 || kind === "html" || kind === "lines")
    return { worth: 0.2, evidence: evidence("is-text") };
  if (shareOf(values, (value) => /^\/|\/.*\//.test(value)) > 0.5) return { worth: 0.6, evidence: evidence("holds-path") };
  const isMade = medianLength >= 6 && shareOf(values, isMadeByMachine) > 0.6;
  if (isMade) return { worth: 0.88, evidence: evidence("made-by-machine") };
  // Codes that people write are better than numbers of a database.
  return { worth: areWrittenCodes(values) ? 1.05 : 1, evidence: null };
}

/** Recognises 1, 2, 3 in feed order. A new record would change all numbers after it. */
function isRowNumber(values: readonly string[]): boolean {
  const first = Number(values[0]);
  return values.length >= 3 && (first === 0 || first === 1) && values.every((value, index) => value === String(first + index));
}

/** Recognises codes that people read and write: "HORIZON-CL2-2021-DEMOCRACY-01-01", "EuropeAid/175511". */
export function areWrittenCodes(values: readonly string[]): boolean {
  return shareOf(values, (value) => /^[A-Z][A-Za-z]+[\w.]*[-/_]\w+/.test(value)) > 0.6;
}

/** Minimum number of records in both snapshots. */
const minPairs = 3;

/** Returns the share of aids, matched by a unique title or link, with the same value in both snapshots. Null with too few matches. */
function shareKept(feed: FeedAnalysis, path: string): number | null {
  const { records, older, fields } = feed.survey;
  if (older === null) return null;
  const title = bestNamed(feed, "name");
  const link = fields.find(({ kind, isUnique }) => kind === "link" && isUnique)?.path;
  for (const key of [title, link]) {
    if (key === undefined || key === path) continue;
    const before = byValue(older, key);
    const pairs = [...byValue(records, key)].flatMap(([value, record]) => {
      const other = before.get(value);
      return record === null || other === undefined || other === null ? [] : [[record, other] as const];
    });
    if (pairs.length < minPairs) continue;
    const kept = pairs.filter(([record, other]) => textsOfField(record, path).join("\n") === textsOfField(other, path).join("\n"));
    return kept.length / pairs.length;
  }
  return null;
}

function bestNamed({ survey }: FeedAnalysis, field: "name"): string | undefined {
  return survey.fields.filter(({ kind }) => kind !== "empty").toSorted((a, b) => nameScore(b.path, field) - nameScore(a.path, field))[0]
    ?.path;
}

/** Returns records by value of a field; null for a value of several records. */
function byValue(records: readonly Values[], path: string): ReadonlyMap<string, Values | null> {
  const found = new Map<string, Values | null>();
  for (const record of records) {
    const key = comparableText(textsOfField(record, path)[0] ?? "");
    if (key !== "") found.set(key, found.has(key) ? null : record);
  }
  return found;
}
