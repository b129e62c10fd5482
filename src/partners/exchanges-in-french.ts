import { frenchDay } from "../french/day.ts";
import { publisherStageWord } from "../french/publisher-stages.ts";
import { counted, french } from "../french/typography.ts";
import { type ExchangeKind, type PublisherStage, publisherStages } from "../model/publisher/publisher-stage.ts";
import { labelOf, slugsOf } from "../model/vocabularies.ts";
import { letterLogSentence } from "./letters/french/log.ts";

const kinds: Readonly<Record<ExchangeKind, string>> = {
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
  "feed-read-again": "Flux relu",
  online: "En ligne",
};

/** What an entry of a publisher's log is about, with a capital. */
export function exchangeKindWord(kind: ExchangeKind): string {
  return kinds[kind];
}

/** What was done, of an entry that nobody wrote by hand; null where its kind says all. */
export function exchangeSentence(kind: ExchangeKind, details: Readonly<Record<string, unknown>>): string | null {
  if (kind === "stage") return french`De « ${stageWord(details.from)} » à « ${stageWord(details.to)} ».`;
  if (kind === "agreement") return agreementSentence(details);
  if (kind === "preview-shared") return previewSentence(details);
  if (kind === "file-checked") return checkSentence(details);
  if (kind === "connector-moved") return movedSentence(details);
  const ofLetter = letterLogSentence(kind, details);
  if (ofLetter !== null) return ofLetter;
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
  return stage === undefined ? "?" : publisherStageWord(stage);
}
