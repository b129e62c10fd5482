import type { Condition } from "../kit/expressions/expression.ts";
import { conditionWords } from "./conditions.ts";
import { counted, french, isPlural } from "./typography.ts";

/** Which records a definition keeps: as in `keepWhen`. */
type KeepWhen = Condition | readonly { readonly when: Condition; readonly reason?: string | undefined }[] | undefined;

function membersOf(keepWhen: KeepWhen): readonly { readonly when: Condition; readonly reason?: string | undefined }[] {
  if (keepWhen === undefined) return [];
  return "length" in keepWhen ? keepWhen : [{ when: keepWhen }];
}

/** Which records count, without capital or full stop: « ceux dont le champ « statut » ne vaut pas « clos » ». */
export function keptRecordsWords(keepWhen: KeepWhen): string {
  const kept = membersOf(keepWhen).map(({ when }) => conditionWords(when));
  return kept.length === 0 ? "tous les enregistrements" : french`ceux dont ${kept.join(" et ")}`;
}

/**
 * Why a record is left out, in words, without capital or full stop: « le champ « statut » vaut « clos » ». Runs count reasons as the definition writes them,
 * which may be in English, or as a field and its value; one that this definition does not (any more) give stays as it is.
 */
export function leftOutReason(reason: string, keepWhen: KeepWhen): string {
  const members = membersOf(keepWhen);
  const said = members.find((member) => member.reason === reason);
  if (said !== undefined) return conditionWords("not" in said.when ? said.when.not : { not: said.when });
  const own = members.flatMap(({ when }) => fieldsOf(when)).find((path) => reason.startsWith(`${path}: `));
  const [, field, value] = own === undefined ? (oneField.exec(reason) ?? []) : [reason, own, reason.slice(own.length + 2)];
  if (field === undefined || value === undefined) return reason;
  return value === "(vide)" ? french`le champ « ${field} » est vide` : french`le champ « ${field} » vaut « ${value} »`;
}

/** A field and its value, as `selectRecord` writes a reason that the definition does not give; one of several fields is left as it is. */
const oneField = /^([^:,]+): (?!.*, [^,:]+: )(.+)$/s;

function fieldsOf(condition: Condition): string[] {
  if ("field" in condition) return [condition.field];
  if ("not" in condition) return fieldsOf(condition.not);
  // Of several fields, a reason may name several.
  const fields = new Set(("all" in condition ? condition.all : condition.any).flatMap(fieldsOf));
  return fields.size === 1 ? [...fields] : [];
}

/**
 * How many records are left out: « 1 100 fiches sur 1 454 sont laissées de côté ».
 * @param given how many count of those that were looked at; whether more came than that
 */
export function leftOutCount(given: { readonly records: number; readonly of: number; readonly isBeginning?: boolean }): string {
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
