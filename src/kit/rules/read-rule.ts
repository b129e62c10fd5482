import { holds } from "../expressions/evaluate-condition.ts";
import { holdsLiteral } from "../expressions/expression-paths.ts";
import type { ChooseRule, Rule } from "../field-rules.ts";
import { readMoney, readRate } from "./amounts.ts";
import { readComputed, readConstant } from "./constant.ts";
import { readDate, readTime } from "./date.ts";
import { readIdentifier } from "./identifier.ts";
import { readList } from "./list.ts";
import { readOrganisations } from "./organisations.ts";
import { readPerimeters } from "./perimeters.ts";
import type { RuleContext } from "./rule-context.ts";
import { oneTermVocabularies, readNamedTerms, readOneTerm, readTerms } from "./terms.ts";
import { readHtml, readMarkdown, readPlainText, readText } from "./texts.ts";
import { readUrl } from "./url.ts";
import { readYesNo } from "./yes-no.ts";

/** Applies a rule to a record. Returns the value of the field; null or `[]` if empty. Never throws. Reports issues to `context.report`. */
export function readRule(rule: Rule, context: RuleContext): unknown {
  return (readers[rule.kind] as (rule: Rule, context: RuleContext) => unknown)(rule, context);
}

const readers: { readonly [Kind in Rule["kind"]]: (rule: Extract<Rule, { readonly kind: Kind }>, context: RuleContext) => unknown } = {
  identifier: readIdentifier,
  text: readText,
  html: readHtml,
  markdown: readMarkdown,
  plainText: readPlainText,
  date: readDate,
  time: readTime,
  terms: (rule, context) => (oneTermVocabularies.has(rule.vocabulary) ? readOneTerm : readTerms)(rule, context),
  namedTerms: readNamedTerms,
  list: readList,
  money: readMoney,
  rate: readRate,
  url: readUrl,
  yesNo: readYesNo,
  organisations: readOrganisations,
  perimeters: readPerimeters,
  constant: readConstant,
  computed: readComputed,
  choose: readChoose,
};

/** Applies the rule of the first case whose condition holds, else `otherwise`. Returns null without one. */
function readChoose(rule: ChooseRule<Rule>, context: RuleContext): unknown {
  const chosen = chosenRule(rule, context.values);
  return chosen === undefined ? null : readRule(chosen, context);
}

function chosenRule({ cases, otherwise }: ChooseRule<Rule>, values: RuleContext["values"]): Rule | undefined {
  return cases.find(({ when }) => holds(when, values))?.use ?? otherwise;
}

/** Returns true if the value of a rule for a record is what its publisher says: read from the record, or a constant that quotes them. */
export function isStatedByPublisher(rule: Rule, values: RuleContext["values"]): boolean {
  switch (rule.kind) {
    case "choose": {
      const chosen = chosenRule(rule, values);
      return chosen !== undefined && isStatedByPublisher(chosen, values);
    }
    case "constant":
      return rule.stated !== undefined;
    case "computed":
      return true;
    default:
      return !("otherwise" in rule && rule.otherwise !== undefined) && !holdsLiteral(rule.of);
  }
}
