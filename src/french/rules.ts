import type { Condition, Expression } from "../kit/expressions/expression.ts";
import type { Rule } from "../kit/field-rules.ts";
import { withWholePerimeters } from "../kit/rules/constant.ts";
import type { PerimetersRule } from "../kit/rules/perimeters.ts";
import type { AidField } from "../model/aid/aid.ts";
import { conditionWords } from "./conditions.ts";
import { dateFormatWords } from "./date-formats.ts";
import { scaleName } from "./scales.ts";
import { french } from "./typography.ts";
import { frenchValue } from "./values.ts";

/** What a field of an aid is made of, without capital or full stop: « le champ « fin », date écrite jj/mm/aaaa ». */
export function ruleMessage(field: AidField | "externalId", rule: Rule): string {
  switch (rule.kind) {
    case "constant":
      return french`toujours « ${field === "externalId" ? String(rule.value) : frenchValue(field, withWholePerimeters(rule.value))} »`;
    case "computed":
      return french`calculé par le code du connecteur (« ${rule.name} ») d'après ${listed(rule.reads.map(fieldNamed))}`;
    case "choose":
      return chosen(field, rule.cases, rule.otherwise);
    default:
      return `${expressionWords(rule.of)}${afterwards(rule)}`;
  }
}

function chosen(
  field: AidField | "externalId",
  cases: readonly { readonly when: Condition; readonly use: Rule }[],
  otherwise: Rule | undefined,
): string {
  const said = cases.map(({ when, use }) => french`si ${conditionWords(when)}, ${ruleMessage(field, use)}`);
  const last = otherwise === undefined ? "sinon, rien" : french`sinon, ${ruleMessage(field, otherwise)}`;
  return [...said, last].join(french` ; `);
}

/** How what is read is made into a value; begins with a comma. */
function afterwards(rule: Exclude<Rule, { kind: "constant" | "computed" | "choose" }>): string {
  switch (rule.kind) {
    case "identifier":
      return ", tel quel";
    case "text":
      return ", sur une ligne";
    case "html":
      return ", mise en forme nettoyée";
    case "markdown":
      return ", mis en forme (Markdown)";
    case "plainText":
      return ", texte simple dont les lignes sont gardées";
    case "date":
      return `, date écrite ${either(rule.formats.map(dateFormatWords))}${rule.pick === "latest" ? " (la plus tardive)" : ""}`;
    case "time":
      return `, heure écrite ${either(rule.formats.map(dateFormatWords))}`;
    case "terms":
      return ", d’après la correspondance des mots";
    case "list":
      return ", en liste";
    case "money":
      return ", montant en euros (le plus haut d’une fourchette)";
    case "rate":
      return rule.bound === "lower" ? ", taux le plus bas" : ", taux le plus haut";
    case "url":
      return ", lien";
    case "yesNo":
      return `, oui ou non${ownWords(rule.yes, "oui")}${ownWords(rule.no, "non")}`;
    case "organisations":
      return rule.onlyKnown === true ? ", organismes de la correspondance seulement" : ", noms d’organismes";
    case "perimeters":
      return `, ${territories(rule)}`;
  }
}

function ownWords(words: readonly string[] | undefined, meaning: string): string {
  return words === undefined || words.length === 0
    ? ""
    : french` (${either(words.map((word) => french`« ${word} »`))} veut dire ${meaning})`;
}

function territories({ written, scales = [], otherwise }: PerimetersRule): string {
  const kinds = scales.map(scaleName).join(", ");
  const base = {
    insee: "codes de territoires (COM-29019, DEP-2A…)",
    code: `codes de territoires (${kinds})`,
    name: kinds === "" ? "noms de territoires" : `noms de territoires (${kinds})`,
    terms: "territoires d’après la correspondance des mots",
    mention: `territoires nommés dans le texte (${kinds})`,
  }[written];
  return otherwise === undefined ? base : french`${base} ; à défaut, ${scaleName(otherwise.scale)} ${otherwise.code}`;
}

/** What is read, in words: « le champ « titre » ». */
function expressionWords(expression: Expression): string {
  switch (expression.kind) {
    case "field":
      return fieldNamed(expression.path);
    case "literal":
      return french`le texte « ${expression.value} »`;
    case "firstOf":
      return french`le premier rempli parmi ${listed(expression.of.map(expressionWords))}`;
    case "join":
      return french`${listed(expression.of.map(expressionWords))} mis bout à bout`;
    case "split":
      return french`${expressionWords(expression.of)}, coupé à chaque « ${visible(expression.separator)} »`;
    case "section":
      return french`${expressionWords(expression.of)}, ${between(expression.from, expression.to)}`;
    case "capture":
      return french`ce que le motif « ${expression.pattern} » trouve dans ${expressionWords(expression.of)}`;
    case "labelled":
      return french`« ${expression.label} » puis ${expressionWords(expression.of)}`;
    case "when":
      return french`${expressionWords(expression.of)} si ${conditionWords(expression.condition)}`;
    case "json":
      return expression.path === undefined
        ? french`ce que contient ${expressionWords(expression.of)}`
        : french`« ${expression.path} » dans ${expressionWords(expression.of)}`;
    case "slug":
      return french`${expressionWords(expression.of)}, en minuscules et avec des tirets`;
    case "placeNames":
      return french`les noms des territoires (${scaleName(expression.scale)}) dont ${expressionWords(expression.of)} donne le code`;
  }
}

function between(from: string | undefined, to: string | undefined): string {
  const begin = from === undefined ? "du début" : french`à partir de « ${from} »`;
  return to === undefined ? french`${begin} jusqu'à la fin` : french`${begin} jusqu'à « ${to} »`;
}

/** A blank that separates is not seen. */
function visible(separator: string): string {
  return separator.replaceAll("\n", "retour à la ligne").replaceAll("\t", "tabulation");
}

function fieldNamed(path: string): string {
  return french`le champ « ${path} »`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} et ${parts.at(-1)}`;
}

function either(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ou ${parts.at(-1)}`;
}
