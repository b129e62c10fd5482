import { byPublisher } from "../../../model/publisher/by-publisher.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { ActRoute } from "../../route.ts";
import { param } from "../../visit.ts";
import { admitAnswer } from "./admit-answer.tsx";
import { letterUnderToken, revokedPage } from "./letter-under-token.tsx";
import { letterToAnswer } from "./public-letter.tsx";
import { readAnswer } from "./read-answer.ts";

/** What a form of a letter may weigh, in bytes. */
export const mostLetterForm = 20_000;

/** What a publisher says of a point of a letter, or of all of it, without an account. Who of ours is signed in notes it for them. */
export const answerAct: ActRoute = {
  method: "post",
  path: "/lettre/:jeton/reponses",
  who: "anyone",
  act: "letter.answer",
  maxBytes: mostLetterForm,
  admit: admitAnswer,
  async perform(visit, form) {
    const made = await letterUnderToken(visit);
    if (made.revokedAt !== null) return revokedPage;
    const { catalogue, now, visitor } = visit;
    const read = readAnswer(form, made.letter, parisDay(now));
    if (!("answer" in read)) return letterToAnswer(visit, made, read);
    const { letterId, connector } = made;
    const isNew = await catalogue.letterAnswers.add(letterId, read.answer, now);
    const to = `/lettre/${param(visit, "jeton")}?repondu=${read.at}#${/^\d/.test(read.at) ? `point-${read.at}` : "remarque"}`;
    if (!isNew) return { to };
    const { code, field, answer, plannedFor } = read.answer;
    const details = { letter: letterId, code, field, answer, plannedFor };
    await catalogue.exchanges.addOfConnector(connector, { at: now, kind: "letter-answered", by: visitor?.name ?? byPublisher, details });
    return { message: null, to, subject: `connecteur ${connector}`, details };
  },
};
