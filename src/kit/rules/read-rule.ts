import { holds } from "../expressions/evaluate-condition.ts";
import type { ChooseRule, Rule } from "../field-rules.ts";
import { readComputed } from "./computed.ts";
import { readConstant } from "./constant.ts";
import { readDate, readTime } from "./date.ts";
import { readHtml } from "./html.ts";
import { readIdentifier } from "./identifier.ts";
import { readList } from "./list.ts";
import { readMarkdown } from "./markdown.ts";
import { readMoney } from "./money.ts";
import { readNamedTerms } from "./named-terms.ts";
import { readOrganisations } from "./organisations.ts";
import { readPerimeters } from "./perimeters.ts";
import { readPlainText } from "./plain-text.ts";
import { readRate } from "./rate.ts";
import type { RuleContext } from "./rule-context.ts";
import { oneTermVocabularies, readOneTerm, readTerms } from "./terms.ts";
import { readText } from "./text.ts";
import { readUrl } from "./url.ts";
import { readYesNo } from "./yes-no.ts";

/** Applies a rule to a record. Returns the value of the field; null or `[]` if empty. Never throws. Reports issues to `context.report`. */
export function readRule(rule: Rule, context: RuleContext): unknown {
  switch (rule.kind) {
    case "identifier":
      return readIdentifier(rule, context);
    case "text":
      return readText(rule, context);
    case "html":
      return readHtml(rule, context);
    case "markdown":
      return readMarkdown(rule, context);
    case "plainText":
      return readPlainText(rule, context);
    case "date":
      return readDate(rule, context);
    case "time":
      return readTime(rule, context);
    case "terms":
      return oneTermVocabularies.has(rule.vocabulary) ? readOneTerm(rule, context) : readTerms(rule, context);
    case "namedTerms":
      return readNamedTerms(rule, context);
    case "list":
      return readList(rule, context);
    case "money":
      return readMoney(rule, context);
    case "rate":
      return readRate(rule, context);
    case "url":
      return readUrl(rule, context);
    case "yesNo":
      return readYesNo(rule, context);
    case "organisations":
      return readOrganisations(rule, context);
    case "perimeters":
      return readPerimeters(rule, context);
    case "constant":
      return readConstant(rule);
    case "computed":
      return readComputed(rule, context);
    case "choose":
      return readChoose(rule, context);
  }
}

/** Applies the rule of the first case whose condition holds, else `otherwise`. Returns null without one. */
function readChoose(rule: ChooseRule<Rule>, context: RuleContext): unknown {
  for (const { when, use } of rule.cases) {
    if (holds(when, context.values)) return readRule(use, context);
  }
  return rule.otherwise === undefined ? null : readRule(rule.otherwise, context);
}
