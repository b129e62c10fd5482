import type { Rule } from "../../src/kit/field-rules.ts";
import { readRule } from "../../src/kit/rules/read-rule.ts";
import type { RuleContext, RuleIssue, TableLookup, TermFileName, TermTable } from "../../src/kit/rules/rule-context.ts";
import { termLookup } from "../../src/kit/rules/term-lookup.ts";
import { foldTerm } from "../../src/kit/values/text/clean-text.ts";

/** Term files of a test: file, publisher's term, our terms. */
export type WrittenTerms = Partial<Record<TermFileName, Readonly<Record<string, readonly string[]>>>>;

/** Builds a lookup like the registry, from a test's terms. */
export function lookupOf(written: WrittenTerms = {}): TableLookup {
  const tables = Object.entries(written).map(([file, rows]) => {
    const table: TermTable = new Map(Object.entries(rows).map(([term, targets]) => [foldTerm(term), targets]));
    return [file as TermFileName, [table]] as const;
  });
  return termLookup(new Map(tables));
}

/** Returns the value of a rule for a record, and the codes of its issues. */
export function readValue(
  rule: Rule,
  values: Readonly<Record<string, unknown>>,
  given: { timeZone?: string; terms?: WrittenTerms; placeholders?: readonly string[] } = {},
): { value: unknown; issues: RuleIssue[]; codes: string[] } {
  const issues: RuleIssue[] = [];
  const context: RuleContext = {
    values,
    timeZone: given.timeZone ?? "Europe/Paris",
    baseUrl: null,
    placeholders: new Set((given.placeholders ?? []).map(foldTerm)),
    terms: lookupOf(given.terms),
    report: (issue) => issues.push(issue),
  };
  const value = readRule(rule, context);
  return { value, issues, codes: issues.map((issue) => issue.code) };
}
