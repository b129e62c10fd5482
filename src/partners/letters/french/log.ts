import { counted, french } from "../../../french/typography.ts";
import { pointAnswers } from "../../../model/publisher/letter-answer.ts";
import { answerSentence } from "./answers.ts";
import { pointTopic } from "./points.ts";

type Details = Readonly<Record<string, unknown>>;

/** What was done with a letter, of an entry of a publisher's log; null where the entry says nothing more. */
export function letterLogSentence(kind: string, details: Details): string | null {
  if (kind === "letter-sent") return sentSentence(details);
  if (kind === "letter-answered") return answeredSentence(details);
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

function readAgainSentence({ connector, corrected, left, added, score }: Details): string {
  if (corrected === undefined) return french`Le flux n'a pas pu être relu jusqu'au bout${ofConnector(connector)}.`;
  const parts = [
    counted(numberOf(corrected), "point corrigé", "points corrigés"),
    french`${numberOf(left)} à corriger encore`,
    counted(numberOf(added), "nouveau", "nouveaux"),
  ];
  return french`${parts.join(", ")}${typeof score === "number" ? french` ; note ${score} sur 100` : ""}${ofConnector(connector)}.`;
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function ofConnector(connector: unknown): string {
  return typeof connector === "string" ? ` (${connector})` : "";
}
