import { counted, french, isPlural } from "../../../../french/typography.ts";
import { truncate } from "../../../parts/time.ts";
import { type Card, countCard, open } from "./card.ts";

/** Failed files named on the card. */
const filesNamed = 6;

/** A correction, a closing or a file that a publisher proposes. `what`: in words. */
export interface PublisherProposal {
  readonly planId: string;
  readonly who: string;
  readonly what: string;
}

/** Returns the card of what publishers propose in their space or behind a letter, or nothing. `count`: number of proposals. */
export function proposalsCard(proposals: readonly PublisherProposal[], count: number): readonly Card[] {
  const [first] = proposals;
  return countCard(proposals.length, {
    kind: "proposed",
    key: "proposed",
    who: counted(count, "proposition d’un producteur", "propositions de producteurs"),
    cause: french`${counted(count, "correction, clôture ou fichier attend", "corrections, clôtures ou fichiers attendent")} une relecture : rien n'a changé au catalogue.`,
    evidence: proposals.map(({ who, what }) => french`${who} : ${truncate(what, 160)}.`),
    acts: [
      open("Relire et décider", count === 1 ? `/plans/${first?.planId}` : "/plans?etat=waiting", {
        effect: "Chaque proposition se lit, s’applique ou s’écarte. Une proposition appliquée se défait.",
      }),
    ],
  });
}

/** Returns the card of files and entries of publishers that workers could not take, or nothing. `files`: publisher, and name of the file or title. */
export function failedFilesCard(files: readonly { readonly publisher: string; readonly name: string }[]): readonly Card[] {
  return countCard(files.length, {
    kind: "failed",
    key: "failed-files",
    who: counted(files.length, "envoi d’un producteur", "envois de producteurs"),
    cause: french`${counted(files.length, "fichier ou aide saisie n'a", "fichiers ou aides saisies n'ont")} pas pu être enregistré${isPlural(files.length) ? "s" : ""} : chaque essai a échoué, de notre fait.`,
    evidence: [
      ...files.slice(0, filesNamed).map(({ publisher, name }) => french`${publisher} : « ${truncate(name, 60)} ».`),
      french`L'erreur est au journal du worker.`,
    ],
    acts: [
      {
        label: "Reprendre",
        who: "ops",
        action: "/producteurs/envois/reprendre",
        effect: "Un worker essaie de nouveau de les enregistrer, dans la minute.",
      },
    ],
  });
}
