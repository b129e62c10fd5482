import type { Condition, Expression } from "../kit/expressions/expression.ts";
import type { Rule } from "../kit/field-rules.ts";
import { withWholePerimeters } from "../kit/rules/constant.ts";
import type { PerimetersRule } from "../kit/rules/perimeters.ts";
import type { AidField } from "../model/aid/aid.ts";
import { dateFormatLabel } from "./dates.ts";
import { counted, french, isPlural, joinedWithAnd } from "./typography.ts";
import { frenchValue, scaleNames } from "./values.ts";

/** Returns how a field of an aid is computed, without capital or full stop: « le champ « fin », date écrite jj/mm/aaaa ». */
export function ruleMessage(field: AidField | "externalId", rule: Rule): string {
  switch (rule.kind) {
    case "constant":
      return french`toujours « ${field === "externalId" ? String(rule.value) : frenchValue(field, withWholePerimeters(rule.value))} »${
        rule.stated === undefined ? "" : french`, comme le dit le producteur (« ${rule.stated.quote} »)`
      }`;
    case "computed":
      return french`calculé par le code du connecteur (« ${rule.name} ») d'après ${joinedWithAnd(rule.reads.map(fieldNamed))}`;
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
  const clauses = cases.map(({ when, use }) => french`si ${conditionMessage(when)}, ${ruleMessage(field, use)}`);
  const last = otherwise === undefined ? "sinon, rien" : french`sinon, ${ruleMessage(field, otherwise)}`;
  return [...clauses, last].join(french` ; `);
}

/** Returns how the text becomes a value. Begins with a comma. */
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
      return `, date écrite ${either(rule.formats.map(dateFormatLabel))}${rule.pick === "latest" ? " (la plus tardive)" : ""}`;
    case "time":
      return `, heure écrite ${either(rule.formats.map(dateFormatLabel))}`;
    case "terms":
      return ", d’après la correspondance des mots";
    case "namedTerms": {
      const none = rule.otherwise === undefined ? "" : french` ; à défaut, « ${frenchValue(rule.vocabulary as AidField, rule.otherwise)} »`;
      return french`, termes nommés dans le texte${none}`;
    }
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
  const kinds = scales.map((one) => scaleNames[one]).join(", ");
  const base = {
    insee: "codes de territoires (COM-29019, DEP-2A…)",
    ref: "échelles et codes de territoires (department:26…)",
    code: `codes de territoires (${kinds})`,
    name: kinds === "" ? "noms de territoires" : `noms de territoires (${kinds})`,
    terms: "territoires d’après la correspondance des mots",
    mention: `territoires nommés dans le texte (${kinds})`,
  }[written];
  return otherwise === undefined ? base : french`${base} ; à défaut, ${scaleNames[otherwise.scale]} ${otherwise.code}`;
}

/** Returns the source of a value, in words: « le champ « titre » ». */
function expressionWords(expression: Expression): string {
  switch (expression.kind) {
    case "field":
      return fieldNamed(expression.path);
    case "literal":
      return french`le texte « ${expression.value} »`;
    case "firstOf":
      return french`le premier rempli parmi ${joinedWithAnd(expression.of.map(expressionWords))}`;
    case "join":
      return french`${joinedWithAnd(expression.of.map(expressionWords))} mis bout à bout`;
    case "split":
      return french`${expressionWords(expression.of)}, coupé à chaque « ${visible(expression.separator)} »`;
    case "section":
      return french`${expressionWords(expression.of)}, ${between(expression.from, expression.to)}`;
    case "capture":
      return french`ce que le motif « ${expression.pattern} » trouve dans ${expressionWords(expression.of)}`;
    case "underLabel":
      return french`ce que ${expressionWords(expression.of)} dit à la ligne ${either(expression.labels.map((label) => french`« ${label} : »`))}`;
    case "labelled":
      return french`« ${expression.label} » puis ${expressionWords(expression.of)}`;
    case "when":
      return french`${expressionWords(expression.of)} si ${conditionMessage(expression.condition)}`;
    case "json":
      return expression.path === undefined
        ? french`ce que contient ${expressionWords(expression.of)}`
        : french`« ${expression.path} » dans ${expressionWords(expression.of)}`;
    case "each":
      return french`pour chaque élément de « ${expression.path} » : ${expressionWords(expression.of)}`;
    case "slug":
      return french`${expressionWords(expression.of)}, en minuscules et avec des tirets`;
    case "placeNames":
      return french`les noms des territoires (${scaleNames[expression.scale]}) dont ${expressionWords(expression.of)} donne le code`;
  }
}

function between(from: string | undefined, to: string | undefined): string {
  const begin = from === undefined ? "du début" : french`à partir de « ${from} »`;
  return to === undefined ? french`${begin} jusqu'à la fin` : french`${begin} jusqu'à « ${to} »`;
}

/** Names invisible separators. */
function visible(separator: string): string {
  return separator.replaceAll("\n", "retour à la ligne").replaceAll("\t", "tabulation");
}

function fieldNamed(path: string): string {
  return french`le champ « ${path} »`;
}

