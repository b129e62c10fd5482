import { ruleMessage } from "../../../french/rules.ts";
import { sentence } from "../../../french/typography.ts";
import type { Connector } from "../../../kit/definition.ts";
import type { Rule } from "../../../kit/field-rules.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import { Bench } from "../../../registry/survey/bench.ts";
import type { FieldChoice } from "../../../registry/survey/field-choice.ts";
import type { OwnField } from "../../../registry/survey/known-names.ts";
import { wayOf } from "../../../registry/survey/revise-proposal.ts";
import type { Survey } from "../../../registry/survey/survey.ts";
import { truncate } from "../../parts/truncate.ts";

/** The rule of one of our fields; undefined where it has none. */
export function ruleOf({ fields }: Connector, field: OwnField): Rule | undefined {
  return (fields as unknown as Readonly<Record<string, Rule | undefined>>)[field];
}

/** A rule as people read it, short enough for a hint. */
export function ruleWords(field: OwnField, rule: Rule): string {
  return sentence(truncate(ruleMessage(field as AidField, rule), 400));
}

/** The rule that was meant, as the values of the feed are written; null: none. */
export function ruleFor({ definition, terms }: LoadedConnector, survey: Survey, field: OwnField, choice: FieldChoice): Rule | null {
  if (choice.way === "none") return null;
  const { id, publisher } = definition;
  const context = { id, publisher, terms, feed: definition.feed, isPublisherGiven: true, territory: publisher.territory, knownTerms: [] };
  return wayOf(field, choice, new Bench(survey, context))?.rule ?? null;
}
