import { french } from "../../../french/typography.ts";
import { wordKey } from "../../../registry/terms/waiting-words.ts";
import { Alert } from "../../parts/alert.tsx";
import { type ActRoute, CannotDo, type Form } from "../../route.ts";
import { type DecideAgain, decidePageOf } from "./decide-page.tsx";
import { readDecision } from "./read-decision.ts";
import { readWords } from "./read-words.ts";
import { tryDecisions } from "./try-decisions.ts";
import { waitingWord } from "./waiting-word.ts";
import { whoDecided } from "./who-decided.ts";

/** What a word means, at the publishers that were chosen: it is tried. */
export const decideAct: ActRoute = {
  method: "post",
  path: "/mots/decider",
  who: "bizdev",
  act: "words.try",
  async perform(visit, form) {
    const [vocabulary, asked] = [visit.query.get("vocabulaire") ?? "", visit.query.get("mot") ?? ""];
    const chosen = [...new Set(form.all("producteur"))];
    const { byKey } = await readWords(visit);
    const uses = byKey.get(wordKey(vocabulary, asked))?.uses ?? [];
    const gone = chosen.filter((connector) => !uses.some((use) => use.connector === connector));
    if (uses.length === 0 && gone.length > 0) throw new CannotDo((await whoDecided(visit, vocabulary, asked, gone)).join(" "), 409);
    const { word, read } = await waitingWord(visit);
    const again = (given: Pick<DecideAgain, "status" | "problems" | "alert">) =>
      decidePageOf(visit, word, read, { ...given, written: writtenOf(form) });
    if (gone.length > 0) {
      const said = await whoDecided(visit, vocabulary, asked, gone);
      const alert = (
        <Alert kind="warning" title="Rien n’a été enregistré" isAnnounced level={2}>
          {said.map((sentence) => (
            <p>{sentence}</p>
          ))}
        </Alert>
      );
      return again({ status: 409, problems: {}, alert });
    }
    if (chosen.length === 0) return again({ status: 422, problems: { producteur: french`Cochez au moins un producteur.` } });
    const decided = readDecision(form, word.vocabulary);
    if ("problem" in decided) return again({ status: 422, problems: { [decided.at]: decided.problem } });
    const decisions = word.uses
      .filter(({ connector }) => chosen.includes(connector))
      .map(({ connector, term }) => ({ connector, vocabulary: word.vocabulary, word: term, targets: decided.targets }));
    return tryDecisions(visit, decisions);
  },
};

function writtenOf(form: Form) {
  return { connectors: form.all("producteur"), targets: form.all("termes"), lines: form.text("territoires") || form.text("organismes") };
}
