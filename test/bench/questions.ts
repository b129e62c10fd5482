import { missingAt, missingForDescription } from "../../src/model/aid/publishable.ts";
import { type LackingAids, orderQuestions, type Question } from "../../src/model/aid/question.ts";
import { loadedConnectors } from "../support/loaded-connectors.ts";
import { realFeeds } from "../support/real-feeds.ts";
import { readRealAids } from "./suggestions/labelled-aids.ts";

/**
 * `npm run bench:questions`: how many aids of each real feed are publishable and fully described as received, and after the first
 * answers to questions about it. An answer fills the field of all aids that lack it. A word is one answer.
 */
const answersCounted = [0, 3, 6, 10, 15] as const;
const print = (line: string) => process.stdout.write(`${line}\n`);

const connectors = await loadedConnectors();
print(
  `| connector | kind | aids | ${answersCounted.map((count) => `after ${count}: publishable, described`).join(" | ")} | first questions |`,
);
print(`| --- | --- | ---: | ${answersCounted.map(() => "---:").join(" | ")} | --- |`);
for (const { definition } of connectors.filter(({ definition: { id } }) => id in realFeeds)) {
  const aids = (await readRealAids(connectors, definition.id)).filter(({ content }) => content.outOfScope === null);
  if (aids.length === 0 || definition.id.startsWith("modele-")) continue;
  const groups = aids.map(
    ({ content, words }): LackingAids => ({
      ...{ connector: definition.id, isPublished: false, missing: missingForDescription(content), words, aids: 1 },
    }),
  );
  const questions = orderQuestions(groups);
  const share = (count: number) => `${count} (${Math.round((100 * count) / aids.length)} %)`;
  const columns = answersCounted.map((count) => {
    const { publishable, fullyDescribed } = reached(groups, questions.slice(0, count));
    return `${share(publishable)}, ${share(fullyDescribed)}`;
  });
  const first = questions
    .slice(0, 6)
    .map(({ field, word, aids: concerned }) => `${word === null ? field : `${field} "${word}"`} ${concerned}`);
  print(`| ${[`\`${definition.id}\``, definition.publisher.kind, aids.length, ...columns, first.join(", ")].join(" | ")} |`);
}

/** Counts the aids that reach each level once some questions are answered. */
function reached(groups: readonly LackingAids[], answered: readonly Question[]): Question["frees"] {
  const keys = new Set(answered.map(({ field, word }) => `${field}\n${word ?? ""}`));
  const waiting = groups.map(({ missing, words = {} }) => missing.filter((field) => !keys.has(`${field}\n${words[field] ?? ""}`)));
  return {
    publishable: waiting.filter((missing) => missingAt("publishable", missing).length === 0).length,
    fullyDescribed: waiting.filter((missing) => missing.length === 0).length,
  };
}
