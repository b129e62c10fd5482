import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { answerQuestion } from "../../curation/answer-question.ts";
import { readFieldValue } from "../../curation/read-field-value.ts";
import { type AskedQuestion, askQuestions, readQuestions } from "../../curation/read-questions.ts";
import type { AidContent } from "../../model/aid/aid.ts";
import { answeredFields, isAnswered, type Question } from "../../model/aid/question.ts";
import { shownContent } from "../../model/aid/shown-value.ts";
import { type AnswerCondition, ownOperators } from "../../model/plan/standing-decision.ts";
import { findTerritories } from "../../model/territories/perimeters.ts";
import { slugsOf } from "../../model/vocabularies.ts";
import type { CommandContext } from "../context.ts";
import { objectionMessage } from "../english/curation.ts";
import { WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { inert } from "../printable.ts";
import { knownName } from "../read-argument.ts";
import { fieldNamed } from "./aid-filter.ts";
import { scopeOf } from "./decide-standing.ts";

const shownByDefault = 10;

/** Lists the questions that free most aids for each answer; of one connector, with proposals and aids to read. */
export async function listQuestions(
  context: CommandContext,
  flags: { connector?: string; territory?: string; limit?: number; json?: true },
): Promise<void> {
  const { terminal, withCatalogue } = context;
  const territories = flags.territory === undefined ? null : findTerritories(flags.territory);
  if (territories?.length === 0) throw new WrongUse(`unknown territory ${flags.territory}; give a name, or department:26`);
  const loaded = flags.connector === undefined ? null : await context.connector(flags.connector);
  await withCatalogue(async (catalogue) => {
    while ((await catalogue.search.catchUp()) > 0);
    const found: readonly (Question | AskedQuestion)[] =
      loaded !== null && territories === null
        ? await askQuestions(catalogue, loaded)
        : await readQuestions(catalogue, { connectors: loaded === null ? null : [loaded.definition.id], territories });
    const questions = found.slice(0, flags.limit ?? shownByDefault);
    if (flags.json) return terminal.out(JSON.stringify(questions, null, 2));
    if (questions.length === 0) return terminal.out("no question: what is missing is filled aid by aid, or by the publisher");
    for (const question of questions) for (const line of linesOf(question, found)) terminal.out(inert(line));
    if (found.length > questions.length) terminal.out(`${found.length - questions.length} more; --limit shows them`);
  });
}

function linesOf(question: Question | AskedQuestion, all: readonly Question[]): string[] {
  const { connector, field, word, aids } = question;
  const together = all.filter(({ set }) => set === question.set);
  const { publishable = 0, fullyDescribed = 0 } = together.at(-1)?.frees ?? {};
  const others = together.filter((other) => other !== question).map((other) => other.word ?? other.field);
  const gain = `${publishable} become publishable, ${fullyDescribed} fully described${others.length === 0 ? "" : ` together with ${others.join(", ")}`}`;
  const gains = publishable + fullyDescribed === 0 ? "frees none yet: other fields are missing too" : gain;
  const head = `${connector}  ${field}${word === null ? "" : ` "${word}"`}: ${aids} aids; ${gains}`;
  if (!("examples" in question)) return [head];
  const { proposed, examples, operators } = question;
  return [
    head,
    ...(proposed.values.length === 0 ? [] : [`  proposed: ${proposed.values.join(", ")} (${proposed.reason?.kind})`]),
    ...(field === "financers" && operators.length > 0
      ? [`  run by: ${operators.map(([name, count]) => `${name} ${count}`).join(", ")}`]
      : []),
    ...examples.map(({ externalId, title }) => `  ${connector}/${externalId}  ${title}`),
    word === null
      ? `  moisson questions answer ${connector} ${field} ${proposed.values.join(",") || "VALUE"}`
      : `  moisson terms set ${connector} ${field} ${JSON.stringify(word)} TERM`,
  ];
}

interface AnswerFlags extends CuratorFlags {
  type?: string;
  operator?: readonly string[];
  except?: readonly string[];
  forPublisher?: true;
  json?: true;
}

/** Answers a question in one act. Throws `WrongUse` if the field takes no answer, or the value does not fit. */
export async function answer(
  context: CommandContext,
  { connector, field: named, value: text }: { readonly connector: string; readonly field: string; readonly value: string | undefined },
  flags: AnswerFlags,
): Promise<void> {
  const { terminal, environment, withCatalogue } = context;
  const loaded = await context.connector(connector);
  const field = fieldNamed(named);
  if (!isAnswered(field)) throw new WrongUse(`${field} is filled aid by aid; allowed: ${answeredFields.join(", ")}`);
  if (text === undefined && !(field === "financers" && flags.operator !== undefined)) throw new WrongUse(`give a value for ${field}`);
  const reading = text === undefined ? { value: ownOperators } : readFieldValue(field, text);
  if ("objection" in reading) throw new WrongUse(objectionMessage(reading.objection));
  await withCatalogue(async (catalogue, { clock }) => {
    const curator = curatorOf(flags, environment, clock.now());
    const scope = await scopeOf(catalogue, connector, flags);
    if (!flags.forPublisher) await checkNames(catalogue, loaded.definition.id, flags);
    const answered = await answerQuestion(catalogue, curator, { ...scope, field, value: reading.value, condition: conditionOf(flags) });
    if (flags.json) return terminal.out(JSON.stringify(answered, null, 2));
    const decision = answered.decision.slice(0, 8);
    terminal.out(`${answered.aids} aids filled${answered.planId === null ? "" : `; \`moisson undo ${answered.planId}\` reverts it`}`);
    terminal.out(`decision ${decision} holds for later runs; \`moisson suggestions end ${decision}\` ends it`);
  });
}

/** Throws `WrongUse` if no aid of the connector has an identifier to leave out, or is run by an organisation that is named. */
async function checkNames(catalogue: Catalogue, connector: string, { operator = [], except = [] }: AnswerFlags): Promise<void> {
  if (operator.length + except.length === 0) return;
  const known = { operators: new Set<string>(), aids: new Set<string>() };
  for await (const page of catalogue.aids.curated({ connector })) {
    for (const { externalId, ...aid } of page) {
      known.aids.add(externalId);
      for (const { name } of shownContent(aid).instructors) known.operators.add(name);
    }
  }
  for (const name of operator) if (!known.operators.has(name)) throw new WrongUse(`${name} runs no aid of ${connector}`);
  for (const id of except) if (!known.aids.has(id)) throw new WrongUse(`${connector} has no aid ${id}`);
}

function conditionOf({ type, operator, except }: AnswerFlags): AnswerCondition | null {
  const known = type?.split(",").map((one) => knownName("unknown type", one.trim(), slugsOf("aidTypes")));
  const condition: AnswerCondition = {
    ...(known !== undefined && { types: slugsOf("aidTypes").filter((slug) => known.includes(slug)) as AidContent["aidTypes"] }),
    ...(operator !== undefined && { operators: operator }),
    ...(except !== undefined && { except }),
  };
  return Object.keys(condition).length === 0 ? null : condition;
}