function either(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ou ${parts.at(-1)}`;
}

/** Returns a condition on a record, in words: « le champ « statut » vaut « ouvert » ». */
export function conditionMessage(condition: Condition): string {
  if ("all" in condition) return condition.all.map(inside).join(" et ");
  if ("any" in condition) return condition.any.map(inside).join(" ou ");
  if ("not" in condition) return negated(condition.not);
  return simple(condition, true);
}

type Simple = Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>;

function isSimple(condition: Condition): condition is Simple {
  return "field" in condition;
}

function inside(condition: Condition): string {
  return isSimple(condition) || "not" in condition ? conditionMessage(condition) : `(${conditionMessage(condition)})`;
}

function negated(condition: Condition): string {
  return isSimple(condition) ? simple(condition, false) : french`il n'est pas vrai que ${conditionMessage(condition)}`;
}

function simple(condition: Simple, holds: boolean): string {
  const field = french`le champ « ${condition.field} »`;
  if ("isFilled" in condition) return condition.isFilled === holds ? french`${field} est rempli` : french`${field} est vide`;
  if ("isOneOf" in condition) return french`${field} ${holds ? "vaut" : "ne vaut pas"} ${valueList(condition.isOneOf.map(String))}`;
  if ("hasWords" in condition) return french`${field} ${holds ? "contient" : "ne contient pas"} ${valueList(condition.hasWords)}`;
  const formats = condition.isDate.map(dateFormatLabel).join(" ou ");
  return french`${field} ${holds ? "est" : "n’est pas"} une date écrite ${formats}`;
}

const maxValues = 6;

function valueList(values: readonly string[]): string {
  const shown = values.slice(0, maxValues).map((value) => french`« ${value} »`);
  return values.length > maxValues ? french`${shown.join(", ")}… (${values.length} valeurs)` : shown.join(" ou ");
}

/** The `keepWhen` of a definition. */
type KeepWhen = Condition | readonly { readonly when: Condition; readonly reason?: string | undefined }[] | undefined;

function membersOf(keepWhen: KeepWhen): readonly { readonly when: Condition; readonly reason?: string | undefined }[] {
  if (keepWhen === undefined) return [];
  return "length" in keepWhen ? keepWhen : [{ when: keepWhen }];
}

/** Returns which records are kept, without capital or full stop: « ceux dont le champ « statut » ne vaut pas « clos » ». */
export function keptRecordsMessage(keepWhen: KeepWhen): string {
  const kept = membersOf(keepWhen).map(({ when }) => conditionMessage(when));
  return kept.length === 0 ? "tous les enregistrements" : french`ceux dont ${kept.join(" et ")}`;
}

/**
 * Returns why a record is excluded, without capital or full stop: « le champ « statut » vaut « clos » ». Runs store reasons as the
 * definition writes them (maybe in English), or as a field and its value. A reason that the definition no longer has is returned unchanged.
 */
export function excludedReasonMessage(reason: string, keepWhen: KeepWhen): string {
  const members = membersOf(keepWhen);
  const member = members.find((one) => one.reason === reason);
  if (member !== undefined) return conditionMessage("not" in member.when ? member.when.not : { not: member.when });
  const own = members.flatMap(({ when }) => fieldsOf(when)).find((path) => reason.startsWith(`${path}: `));
  const [, field, value] = own === undefined ? (oneField.exec(reason) ?? []) : [reason, own, reason.slice(own.length + 2)];
  if (field === undefined || value === undefined) return reason;
  return value === "(vide)" ? french`le champ « ${field} » est vide` : french`le champ « ${field} » vaut « ${value} »`;
}

/**
 * A field and its value, as `selectRecord` writes a reason that the definition does not name. Does not match a reason with several fields.
 */
const oneField = /^([^:,]+): (?!.*, [^,:]+: )(.+)$/s;

function fieldsOf(condition: Condition): string[] {
  if ("field" in condition) return [condition.field];
  if ("not" in condition) return fieldsOf(condition.not);
  // With several fields, a reason may name several.
  const fields = new Set(("all" in condition ? condition.all : condition.any).flatMap(fieldsOf));
  return fields.size === 1 ? [...fields] : [];
}

/**
 * Returns how many records are excluded: « 1 100 fiches sur 1 454 sont laissées de côté ». `records`: kept records of the `of` that were
 * read; `isBeginning`: the feed has more.
 */
export function excludedCountMessage(given: { readonly records: number; readonly of: number; readonly isBeginning?: boolean }): string {
  const { records, of, isBeginning = false } = given;
  const looked = isBeginning ? french` Seul le début du flux a été regardé : la collecte le lira en entier.` : "";
  return `${countSentence(records, of)}${looked}`;
}

function countSentence(records: number, of: number): string {
  const out = of - records;
  if (out === 0) return french`Aucune fiche n'est laissée de côté : ${of === 1 ? "elle est gardée" : french`les ${of} sont gardées`}.`;
  const are = isPlural(out) ? "sont laissées" : "est laissée";
  return french`${counted(out, "fiche")} sur ${of} ${are} de côté, ${records === 0 ? "aucune n’est gardée" : counted(records, "est gardée", "sont gardées")}.`;
}
