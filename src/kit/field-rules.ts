import { z } from "zod";
import type { AidContent, Organisation } from "../model/aid/aid.ts";
import { type AidField, aidFields, type FieldKind, factsOf, type fieldTable } from "../model/aid/field-table.ts";
import type { PerimeterRef } from "../model/territories/perimeter.ts";
import type { VocabularyName } from "../model/vocabularies.ts";
import { Condition } from "./expressions/expression.ts";
import { MoneyRule, RateRule } from "./rules/amounts.ts";
import { ComputedRule, ConstantRule } from "./rules/constant.ts";
import { DateRule, TimeRule } from "./rules/date.ts";
import { IdentifierRule } from "./rules/identifier.ts";
import { ListRule } from "./rules/list.ts";
import { OrganisationsRule } from "./rules/organisations.ts";
import { PerimetersRule } from "./rules/perimeters.ts";
import { NamedTermsRule, TermsRule } from "./rules/terms.ts";
import { HtmlRule, MarkdownRule, PlainTextRule, TextRule } from "./rules/texts.ts";
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

/** The rules that give a value of a field, by its kind. An audience is never read from words in a text: a wrong one costs an applicant the aid. */
interface RulesOfKind<F extends AidField> {
  readonly title: Filled<TextRule, string>;
  readonly line: Filled<TextRule, string>;
  readonly language: Filled<TextRule, string>;
  readonly html: Filled<HtmlRule | MarkdownRule | PlainTextRule, string>;
  readonly link: Filled<UrlRule, string>;
  readonly flag: Filled<YesNoRule, boolean>;
  readonly date: Filled<DateRule, string>;
  readonly time: Filled<TimeRule, string>;
  readonly term: Filled<TermsRule<F & VocabularyName>, NonNullable<AidContent[F]>>;
  readonly licence: Filled<TermsRule<F & VocabularyName>, NonNullable<AidContent[F]>>;
  readonly terms: Filled<TermsRule<F & VocabularyName> | (F extends "targetedAudiences" ? never : NamedTermsRule), Readonly<AidContent[F]>>;
  readonly list: Filled<ListRule, readonly string[]>;
  readonly organisations: Filled<OrganisationsRule, readonly Organisation[]>;
  readonly places: Filled<PerimetersRule, readonly PerimeterRef[]>;
  readonly percent: Filled<RateRule, number>;
  readonly euros: Filled<MoneyRule, number>;
}

/**
 * The rules of a connector: field of an aid -> rule. Fields without a rule stay empty, except these: `nameInitial` has the rule of `name`,
 * `isCallForProject` is true if the title contains the words of a call, `importShareLicence` and `language` are those of the connector.
 * Conditions of the connector's `outOfScope` come before the rule of that name.
 */
export type FieldRules = {
  readonly externalId: Filled<IdentifierRule, string>;
  readonly name: RulesOfKind<"name">["title"];
} & { readonly [F in Exclude<AidField, "name">]?: RulesOfKind<F>[(typeof fieldTable)[F]["kind"]] };

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
const term = filledBy(TermsRule);
const rulesOfKind: Readonly<Record<FieldKind, RuleSchema>> = {
  title: line,
  line,
  language: line,
  html: filledBy(HtmlRule, MarkdownRule, PlainTextRule),
  link: filledBy(UrlRule),
  flag: filledBy(YesNoRule),
  date: filledBy(DateRule),
  time: filledBy(TimeRule),
  term,
  licence: term,
  terms: filledBy(TermsRule, NamedTermsRule),
  list: filledBy(ListRule),
  organisations: filledBy(OrganisationsRule),
  places: filledBy(PerimetersRule),
  percent: filledBy(RateRule),
  euros: filledBy(MoneyRule),
};

/** The strict schema of `fields`. It refuses unknown fields. */
export const FieldRules = z.strictObject({
  externalId: filledBy(IdentifierRule),
  ...(Object.fromEntries(
    aidFields.map((field) => {
      const rule = field === "targetedAudiences" ? term : rulesOfKind[factsOf(field).kind];
      return [field, field === "name" ? rule : rule.optional()];
    }),
  ) as { name: RuleSchema } & Record<Exclude<AidField, "name">, z.ZodOptional<RuleSchema>>),
});
