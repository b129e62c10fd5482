import type { Child } from "hono/jsx";
import { fieldLabel } from "../../../french/survey.ts";
import type { Connector } from "../../../kit/definition.ts";
import { canonicalJson } from "../../../model/text/canonical.ts";
import type { OwnField } from "../../../registry/survey/known-names.ts";
import type { Form } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { DefinitionMoved, definitionShown, isOvertaken } from "./definition-moved.tsx";
import type { DefinitionView } from "./definition-of.ts";
import { ruleOf, ruleWords } from "./field-rule.ts";

/** What is said above the form of a field where somebody else was faster, and what they made of the field. Null where nobody was. */
export async function overtakenField(
  visit: Visit,
  view: DefinitionView,
  saved: Connector,
  field: OwnField,
  form: Form,
): Promise<Child | null> {
  if (!isOvertaken(view, form)) return null;
  const shown = await definitionShown(visit, view, form);
  const rule = ruleOf(saved, field);
  const isSame = shown !== null && canonicalJson(ruleOf(shown, field) ?? null) === canonicalJson(rule ?? null);
  const theirs = rule === undefined ? "De rien : il est laissé vide." : ruleWords(field, rule);
  return <DefinitionMoved view={view} conflicts={isSame ? [] : [{ label: fieldLabel(field), theirs }]} />;
}
