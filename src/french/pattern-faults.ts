import { type PatternFault, patternFaults } from "../kit/values/text/capture-pattern.ts";
import { french } from "./typography.ts";

const faults: Readonly<Record<PatternFault, string>> = {
  syntax: french`n'est pas un motif valable : il s'écrit comme en JavaScript, avec les options s et u`,
  groups: french`n'a pas exactement un groupe : gardez les parenthèses de la partie voulue, et écrivez (?:…) pour les autres`,
  lookahead: french`regarde plus loin au milieu du motif : écrivez ce qui suit après le groupe ; seuls sont possibles, à la fin du motif, (?=…) sans groupe et (?!…) avec un seul caractère`,
  backreference: french`renvoie à un texte déjà trouvé : écrivez de nouveau les textes possibles`,
  repetition: french`répète plus de 1000 fois : écrivez * ou +`,
  size: french`est trop grand : raccourcissez-le, et écrivez * ou + au lieu de longues répétitions`,
  unsupported: french`n'existe pas ici : écrivez les caractères voulus, comme [a-zé] ou \\p{L}`,
};

const byEnglish = Object.entries(patternFaults) as [PatternFault, string][];

/** Returns a problem of a definition in French, if it is about a pattern. Others are quoted as they are, for the authors of connectors. */
export function definitionProblem(message: string): string {
  const [fault, english] = byEnglish.find(([, sentence]) => message.endsWith(`" ${sentence}`)) ?? [];
  const [, pattern, part] = /^pattern "(.*)": "(.*)" $/s.exec(english === undefined ? "" : message.slice(0, -english.length)) ?? [];
  if (fault === undefined || part === undefined) return french`« ${message} »`;
  if (part === pattern) return french`le motif « ${part} » ${faults[fault]}`;
  return french`dans le motif « ${pattern ?? ""} », la partie « ${part} » ${faults[fault]}`;
}
