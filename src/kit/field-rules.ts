import { z } from "zod";
import type { AidContent, AidField, Organisation } from "../model/aid/aid.ts";
import type { PerimeterRef } from "../model/territories/perimeter.ts";
import type { VocabularyName } from "../model/vocabularies.ts";
import { Condition } from "./expressions/expression.ts";
import { ComputedRule } from "./rules/computed.ts";
import { ConstantRule } from "./rules/constant.ts";
import { DateRule, TimeRule } from "./rules/date.ts";
import { HtmlRule } from "./rules/html.ts";
import { IdentifierRule } from "./rules/identifier.ts";
import { ListRule } from "./rules/list.ts";
import { MarkdownRule } from "./rules/markdown.ts";
import { MoneyRule } from "./rules/money.ts";
import { NamedTermsRule } from "./rules/named-terms.ts";
import { OrganisationsRule } from "./rules/organisations.ts";
import { PerimetersRule } from "./rules/perimeters.ts";
import { PlainTextRule } from "./rules/plain-text.ts";
import { RateRule } from "./rules/rate.ts";
import { TermsRule } from "./rules/terms.ts";
import { TextRule } from "./rules/text.ts";
import { UrlRule } from "./rules/url.ts";
import { YesNoRule } from "./rules/yes-no.ts";

/** A choice between rules: the first case whose condition holds, else `otherwise`, else empty. */
export interface ChooseRule<R> {
  readonly kind: "choose";
  readonly cases: readonly { readonly when: Condition; readonly use: R }[];
  readonly otherwise?: R;
}

/** Chooses a rule. `choose([{ when: { field: "date_fin", isFilled: true }, use: constant("oneoff") }], constant("ongoing"))`. */
export function choose<const C extends readonly { when: Condition; use: unknown }[], O = never>(
  cases: C,
  otherwise?: O,
): ChooseRule<C[number]["use"] | O> {
  return otherwise === undefined ? { kind: "choose", cases } : { kind: "choose", cases, otherwise };
}

/** Rules that give a value: those for one type of field, a constant, a function, or a choice. */
type Filled<Own, Value> =
  | Own
  | ConstantRule<Value>
  | ComputedRule<Value>
  | ChooseRule<Own | ConstantRule<Value> | ComputedRule<Value> | ChooseRule<Own | ConstantRule<Value>>>;

type LineRule = Filled<TextRule, string>;
type RichTextRule = Filled<HtmlRule | MarkdownRule | PlainTextRule, string>;
type LinkRule = Filled<UrlRule, string>;
type FlagRule = Filled<YesNoRule, boolean>;
type DayRule = Filled<DateRule, string>;
type TermListRule<V extends VocabularyName & AidField> = Filled<
  TermsRule<V> | NamedTermsRule,
  AidContent[V] extends infer T ? Readonly<T> : never
>;
type OneTermRule<V extends "recurrence" | "europeanAid" | "importShareLicence"> = Filled<TermsRule<V>, NonNullable<AidContent[V]>>;
type OrganisationRule = Filled<OrganisationsRule, readonly Organisation[]>;
type TerritoryRule = Filled<PerimetersRule, readonly PerimeterRef[]>;

/** The rules of a connector: field of an aid -> rule. Fields without a rule stay empty. */
export interface FieldRules {
  readonly externalId: Filled<IdentifierRule, string>;
  readonly name: LineRule;
  /** Default: the rule of `name`. */
  readonly nameInitial?: LineRule;
  readonly shortTitle?: LineRule;
  readonly description?: RichTextRule;
  readonly eligibility?: RichTextRule;
  readonly projectExamples?: RichTextRule;
  readonly contact?: RichTextRule;
  readonly contactEmail?: LineRule;
  readonly contactPhone?: LineRule;
  readonly contactDetail?: LineRule;
  readonly originUrl?: LinkRule;
  readonly originUrlText?: LineRule;
  readonly applicationUrl?: LinkRule;
  readonly applicationUrlText?: LineRule;
  /** Without a rule or a value, the field is true if the title contains the words of a call. */
  readonly isCallForProject?: FlagRule;
  readonly isCharged?: FlagRule;
  readonly inFranceRelance?: FlagRule;
  readonly europeanAid?: OneTermRule<"europeanAid">;
  readonly startDate?: DayRule;
  readonly predepositDate?: DayRule;
  readonly submissionDeadline?: DayRule;
  readonly submissionDeadlineTime?: Filled<TimeRule, string>;
  readonly recurrence?: OneTermRule<"recurrence">;
  readonly aidTypes?: TermListRule<"aidTypes">;
  readonly targetedAudiences?: Filled<TermsRule<"targetedAudiences">, AidContent["targetedAudiences"]>;
  readonly destinations?: TermListRule<"destinations">;
  readonly mobilizationSteps?: TermListRule<"mobilizationSteps">;
  readonly categories?: TermListRule<"categories">;
  readonly keywords?: Filled<ListRule, readonly string[]>;
  readonly programs?: Filled<ListRule, readonly string[]>;
  readonly projectReferences?: Filled<ListRule, readonly string[]>;
  readonly financers?: OrganisationRule;
  readonly financerSuggestion?: LineRule;
  readonly instructors?: OrganisationRule;
  readonly instructorSuggestion?: LineRule;
  readonly perimeters?: TerritoryRule;
  readonly perimeterExclusions?: TerritoryRule;
  readonly perimeterSuggestion?: LineRule;
  readonly subventionRateLowerBound?: Filled<RateRule, number>;
  readonly subventionRateUpperBound?: Filled<RateRule, number>;
  readonly subventionComment?: LineRule;
  readonly loanAmount?: Filled<MoneyRule, number>;
  readonly recoverableAdvanceAmount?: Filled<MoneyRule, number>;
  readonly otherFinancialAidComment?: LineRule;
  readonly importDataUrl?: LinkRule;
  readonly importDataMention?: LineRule;
  /** Default: the licence of the publisher. */
  readonly importShareLicence?: OneTermRule<"importShareLicence">;
  readonly sourceUpdatedDate?: DayRule;
  /** Default: the language of the connector. */
  readonly language?: LineRule;
  /** Reason why the aid is out of scope, if the feed gives one. Conditions of the connector's `outOfScope` come first. */
  readonly outOfScope?: LineRule;
}

