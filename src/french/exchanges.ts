import { pointAnswers } from "../model/publisher/letter-answer.ts";
import { requestKinds } from "../model/publisher/publisher-request.ts";
import { type ExchangeKind, type PublisherStage, publisherStages } from "../model/publisher/publisher-stage.ts";
import { labelOf, slugsOf } from "../model/vocabularies.ts";
import { frenchDay } from "./dates.ts";
import { answerSentence, pointTopic } from "./letters/points.ts";
import { requestKindNames } from "./publisher-requests.ts";
import { publisherStageLabels } from "./publishers.ts";
import { counted, french } from "./typography.ts";

/** The French name of a kind of log entry, with a capital. */
export const exchangeKindWords: Readonly<Record<ExchangeKind, string>> = {
  call: "Appel",
  mail: "Message",
  meeting: "Rencontre",
  note: "Note",
  stage: "Étape",
  agreement: "Accord",
  "preview-shared": "Aperçu partagé",
  "file-checked": "Fichier vérifié",
  "draft-begun": "Brouillon commencé",
  "connector-made": "Connecteur créé",
  "connector-moved": "Changement de producteur",
  "letter-made": "Lettre préparée",
  "letter-sent": "Lettre envoyée",
  "letter-answered": "Réponse à une lettre",
  "publisher-asked": "Demande du producteur",
  "file-offered": "Fichier open data proposé",
  "file-validated": "Fichier open data validé",
  "file-revoked": "Fichier open data révoqué",
  "feed-read-again": "Flux relu",
  "publisher-act": "Fait par le producteur",
  online: "En ligne",
};

/** Returns a French sentence about an automatic log entry, or null if the kind says enough. */
export function exchangeSentence(kind: ExchangeKind, details: Readonly<Record<string, unknown>>): string | null {
  if (kind === "stage") return french`De « ${stageWord(details.from)} » à « ${stageWord(details.to)} ».`;
  if (kind === "agreement") return agreementSentence(details);
  if (kind === "preview-shared") return previewSentence(details);
  if (kind === "file-checked") return checkSentence(details);
  if (kind === "connector-moved") return movedSentence(details);
  const ofLetter = letterLogSentence(kind, details);
  if (ofLetter !== null) return ofLetter;
  if (kind === "publisher-act") return publisherActSentence(details);
  if (kind === "online") return "Des aides de ce producteur sont en ligne.";
  if (typeof details.connector === "string") return french`Connecteur ${details.connector}.`;
  return null;
}

function agreementSentence({ licence, agreedOn }: Readonly<Record<string, unknown>>): string {
  const known = slugsOf("importShareLicence").find((slug) => slug === licence);
  const what = known === undefined ? "Aucune licence n’est notée" : french`Licence : ${labelOf("importShareLicence", known)}`;
  return typeof agreedOn === "string" ? french`${what}, le ${frenchDay(agreedOn)}.` : `${what}.`;
}

function previewSentence({ aids, until }: Readonly<Record<string, unknown>>): string | null {
  if (typeof aids !== "number" || typeof until !== "string") return null;
  return french`${counted(aids, "aide montrée", "aides montrées")}, jusqu'au ${frenchDay(until)}.`;
}

function movedSentence(details: Readonly<Record<string, unknown>>): string | null {
  const { connector, from, to } = details as Readonly<Record<string, string | undefined>>;
  if (connector === undefined) return null;
  if (to !== undefined) return french`Le connecteur ${connector} n'est plus le sien : il est rattaché à « ${to} ».`;
  if (from !== undefined) return french`Le connecteur ${connector} lui est rattaché ; il l'était à « ${from} ».`;
  return french`Le connecteur ${connector} lui est rattaché.`;
}

function checkSentence({ records, score }: Readonly<Record<string, unknown>>): string | null {
  if (typeof records !== "number") return null;
  return french`${counted(records, "enregistrement")}${typeof score === "number" ? french` ; note ${score} sur 100` : ""}.`;
}

function stageWord(value: unknown): string {
  const stage: PublisherStage | undefined = publisherStages.find((known) => known === value);
  return stage === undefined ? "?" : publisherStageLabels[stage];
}

type Details = Readonly<Record<string, unknown>>;

/** Returns a French sentence about a log entry of a letter, or null if the kind says enough. */
function letterLogSentence(kind: string, details: Details): string | null {
  if (kind === "letter-sent") return sentSentence(details);
  if (kind === "letter-answered") return answeredSentence(details);
  if (kind === "publisher-asked") return requestSentence(details);
  if (kind === "feed-read-again") return readAgainSentence(details);
  return null;
}

function sentSentence({ connector, way, isReminder, recipients }: Details): string {
  const what = isReminder === true ? "Rappel envoyé" : "Lettre envoyée";
  const how = way === "by-hand" ? "depuis une messagerie" : french`par courriel, à ${counted(numberOf(recipients), "adresse")}`;
  return french`${what} ${how}${ofConnector(connector)}.`;
}

function answeredSentence({ connector, code, field, answer, plannedFor }: Details): string {
  const known = pointAnswers.find((one) => one === answer);
  const what = known === undefined ? "Une remarque" : answerSentence(known, typeof plannedFor === "string" ? plannedFor : null);
  const topic =
    typeof code === "string" ? pointTopic({ code, field: typeof field === "string" ? field : null }) : french`L'ensemble de la lettre`;
  return french`${topic} : « ${what} »${ofConnector(connector)}.`;
}

function requestSentence({ connector, request, externalId }: Details): string {
  const known = requestKinds.find((kind) => kind === request);
  const what = known === undefined ? "?" : requestKindNames[known];
  return french`${what}${typeof externalId === "string" ? ` : ${externalId}` : ""}${ofConnector(connector)}.`;
}

function readAgainSentence({ connector, corrected, left, added, score }: Details): string {
  if (corrected === undefined) return french`Le flux n'a pas pu être relu jusqu'au bout${ofConnector(connector)}.`;
  const parts = [
    counted(numberOf(corrected), "point corrigé", "points corrigés"),
    french`${numberOf(left)} à corriger encore`,
    counted(numberOf(added), "nouveau", "nouveaux"),
  ];
  return french`${parts.join(", ")}${typeof score === "number" ? french` ; note ${score} sur 100` : ""}${ofConnector(connector)}.`;
}

function publisherActSentence({ act, aids, day, connector }: Details): string {
  if (act === "confirm") return french`${counted(numberOf(aids), "aide confirmée", "aides confirmées")} : rien n'a changé.`;
  if (act === "close") return french`Clôture d'une aide annoncée pour le ${frenchDay(String(day))}.`;
  if (act === "enter") return "Nouvelle aide saisie.";
  if (act === "file") return french`Fichier déposé${ofConnector(connector)}.`;
  return "Correction d’une aide.";
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function ofConnector(connector: unknown): string {
  return typeof connector === "string" ? ` (${connector})` : "";
}
