import type { RemarkCode } from "../model/plan/plan.ts";
import { french, isPlural } from "./typography.ts";

/** What is said of aids beside what is done to them: of one, and of several. */
const sentences: Readonly<Record<RemarkCode | "re-identified", readonly [one: string, many: (count: number) => string]>> = {
  "re-identified": [
    "1 aide arrive sous un nouvel identifiant et reste la même aide",
    (n) => french`${n} aides arrivent sous un nouvel identifiant et restent les mêmes aides`,
  ],
  spared: [
    french`1 aide est laissée telle quelle, en tout ou en partie : une personne ou une collecte plus récente y a touché depuis`,
    (n) =>
      french`${n} aides sont laissées telles quelles, en tout ou en partie : une personne ou une collecte plus récente y a touché depuis`,
  ],
  "doubtful-pair": [
    french`2 enregistrements sont peut-être la même aide : ce n'est pas assez sûr, une personne en décide`,
    (n) => french`${n} paires d'enregistrements sont peut-être chacune la même aide : ce n'est pas assez sûr, une personne en décide`,
  ],
  "our-own": [
    french`1 aide de notre propre catalogue revient par ce flux : elle n'est pas prise une seconde fois`,
    (n) => french`${n} aides de notre propre catalogue reviennent par ce flux : elles ne sont pas prises une seconde fois`,
  ],
  "renamed-rejected": [
    french`1 aide qu'une personne a rejetée ou fusionnée revient sous un autre identifiant : elle n'est pas reprise`,
    (n) => french`${n} aides qu'une personne a rejetées ou fusionnées reviennent sous un autre identifiant : elles ne sont pas reprises`,
  ],
  "no-match": ["1 aide du site ne correspond à aucune des nôtres", (n) => french`${n} aides du site ne correspondent à aucune des nôtres`],
};

/** What a plan or a run says of so many aids, in one sentence without capital or full stop. */
export function remarkMessage(code: RemarkCode | "re-identified", count: number): string {
  const [one, many] = sentences[code];
  return isPlural(count) ? many(count) : one;
}
