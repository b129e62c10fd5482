import type { WordTrial } from "../../../../catalogue/connectors/word-repository.ts";
import { french } from "../../../../french/typography.ts";
import { nameOfConnector } from "../../../../registry/connector-names.ts";
import { sureTargets } from "../../../../registry/terms/sure-targets.ts";
import { wordKey } from "../../../../registry/terms/waiting-words.ts";
import { type Visit, visitorOf } from "../../../visit.ts";
import { withNames } from "../../plans/read-plan.ts";
import { actWords } from "../../space/space-words.ts";
import { writeAccepted } from "../../words/accept-words.tsx";
import { readWords } from "../../words/read-words.ts";
import { decisionsOf, effectSentence, isGoodTrial, isOwn, trialValue } from "../../words/trial-row.tsx";
import { triedWords } from "../../words/word-list.tsx";
import { meaningInFrench, targetsInFrench } from "../../words/words-in-french.tsx";
import {
  comingWeek,
  draftsCard,
  failedFilesCard,
  type PublisherProposal,
  proposalsCard,
  reportsCard,
  trialsCard,
  wordsCard,
} from "./work-cards.ts";

const reportsNamed = 3;
const proposalsNamed = 3;
const maxFiles = 100;
/** Words whose suggestions are computed for the card. */
const wordsTried = 50;

/**
 * Reads the work that waits for people in the console only, as cards. `expiring`: new aids and proposals whose aid closes within a week;
 * `isTrying`: a trial of the visitor is under way.
 */
export async function readWork(visit: Visit) {
  const { catalogue, now } = visit;
  const { from, to } = comingWeek(now);
  const [soon, reports, proposals, failedFiles, drafts, words, trials] = await Promise.all([
    catalogue.reviewQueue.waiting({ today: from, deadlineFrom: from, deadlineTo: to }),
    catalogue.errorReports.list("new", 2000),
    readProposals(visit),
    catalogue.publisherFiles.failed(),
    catalogue.drafts.list(),
    readWordsToDecide(visit),
    catalogue.words.trials(),
  ]);
  const visitor = visitorOf(visit);
  const own = trials.filter((trial) => isOwn(trial, visitor));
  const cards = [
    ...reportsCard(reports.slice(0, reportsNamed), reports.length),
    ...failedFilesCard(failedFiles),
    ...proposalsCard(proposals.first, proposals.count),
    ...wordsCard(words),
    ...trialsCard(tried(own.filter(isGoodTrial))),
    ...draftsCard(drafts.filter(({ connector }) => connector === null)),
  ];
  return { cards, expiring: soon.review + soon.proposals, isTrying: own.some(({ isKept, state }) => !isKept && state !== "ended") };
}

/** Returns the plans of publishers that wait for a decision: their own, and those of files that they uploaded and of aids that they entered. */
async function readProposals(visit: Visit): Promise<{ readonly first: readonly PublisherProposal[]; readonly count: number }> {
  const { planPages, publisherFiles } = visit.catalogue;
  const filter = { state: "waiting", origin: "publisher" } as const;
  const [plans, count, files, connectors] = await Promise.all([
    planPages.list(filter, { limit: proposalsNamed, offset: 0 }),
    planPages.count(filter),
    publisherFiles.toDecide(maxFiles),
    visit.console.jobs.connectors(),
  ]);
  const named = await withNames(visit, plans);
  const proposed = named.map(({ planId, name, asked }) => ({ planId, who: name ?? "Un producteur", what: actWords(asked ?? {}) }));
  const uploaded = files.flatMap(({ planId, kind, connector, name }) =>
    planId === null
      ? []
      : [
          {
            planId,
            who: nameOfConnector(connectors, connector ?? ""),
            what: french`${kind === "entry" ? "Aide saisie" : "Fichier déposé"} : « ${name} »`,
          },
        ],
  );
  return { first: [...proposed, ...uploaded].slice(0, proposalsNamed), count: count + uploaded.length };
}

/** Returns the words that wait for a decision and are in no open trial. */
async function readWordsToDecide(visit: Visit): Promise<Parameters<typeof wordsCard>[0]> {
  const [read, tried] = await Promise.all([readWords(visit), triedWords(visit)]);
  const waiting = read.words.filter(({ vocabulary, word }) => !tried.has(wordKey(vocabulary, word)));
  return waiting.map((one, place) => {
    const sure = place < wordsTried ? sureTargets(read.suggestions(one)) : null;
    return {
      word: one.word,
      aids: one.count,
      sure: sure === null ? null : writeAccepted({ vocabulary: one.vocabulary, word: one.word, targets: sure }),
      meaning: sure === null ? null : targetsInFrench(one.vocabulary, sure),
    };
  });
}

function tried(trials: readonly WordTrial[]): Parameters<typeof trialsCard>[0] {
  const decisions = trials.flatMap(decisionsOf);
  const meanings = decisions.map(({ vocabulary, word, targets }) => meaningInFrench(vocabulary, word, targets));
  return { values: trials.map(trialValue), meanings: [...new Set(meanings)], effect: effectSentence(trials) };
}
