import { counted, french, isPlural } from "../../../french/typography.ts";
import type { LetterCode } from "../letter.ts";
import type { FaultWords } from "./fault.ts";

const verb = (count: number, one: string, many: string) => (isPlural(count) ? many : one);

/** Of how a file is laid out, of what we ask rather than blame, and of what no letter says. */
export const presentationWords = {
  "too-few-cells": {
    what: (n) => french`${counted(n, "ligne")} ${verb(n, "a", "ont")} moins de cases que le fichier n'a de colonnes.`,
    todo: french`Vérifiez qu'aucune valeur ne manque, et laissez les cases vides plutôt que de les retirer.`,
  },
  "repeated-header": {
    what: () => french`La ligne des titres se trouve aussi au milieu du fichier. Nous l'avons ignorée.`,
    todo: french`Gardez-la en tête seulement.`,
  },
  "duplicate-column": {
    what: () => french`Plusieurs colonnes portent le même titre.`,
    todo: french`Donnez un titre différent à chaque colonne.`,
  },
  "unnamed-column": {
    what: () => french`Une colonne remplie n'a pas de titre.`,
    todo: french`Donnez-lui un titre, ou retirez-la.`,
  },
  "wrong-encoding": {
    what: (n) => french`Des lettres accentuées sont abîmées, à ${counted(n, "endroit")}.`,
    todo: french`Enregistrez le fichier en « UTF-8 ».`,
  },
  "cell-error": {
    what: (n) => french`${counted(n, "case contient", "cases contiennent")} une erreur du tableur, comme #REF! ou #N/A.`,
    todo: french`Corrigez la formule, ou remplacez-la par sa valeur.`,
  },
  "unsafe-markup": {
    what: (n) =>
      french`${counted(n, "texte contient", "textes contiennent")} du code de page web qui peut être dangereux. Nous l'avons retiré.`,
    todo: french`Gardez le texte et ses liens, sans script : il s'agit souvent d'un copier-coller ou d'une vidéo incorporée.`,
  },
  "unreadable-json": {
    what: (n) =>
      french`${counted(n, "case")} ${verb(n, "devrait", "devraient")} contenir une liste écrite en JSON, et nous n'avons pas su la lire.`,
    todo: french`Demandez à la personne qui produit le fichier de vérifier cette colonne.`,
  },
  "unreadable-yes-no": {
    what: (n) => french`${counted(n, "réponse n’est", "réponses ne sont")} ni « oui » ni « non ».`,
    todo: french`Écrivez « oui » ou « non », ou laissez vide.`,
  },
  "name-too-long-to-publish": {
    what: (n) => french`${counted(n, "titre dépasse", "titres dépassent")} les 180 caractères que notre site peut montrer.`,
    todo: french`Pourriez-vous en proposer un plus court ? Un titre qui commence par un verbe, comme « Financer une étude », se lit le mieux.`,
  },
  "text-too-long": {
    what: (n) =>
      french`${counted(n, "texte est plus long", "textes sont plus longs")} que la place que nous avons, et ${verb(n, "n’a", "n’ont")} pas été repris.`,
    todo: french`Pourriez-vous le raccourcir, ou nous dire dans quel autre champ le mettre ?`,
  },
  "unexpected-value": {
    what: (n) => french`${counted(n, "valeur n’est", "valeurs ne sont")} pas de la sorte à laquelle nous nous attendions.`,
    todo: french`Ce champ a-t-il changé de sens ou de forme ? Dites-le-nous, nous adapterons notre lecture.`,
  },
  "announced-total-differs": {
    what: () => french`Le nombre d'aides que vos données annoncent n'est pas celui que nous avons reçu.`,
    todo: french`En manque-t-il, ou le nombre annoncé compte-t-il autre chose ?`,
  },
  "field-never-seen": {
    what: () => french`Un champ que nous lisions n'est plus dans vos données.`,
    todo: french`L'avez-vous renommé, ou retiré ?`,
  },
  "licence-differs": {
    what: () => french`La licence indiquée sur le portail de données n'est pas celle que nous avions notée.`,
    todo: french`Sous quelle licence vos données peuvent-elles être réutilisées ?`,
  },
  "unmapped-term": {
    what: (n) => french`${counted(n, "mot")} que nous ne savons pas encore ranger dans nos listes.`,
    todo: french`Que désigne-t-il ? Une réponse d'une ligne suffit.`,
  },
  "computed-failed": { what: () => "", todo: "" },
  "out-of-scope": { what: () => "", todo: "" },
  "section-not-found": { what: () => "", todo: "" },
} satisfies Partial<Record<LetterCode, FaultWords>>;
