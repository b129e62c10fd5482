import type { ConnectorInput } from "../kit/definition.ts";
import type { PublisherStage } from "../model/publisher/publisher-stage.ts";
import { french } from "./typography.ts";

type Kind = ConnectorInput["publisher"]["kind"];

/** The kind of a publisher in French. */
export const publisherKindLabels: Readonly<Record<Kind, string>> = {
  ministry: "ministère",
  agency: "agence ou opérateur de l’État",
  "state-service": "service déconcentré de l’État",
  region: "région",
  department: "département",
  collectivity: "autre collectivité",
  "water-agency": "agence de l’eau",
  "public-bank": "banque publique",
  european: "institution européenne",
  aggregator: "agrégateur d’aides",
  any: "autre",
};

/** The stage of the relation with a publisher, in a word or two. */
export const publisherStageLabels: Readonly<Record<PublisherStage, string>> = {
  spotted: "repéré",
  contacted: "contacté",
  talking: "en discussion",
  agreed: "accord",
  online: "en ligne",
  paused: "en veille",
  refused: "refus",
};

/** The usual next step with a publisher, in a sentence. */
export const publisherStageNextSteps: Readonly<Record<PublisherStage, string>> = {
  spotted: french`Ensuite : l'appeler ou lui écrire, le noter au journal, ajouter un contact, puis passer à « contacté ».`,
  contacted: french`Ensuite : lui montrer ses aides. « Amener son flux » mène à un aperçu que l'on partage ; « Vérifier un fichier » dit ce qui est à corriger.`,
  talking: french`Ensuite : noter ce qu'il accepte (« Modifier » : licence, date, qui a dit oui), puis passer à « accord ».`,
  agreed: french`Ensuite : mener son brouillon jusqu'à la première collecte. Une personne qui a le rôle « exploitation » l'applique ; restent à activer le connecteur, puis à relire et publier ses aides.`,
  online: french`Ensuite : lui écrire ce qui est à corriger dans ses données, et suivre ses chiffres.`,
  paused: french`Notez ci-dessous quand le recontacter.`,
  refused: french`Rien n'est plus à faire. S'il change d'avis, revenez à une étape d'avant.`,
};
