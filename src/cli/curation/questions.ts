import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { type Answer, answerQuestion, previewAnswer } from "../../curation/answer-question.ts";
import type { Curator } from "../../curation/person-plan.ts";
import { type AnswerToReview, answersToReview } from "../../curation/read-answers.ts";
import { readFieldValue } from "../../curation/read-field-value.ts";
import { type AskedQuestion, askQuestions, readQuestions } from "../../curation/read-questions.ts";
import { type AidContent, type AidField, isEmptyValue } from "../../model/aid/aid.ts";
import { answeredFields, isAnswered, type Question } from "../../model/aid/question.ts";
import { shownContent } from "../../model/aid/shown-value.ts";
import { type AnswerCondition, ownOperators, type StandingDecision } from "../../model/plan/standing-decision.ts";
import { findTerritories } from "../../model/territories/perimeters.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { slugsOf } from "../../model/vocabularies.ts";
import type { CommandContext } from "../context.ts";
import { objectionMessage } from "../english/curation.ts";
import { decisionMessage } from "../english/publication.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { inert } from "../printable.ts";
import { knownName } from "../read-argument.ts";
import type { Terminal } from "../terminal.ts";
import { fieldNamed } from "./aid-filter.ts";
import { decisionLine, decisionNamed, scopeOf } from "./decide-standing.ts";

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
  await withCatalogue(async (catalogue, { clock }) => {
    const today = parisDay(clock.now());
    while ((await catalogue.search.catchUp()) > 0);
    const found: readonly (Question | AskedQuestion)[] =
      loaded !== null && territories === null
        ? await askQuestions(catalogue, loaded, today)
        : await readQuestions(catalogue, { connectors: loaded === null ? null : [loaded.definition.id], territories, today });
    const questions = found.slice(0, flags.limit ?? shownByDefault);
    if (flags.json) return terminal.out(JSON.stringify(questions, null, 2));
    if (questions.length === 0) return terminal.out("no question: what is missing is filled aid by aid, or by the publisher");
    const { length: answers } = await answersToReview(catalogue, loaded === null ? null : [loaded.definition.id]);
    if (answers > 0) terminal.err(`${answers} given answers are asked again; \`moisson questions review\` lists them`);
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
  const { proposed, parts, examples, operators } = question;
  return [
    head,
    ...(proposed.values.length === 0 ? [] : [`  proposed: ${proposed.values.join(", ")} (${proposed.reason?.kind})`]),
    ...(field === "financers" && operators.length > 0
      ? [`  run by: ${operators.map(([name, count]) => `${name} ${count}`).join(", ")}`]
      : []),
    ...examples.map(({ externalId, title }) => `  ${connector}/${externalId}  ${title}`),
    ...parts.map(
      (part) =>
        `  ${part.aids} of them: moisson questions answer ${connector} ${field} ${part.proposed.values.join(",")} --type ${part.types.join(",")}`,
    ),
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
  replace?: readonly string[];
  dryRun?: true;
  json?: true;
}

/** Answers a question in one act, or shows what it would change. Throws `WrongUse` if the field takes no answer, or the value does not fit. */
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
  if (isEmptyValue(reading.value)) throw new WrongUse(`give a value for ${field}`);
  await withCatalogue(async (catalogue, { clock }) => {
    const curator = curatorOf(flags, environment, clock.now());
    const scope = await scopeOf(catalogue, connector, flags);
    if (!flags.forPublisher) await checkNames(catalogue, loaded.definition.id, flags);
    const replaces = await decisionsNamed(catalogue, flags.replace ?? []);
    const wanted: Answer = { ...scope, field, value: reading.value, condition: conditionOf(flags), replaces: replaces.map(({ id }) => id) };
    if (flags.dryRun) return showPreview(catalogue, curator, wanted, terminal, flags);
    await give(catalogue, curator, wanted, terminal, flags);
  });
}

async function give(catalogue: Catalogue, curator: Curator, wanted: Answer, terminal: Terminal, { json }: { json?: true }): Promise<void> {
  const answered = await answerQuestion(catalogue, curator, wanted);
  if (json) return terminal.out(JSON.stringify(answered, null, 2));
  const decision = answered.decision.slice(0, 8);
  terminal.out(`${answered.aids} aids filled${answered.planId === null ? "" : `; \`moisson undo ${answered.planId}\` reverts it`}`);
  terminal.out(`decision ${decision} holds for later runs; \`moisson suggestions end ${decision}\` ends it`);
}

