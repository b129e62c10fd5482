import type { PublisherStage } from "../model/publisher/publisher-stage.ts";
import { french } from "./typography.ts";

const words: Readonly<Record<PublisherStage, string>> = {
  spotted: "repéré",
  contacted: "contacté",
  talking: "en discussion",
  agreed: "accord",
  online: "en ligne",
  paused: "en veille",
  refused: "refus",
};

const next: Readonly<Record<PublisherStage, string>> = {
  spotted: french`Ensuite : l'appeler ou lui écrire, le noter au journal, ajouter un contact, puis passer à « contacté ».`,
  contacted: french`Ensuite : lui montrer ses aides. « Amener son flux » mène à un aperçu que l'on partage ; « Vérifier un fichier » dit ce qui est à corriger.`,
  talking: french`Ensuite : noter ce qu'il accepte (« Modifier » : licence, date, qui a dit oui), puis passer à « accord ».`,
  agreed: french`Ensuite : mener son brouillon jusqu'à la première collecte. Une personne qui a le rôle « exploitation » l'applique ; restent à activer le connecteur, puis à relire et publier ses aides.`,
  online: french`Ensuite : lui écrire ce qui est à corriger dans ses données, et suivre ses chiffres.`,
  paused: french`Notez ci-dessous quand le recontacter.`,
  refused: french`Rien n'est plus à faire. S'il change d'avis, revenez à une étape d'avant.`,
};

/** What is usually done next with a publisher, in a sentence. */
export function publisherStageNext(stage: PublisherStage): string {
  return next[stage];
}

/** How far one is with a publisher, in a word or two. */
export function publisherStageWord(stage: PublisherStage): string {
  return words[stage];
}
