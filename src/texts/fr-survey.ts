import type { Evidence } from "../survey/evidence.ts";
import { french } from "./fr-typography.ts";

/** Why what has to do for an identifier until the publisher gives one does not last. */
function untilThen({ code }: Evidence, from: string): string {
  if (code === "is-link")
    return french`En attendant, nous les reconnaissons à l'adresse de leur page (« ${from} ») : une page déplacée y serait prise pour une nouvelle aide.`;
  if (code === "is-title")
    return french`En attendant, nous les reconnaissons à leur titre (« ${from} ») : un titre corrigé y serait pris pour une nouvelle aide.`;
  if (code === "row-number")
    return french`Le champ « ${from} » suit l'ordre du fichier : une aide ajoutée au milieu changerait le numéro de toutes les suivantes.`;
  if (code === "shared") return french`Le champ « ${from} » a la même valeur pour plusieurs aides : nous ne pouvons en garder qu'une.`;
  return french`En attendant, nous les reconnaissons au champ « ${from} », qui n'est pas fait pour durer.`;
}

/** A message to a publisher whose feed identifies its aids by nothing that lasts. `from`: what has to do until then; `evidence`: what breaks with it. */
export function askForIdentifier(from: readonly string[], evidence: readonly Evidence[]): string {
  const telling = evidence.find(({ code }) => ["is-link", "is-title", "row-number", "shared"].includes(code)) ?? evidence[0];
  return [
    french`Bonjour, votre flux ne donne pas d'identifiant stable à ses aides. Pourriez-vous y ajouter, pour chacune, un code ou un numéro qui ne change jamais : ni quand le titre ou l'adresse de la page change, ni quand l'aide est republiée, et qui ne soit pas réutilisé pour une autre ?`,
    ...(telling === undefined ? [] : [untilThen(telling, from.join(french` » et « `))]),
    french`Sans lui, une aide modifiée peut apparaître en double et perdre les corrections faites en ligne. Merci !`,
  ].join(" ");
}
