import { fieldLabel } from "../../../../french/survey.ts";
import { french } from "../../../../french/typography.ts";
import type { OwnField } from "../../../../model/survey/own-field.ts";
import { vocabularies } from "../../../../model/vocabularies.ts";
import type { EditChoice, EditedSample } from "../../../../survey/sample/edit-request.ts";
import { truncate } from "../../../parts/time.ts";

/** Returns an unsaved choice in words: « Contact : « courriel » ». */
export function choiceInWords(field: OwnField, choice: EditChoice, filled: EditedSample["filled"]): string {
  const also =
    "otherwise" in choice && choice.otherwise !== undefined ? french`, sinon « ${constantInWords(field, choice.otherwise)} »` : "";
  return `${sourceInWords(field, choice, filled)}${also}`;
}

function sourceInWords(field: OwnField, choice: EditChoice, filled: EditedSample["filled"]): string {
  const name = fieldLabel(field);
  switch (choice.way) {
    case "none":
      return french`${name} : laissé vide`;
    case "path":
      return french`${name} : ${choice.paths.map((path) => french`« ${truncate(path, 60)} »`).join(" puis ")}`;
    case "constant":
      return french`${name} : toujours « ${constantInWords(field, choice.value)} »`;
    case "default":
      return french`${name} : « ${constantInWords(field, choice.value)} » pour les aides qui n'en ont pas`;
    case "named":
      return choice.value === ""
        ? french`${name} : d'après les mots du titre`
        : french`${name} : d'après les mots du titre, sinon « ${constantInWords(field, choice.value)} »`;
    default: {
      const from = filled.find((one) => one.field === field)?.from ?? [];
      return from.length === 0 ? `${name} : comme proposé` : french`${name} : comme proposé, à partir de « ${from.join(french` », « `)} »`;
    }
  }
}

function constantInWords(field: OwnField, value: string): string {
  if (!(field in vocabularies)) return truncate(value, 80);
  const terms: readonly { readonly slug: string; readonly label: string }[] = vocabularies[field as keyof typeof vocabularies];
  return value
    .split(";")
    .map((slug) => terms.find((term) => term.slug === slug)?.label ?? slug)
    .join(", ");
}
