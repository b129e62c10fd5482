import { holds } from "../../kit/expressions/evaluate-condition.ts";
import type { Rule } from "../../kit/field-rules.ts";
import type { TermFileName } from "../../kit/rules/rule-context.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import { type PerimeterScale, perimeterScales } from "../../model/territories/perimeter.ts";
import { findPerimeter, findPerimeterByName, parseInseeCode } from "../../model/territories/perimeters.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { labelsIn } from "../profile/feed-labels.ts";
import type { FieldProposal, TermFile, TermRow } from "./proposal.ts";
import { suggestionFor } from "./suggestion-for.ts";

/** Note of every proposed row. */
const toBeChecked = "suggéré, à vérifier";

/** Maximum number of words in a term file. A longer list is not a vocabulary. */
const maxWords = 400;

/** Proposes term files for the words of the feed that no term file contains. Words without a suggestion are listed as open. */
export function proposeTermFiles(feed: FeedAnalysis, fields: readonly FieldProposal[]): TermFile[] {
  const byName = new Map<TermFileName, TermFile>();
  const branches = fields.flatMap(({ rule }) => branchesOf(rule, feed.survey.records));
  for (const file of branches.flatMap(({ rule, records }) => termFileOf(feed, rule, records) ?? [])) {
    const before = byName.get(file.name);
    byName.set(file.name, before === undefined ? file : mergeFiles(before, file));
  }
  return [...byName.values()];
}

type PlainRule = Exclude<Rule, { kind: "choose" }>;

/** Returns the rules of all branches, each with the records that it reads. */
function branchesOf(rule: Rule, records: readonly Values[]): { readonly rule: PlainRule; readonly records: readonly Values[] }[] {
  if (rule.kind !== "choose") return [{ rule, records }];
  const chosen = records.map((values) => rule.cases.findIndex((one) => holds(one.when, values)));
  const readBy = (position: number) => records.filter((_, index) => chosen[index] === position);
  const otherwise = rule.otherwise === undefined ? [] : branchesOf(rule.otherwise, readBy(-1));
  return [...rule.cases.flatMap(({ use }, position) => branchesOf(use, readBy(position))), ...otherwise];
}

/** Merges the term files of two fields with the same vocabulary. */
function mergeFiles(one: TermFile, other: TermFile): TermFile {
  const known = new Set([...one.rows.map(({ term }) => term), ...one.open].map(foldTerm));
  return {
    name: one.name,
    rows: [...one.rows, ...other.rows.filter(({ term }) => !known.has(foldTerm(term)))],
    open: [...one.open, ...other.open.filter((term) => !known.has(foldTerm(term)))],
  };
}

function termFileOf(feed: FeedAnalysis, rule: PlainRule, records: readonly Values[]): TermFile | null {
  const name = fileOf(rule);
  if (name === null || !("of" in rule)) return null;
  const words = labelsIn(records, rule.of, name, feed.context.terms).filter(({ label, isKnown }) => !isKnown && mayBeWord(label, rule));
  if (words.length === 0) return null;
  const rows: TermRow[] = [];
  const open: string[] = [];
  for (const { label } of words.slice(0, maxWords)) {
    const targets = targetsOf(feed, name, label);
    if (targets.length === 0) open.push(label);
    else for (const target of targets) rows.push({ term: label, target, note: toBeChecked });
  }
  return { name, rows, open };
}

function fileOf(rule: PlainRule): TermFileName | null {
  if (rule.kind === "terms") return rule.vocabulary;
  return rule.kind === "perimeters" && rule.written !== "code" && rule.written !== "mention" ? "perimeters" : null;
}

/** Returns true for a text that needs a row. Known territories do not need one, and very long texts cannot have one. */
function mayBeWord(label: string, rule: PlainRule): boolean {
  if (label.length > 200 || label.trim() === "") return false;
  if (rule.kind !== "perimeters") return true;
  if (rule.written === "name") return findPerimeterByName(label, rule.scales ?? perimeterScales) === undefined;
  const ref = rule.written === "insee" ? parseInseeCode(label) : undefined;
  return ref === undefined || findPerimeter(ref) === undefined;
}

function targetsOf(feed: FeedAnalysis, name: TermFileName, label: string): readonly string[] {
  if (name !== "perimeters") return suggestionFor(feed.context, name, label)?.slugs ?? [];
  const territory = territoryIn(label);
  return territory === undefined ? [] : [`${territory.scale}:${territory.code}`];
}

const scalesOfWords: readonly (readonly [RegExp, readonly PerimeterScale[]])[] = [
  [/d[ée]partement/i, ["department", "collectivity"]],
  [/r[ée]gion/i, ["region", "collectivity"]],
  [/commune/i, ["commune"]],
  [/epci|intercommunal|communaut[ée]/i, ["epci"]],
  [/bassin/i, ["basin"]],
];

/** Reads the territory in "Aude (Département)" or "33 - Gironde". */
function territoryIn(label: string): { readonly scale: PerimeterScale; readonly code: string } | undefined {
  const beside = /\(([^()]+)\)\s*$/.exec(label)?.[1] ?? label;
  const scales = scalesOfWords.find(([word]) => word.test(beside))?.[1] ?? [
    "region",
    "department",
    "collectivity",
    "country",
    "continent",
    "basin",
  ];
  const name = label
    .replace(/\([^()]*\)\s*$/, "")
    .replace(/^\d{1,3}[AB]?\s*[-–:]\s*/i, "")
    .trim();
  return findPerimeterByName(name, scales);
}
