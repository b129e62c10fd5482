import { expect } from "vitest";
import type { RuleIssue } from "../../src/kit/rules/rule-context.ts";
import { cleanHtml } from "../../src/kit/values/html/clean-html.ts";
import { cleanLine } from "../../src/kit/values/text/clean-text.ts";

/** The scanner stops at an unknown tag, so the full reader reads everything after it. The tag itself leaves no trace. */
const unknownTag = "<x:without-effect>";

/** Checks that the scanner and the full reader give the same HTML, issues and line. A text without a tag has only one reader. */
export function expectSameCleaning(html: string, baseUrl: string | null = "https://www.region.fr/aides/fiche"): void {
  if (!html.includes("<")) return;
  expect(cleaned(html, baseUrl)).toEqual(cleaned(unknownTag + html, baseUrl));
  expect(cleanLine(html)).toBe(cleanLine(unknownTag + html));
}

function cleaned(html: string, baseUrl: string | null): unknown {
  const issues: RuleIssue[] = [];
  const clean = cleanHtml(html, { baseUrl, report: (issue) => issues.push(issue) });
  return { clean, issues: issues.map((issue) => ({ ...issue, value: String(issue.value).replace(unknownTag, "") })) };
}