/** Any rule. */
export type Rule =
  | IdentifierRule
  | TextRule
  | HtmlRule
  | MarkdownRule
  | PlainTextRule
  | DateRule
  | TimeRule
  | TermsRule
  | NamedTermsRule
  | ListRule
  | MoneyRule
  | RateRule
  | UrlRule
  | YesNoRule
  | OrganisationsRule
  | PerimetersRule
  | ConstantRule
  | ComputedRule
  | ChooseRule<Rule>;

type RuleSchema = z.ZodType<Rule>;

/** Returns the schema of the rules for one type of field. */
function filledBy(...own: (typeof TextRule | typeof HtmlRule | z.ZodObject)[]): RuleSchema {
  const plain = [...own, ConstantRule, ComputedRule];
  const rule: RuleSchema = z.lazy(() =>
    z.discriminatedUnion("kind", [
      ...plain,
      z.strictObject({
        kind: z.literal("choose"),
        cases: z.array(z.strictObject({ when: Condition, use: rule })).min(1),
        otherwise: rule.optional(),
      }),
    ] as never),
  ) as unknown as RuleSchema;
  return rule;
}

const line = filledBy(TextRule);
const richText = filledBy(HtmlRule, MarkdownRule, PlainTextRule);
const link = filledBy(UrlRule);
const flag = filledBy(YesNoRule);
const day = filledBy(DateRule);
const termRule = filledBy(TermsRule);
const termListRule = filledBy(TermsRule, NamedTermsRule);
const textList = filledBy(ListRule);
const organisation = filledBy(OrganisationsRule);
const territory = filledBy(PerimetersRule);
const percentage = filledBy(RateRule);
const amount = filledBy(MoneyRule);

/** The strict schema of `fields`. It refuses unknown fields. */
export const FieldRules = z.strictObject({
  externalId: filledBy(IdentifierRule),
  name: line,
  nameInitial: line.optional(),
  shortTitle: line.optional(),
  description: richText.optional(),
  eligibility: richText.optional(),
  projectExamples: richText.optional(),
  contact: richText.optional(),
  contactEmail: line.optional(),
  contactPhone: line.optional(),
  contactDetail: line.optional(),
  originUrl: link.optional(),
  originUrlText: line.optional(),
  applicationUrl: link.optional(),
  applicationUrlText: line.optional(),
  isCallForProject: flag.optional(),
  isCharged: flag.optional(),
  inFranceRelance: flag.optional(),
  europeanAid: termRule.optional(),
  startDate: day.optional(),
  predepositDate: day.optional(),
  submissionDeadline: day.optional(),
  submissionDeadlineTime: filledBy(TimeRule).optional(),
  recurrence: termRule.optional(),
  aidTypes: termListRule.optional(),
  targetedAudiences: termRule.optional(),
  destinations: termListRule.optional(),
  mobilizationSteps: termListRule.optional(),
  categories: termListRule.optional(),
  keywords: textList.optional(),
  programs: textList.optional(),
  projectReferences: textList.optional(),
  financers: organisation.optional(),
  financerSuggestion: line.optional(),
  instructors: organisation.optional(),
  instructorSuggestion: line.optional(),
  perimeters: territory.optional(),
  perimeterExclusions: territory.optional(),
  perimeterSuggestion: line.optional(),
  subventionRateLowerBound: percentage.optional(),
  subventionRateUpperBound: percentage.optional(),
  subventionComment: line.optional(),
  loanAmount: amount.optional(),
  recoverableAdvanceAmount: amount.optional(),
  otherFinancialAidComment: line.optional(),
  importDataUrl: link.optional(),
  importDataMention: line.optional(),
  importShareLicence: termRule.optional(),
  sourceUpdatedDate: day.optional(),
  language: line.optional(),
  outOfScope: line.optional(),
});
