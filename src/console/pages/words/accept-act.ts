import { counted, french } from "../../../french/typography.ts";
import { targetProblem } from "../../../registry/terms/read-term-file.ts";
import { wordKey } from "../../../registry/terms/waiting-words.ts";
import { type ActRoute, CannotDo } from "../../route.ts";
import { readAccepted } from "./accept-form.tsx";
import { readWords } from "./read-words.ts";
import { tryDecisions } from "./try-decisions.ts";

/** The suggestions of several words are accepted as they were shown, for all publishers that have them: one trial for each connector. */
export const acceptAct: ActRoute = {
  method: "post",
  path: "/mots/accepter",
  who: "bizdev",
  act: "words.accept",
  async perform(visit, form) {
    const accepted = form.all("mot").flatMap((value) => readAccepted(value) ?? []);
    if (accepted.length === 0) throw new CannotDo("Aucun mot n’est coché. Revenez à la liste, cochez des mots, puis recommencez.");
    const { byKey } = await readWords(visit);
    const decisions = accepted.flatMap(({ vocabulary, word, targets }) => {
      const waiting = byKey.get(wordKey(vocabulary, word));
      if (waiting === undefined || targets.some((target) => targetProblem(target, waiting.vocabulary) !== undefined)) return [];
      return [waiting.uses.map(({ connector, term }) => ({ connector, vocabulary: waiting.vocabulary, word: term, targets }))];
    });
    const gone = accepted.length - decisions.length;
    if (decisions.length === 0)
      throw new CannotDo(french`Ces mots n'attendent plus de décision : quelqu'un d'autre en a décidé entre-temps.`, 409);
    const done = await tryDecisions(visit, decisions.flat());
    const left = gone === 0 ? "" : french` Laissé de côté, décidé entre-temps : ${counted(gone, "mot")}.`;
    return { ...done, message: `${done.message ?? ""}${left}` };
  },
};
