import type { WordTrial } from "../../../catalogue/connectors/word-repository.ts";
import { french } from "../../../french/typography.ts";
import type { TermFileName } from "../../../kit/rules/rule-context.ts";
import { wordKey } from "../../../registry/terms/waiting-words.ts";
import { type ActRoute, CannotDo, type Form, NotFound } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { giveWordTrialUp } from "./give-trial-up.ts";
import { readTrialValue } from "./keep-act.ts";
import { readWords } from "./read-words.ts";
import { type Decision, tryDecisions } from "./try-decisions.ts";

/** A trial is given up: nothing is left of it. */
export const giveUpAct: ActRoute = {
  method: "post",
  path: "/mots/essais/abandonner",
  who: "bizdev",
  act: "words.give-up",
  async perform(visit, form) {
    const trial = await trialAsked(visit, form);
    await giveWordTrialUp(visit, trial);
    return { message: "L’essai est abandonné : rien ne change.", to: "/mots/essais", subject: `mots de ${trial.connector}` };
  },
};

/** A trial that somebody else's version has overtaken is made again over that version, with the words that still wait. */
export const retryAct: ActRoute = {
  method: "post",
  path: "/mots/essais/refaire",
  who: "bizdev",
  act: "words.retry",
  async perform(visit, form) {
    const trial = await trialAsked(visit, form);
    const { byKey } = await readWords(visit);
    const waits = ({ vocabulary, word }: Decision) =>
      byKey.get(wordKey(vocabulary, word))?.uses.some(({ connector }) => connector === trial.connector);
    const decisions = decisionsOf(trial).filter(waits);
    if (decisions.length === 0)
      throw new CannotDo(french`D'autres ont décidé de ces mots entre-temps : il n'y a plus rien à essayer. Abandonnez cet essai.`, 409);
    const done = await tryDecisions(visit, decisions);
    await giveWordTrialUp(visit, trial);
    return done;
  },
};

async function trialAsked({ catalogue }: Visit, form: Form): Promise<WordTrial> {
  const asked = readTrialValue(form.text("un"));
  const trials = asked === null ? [] : await catalogue.words.trials(asked.connector);
  const trial = trials.find(({ runId, isKept }) => runId === asked?.runId && !isKept);
  if (trial === undefined) throw new NotFound("Cet essai n’existe plus : il a été enregistré, abandonné ou refait.");
  return trial;
}

/** What the trial decides that was not decided so before. */
function decisionsOf({ connector, before, terms }: WordTrial): Decision[] {
  return Object.entries(terms).flatMap(([vocabulary, words]) => {
    const was = new Map(Object.entries(before[vocabulary] ?? {}));
    return Object.entries(words)
      .filter(([word, targets]) => String(was.get(word)) !== String(targets))
      .map(([word, targets]) => ({ connector, vocabulary: vocabulary as TermFileName, word, targets }));
  });
}