async function showPreview(catalogue: Catalogue, curator: Curator, wanted: Answer, terminal: Terminal, { json }: { json?: true }) {
  const { changed, first } = await previewAnswer(catalogue, curator, wanted);
  const field = wanted.field as AidField;
  const aids = first.map(({ aid, change }) => ({
    aid: `${aid.connector}/${aid.externalId}`,
    title: shownContent(aid).name,
    value: change.fields[field]?.incoming,
  }));
  if (json) return terminal.out(JSON.stringify({ changed, aids }, null, 2));
  for (const { aid, title, value } of aids) terminal.out(inert(`  ${aid}  ${title}: ${JSON.stringify(value)}`));
  if (changed > aids.length) terminal.out(`  … and ${changed - aids.length} more`);
  terminal.out(`${changed} aids would be filled; nothing is done yet`);
}

/** Returns the decisions that hold and whose ids begin with these texts. Throws `NotDone` if one names none, or several. */
async function decisionsNamed(catalogue: Catalogue, ids: readonly string[]): Promise<StandingDecision[]> {
  const found: StandingDecision[] = [];
  for (const id of ids) found.push(await decisionNamed(catalogue, id));
  return found;
}

/** Lists the answers that are asked again: their aids have changed, or they contradict each other. */
export async function reviewAnswers(context: CommandContext, flags: { connector?: string; json?: true }): Promise<void> {
  const { terminal, withCatalogue } = context;
  const loaded = flags.connector === undefined ? null : await context.connector(flags.connector);
  await withCatalogue(async (catalogue) => {
    const found = await answersToReview(catalogue, loaded === null ? null : [loaded.definition.id]);
    if (flags.json) return terminal.out(JSON.stringify(found, null, 2));
    if (found.length === 0) return terminal.out("no answer is asked again");
    for (const one of found) for (const line of reviewLines(one)) terminal.out(inert(line));
  });
}

function reviewLines({ answer, reach, hasOutgrown, changed, contradictions }: AnswerToReview): string[] {
  const id = answer.id.slice(0, 8);
  return [
    decisionLine(answer),
    ...(hasOutgrown ? [`  given for ${reach.given} aids, covers ${reach.now} now`] : []),
    ...changed.map(({ connector, externalId, title }) => `  changed since: ${connector}/${externalId}  ${title}`),
    ...contradictions.map(({ other, aids }) => `  contradicts ${other.id.slice(0, 8)} for ${aids} aids: ${decisionMessage(other)}`),
    ...contradictions.map(({ other }) => `  moisson questions confirm ${id} --replace ${other.id.slice(0, 8)}`),
    ...(contradictions.length === 0 ? [`  moisson questions confirm ${id}`] : []),
    `  moisson suggestions end ${id}`,
  ];
}

/** Confirms an answer on this day. Throws `NotDone` if the id names no answer that holds, or several. */
export async function confirm(
  { terminal, environment, withCatalogue }: CommandContext,
  id: string,
  flags: CuratorFlags & { replace?: readonly string[]; json?: true },
): Promise<void> {
  await withCatalogue(async (catalogue, { clock }) => {
    const given = await decisionNamed(catalogue, id);
    const { connector, publisher, field, value, condition, note } = given;
    if (given.kind !== "fill" || value === null) throw new NotDone(`decision ${id} is no answer to a question`);
    const curator = { ...(note !== null && { note }), ...curatorOf(flags, environment, clock.now()) };
    const replaced = await decisionsNamed(catalogue, flags.replace ?? []);
    const other = replaced.find((one) => one.field !== field);
    if (other !== undefined) throw new NotDone(`decision ${other.id.slice(0, 8)} is not about ${field}`);
    const wanted = { connector, publisher, field, value, condition, replaces: [given, ...replaced].map((one) => one.id) };
    await give(catalogue, curator, wanted, terminal, flags);
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
