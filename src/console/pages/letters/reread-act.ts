import { askRun } from "../../../jobs/ask-run.ts";
import { byPublisher } from "../../../model/publisher/by-publisher.ts";
import { type ActRoute, CannotDo } from "../../route.ts";
import { param } from "../../visit.ts";
import { admitAnswer } from "./admit-answer.tsx";
import { mostLetterForm } from "./answer-act.ts";
import { closeLastReread } from "./close-last-reread.ts";
import { letterUnderToken, revokedPage } from "./letter-under-token.tsx";
import { rereadPauseMs, whyNotReread } from "./why-not-reread.ts";

/** Has the feed of a letter read as it is now, by a run that writes nothing to the catalogue. */
export const rereadAct: ActRoute = {
  method: "post",
  path: "/lettre/:jeton/relecture",
  who: "anyone",
  act: "letter.reread",
  maxBytes: mostLetterForm,
  admit: admitAnswer,
  async perform(visit) {
    const made = await letterUnderToken(visit);
    if (made.revokedAt !== null) return revokedPage;
    const { catalogue, console: services, now, visitor } = visit;
    const { letterId, connector } = made;
    const to = `/lettre/${param(visit, "jeton")}/relecture`;
    const why = await whyNotReread(visit, made);
    // Of a form that is sent twice the second leads to what the first began.
    const isTaken = why === null && (await catalogue.letters.takeReread(letterId, now, new Date(now.getTime() - rereadPauseMs)));
    if (!isTaken) {
      if ((await letterUnderToken(visit)).rereadRun !== null) return { to };
      throw new CannotDo(why ?? "Cette relecture vient d’être demandée.", 409);
    }
    await closeLastReread(visit, made);
    // Read though its bytes may be the same: what is left is counted in this very feed.
    const options = { dryRun: true, force: true };
    const { runId } = await askRun(catalogue, services.jobs.queue, { connector, options, by: visitor?.name ?? byPublisher, now });
    await catalogue.letters.rereadBy(letterId, runId);
    return { message: null, to, subject: `connecteur ${connector}`, details: { letter: letterId, run: runId } };
  },
};
