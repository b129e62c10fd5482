import type { Evidence } from "../registry/survey/evidence.ts";
import { french } from "./typography.ts";

/** By what aids are recognised until the publisher gives them an identifier, and what breaks with it. */
function untilThen({ code }: Evidence, field: string): string {
  switch (code) {
    case "is-link":
      return french`En attendant, nous les reconnaissons à l'adresse de leur page (« ${field} ») : une page déplacée passe pour une autre aide.`;
    case "is-title":
      return french`En attendant, nous les reconnaissons à leur titre (« ${field} ») : un titre corrigé passe pour une autre aide.`;
    case "row-number":
      return french`Le champ « ${field} » suit l'ordre du fichier : une aide ajoutée au milieu change le numéro de toutes les suivantes.`;
    case "shared":
      return french`Le champ « ${field} » a la même valeur pour plusieurs aides : nous ne pouvons en garder qu'une.`;
    default:
      return french`En attendant, nous les reconnaissons au champ « ${field} », qui n'est pas fait pour durer.`;
  }
}

/** What a publisher is asked for, whose feed identifies its aids by nothing that lasts: see `askForIdentifier`. */
export function identifierRequest(from: readonly string[], evidence: readonly Evidence[]): string {
  const telling = evidence.find(({ code }) => ["is-link", "is-title", "row-number", "shared"].includes(code)) ?? evidence[0];
  return [
    french`Pourriez-vous y ajouter, pour chacune, un code ou un numéro qui ne change jamais`,
    french`(ni quand le titre ou l'adresse de la page change, ni quand l'aide est republiée) et qui ne soit pas réutilisé pour une autre ?`,
    ...(telling === undefined ? [] : [untilThen(telling, from.join(french` » et « `))]),
    french`Sans lui, une aide modifiée peut apparaître en double et perdre les corrections faites en ligne.`,
  ].join(" ");
}

/**
 * A message to a publisher whose feed identifies its aids by nothing that lasts. `from`: what has to do until then; `evidence`: what
 * breaks with it.
 */
export function askForIdentifier(from: readonly string[], evidence: readonly Evidence[]): string {
  return `${french`Bonjour, votre flux ne donne pas d'identifiant stable à ses aides.`} ${identifierRequest(from, evidence)} ${french`Merci !`}`;
}
