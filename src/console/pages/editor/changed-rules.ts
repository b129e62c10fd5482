import { ruleMessage } from "../../../french/rules.ts";
import { fieldLabel } from "../../../french/survey.ts";
import { sentence } from "../../../french/typography.ts";
import { readFields } from "../../../ingest/map/account-fields.ts";
import type { Connector } from "../../../kit/definition.ts";
import { firstSegment } from "../../../kit/expressions/field-path.ts";
import type { Rule } from "../../../kit/field-rules.ts";
import type { OwnField } from "../../../model/survey/own-field.ts";
import { canonicalJson } from "../../../model/text/canonical.ts";
import type { FieldConflict } from "../../forms/form.tsx";
import { truncate } from "../../parts/time.ts";
import type { EditedDefinition } from "./edited-definition.ts";

/** Returns the rule of a field, or undefined. */
export function ruleOf({ fields }: Pick<Connector, "fields">, field: OwnField): Rule | undefined {
  return (fields as unknown as Readonly<Record<string, Rule | undefined>>)[field];
}

/** Returns a rule in words, short enough for a hint. */
export function ruleWords(field: OwnField, rule: Rule): string {
  return sentence(truncate(ruleMessage(field, rule), 400));
}

/** Returns those of the fields whose rule somebody has changed since a revision, with the saved rule in words. */
export async function changedRules(
  { connector, definitionAt }: EditedDefinition,
  revision: number,
  fields: readonly OwnField[],
): Promise<FieldConflict[]> {
  const shown = await definitionAt(revision);
  return fields.flatMap((field) => {
    const rule = ruleOf(connector.definition, field);
    if (shown !== null && canonicalJson(ruleOf(shown, field) ?? null) === canonicalJson(rule ?? null)) return [];
    return [{ label: fieldLabel(field), theirs: rule === undefined ? "De rien : il est laissé vide." : ruleWords(field, rule) }];
  });
}

/**
 * Returns the ignored fields of a changed definition: fields that it now reads are no longer ignored, and fields that only the old one read
 * become ignored.
 * @param order ignored fields of the connector's file, whose order is kept, so that undoing a change restores the file's list
 */
export function ignoredAfter(before: Connector, after: Connector, order: readonly string[]): string[] {
  const read = readFields(after);
  const newlyRead = new Set([...read].filter((field) => !readFields(before).has(field)));
  const freed = [...readFields(before)].filter((field) => firstSegment(field) === field && !read.has(field));
  const wanted = new Set([...before.ignored.filter((field) => !newlyRead.has(field)), ...freed]);
  return [...new Set([...order.filter((field) => wanted.has(field)), ...wanted])];
}
