import { fieldAs, partNames } from "../../../../french/fields.ts";
import { aidFields, fieldsWhere, formParts } from "../../../../model/aid/field-table.ts";
import type { OwnField } from "../../../../model/survey/own-field.ts";

/** Fields that a rule can fill, in the order of an aid. */
export const ruledFields: readonly OwnField[] = ["externalId", ...aidFields];

/** Fields that belong together, with what a person says of a column: « C’est… ». */
interface FieldGroup {
  readonly title: string;
  readonly fields: readonly (readonly [field: OwnField, words: string])[];
}

/** Our fields in plain words, grouped like the forms of an aid. The identifier is beside the title. */
export const fieldGroups: readonly FieldGroup[] = formParts.map((part) => {
  const fields: OwnField[] = [...fieldsWhere((facts) => facts.part === part)];
  if (part === "title") fields.push("externalId");
  return { title: partNames[part], fields: fields.map((field) => [field, fieldAs(field)]) };
});
