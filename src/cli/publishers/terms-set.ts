import path from "node:path";
import type { TermFileName } from "../../kit/rules/rule-context.ts";
import type { ConnectorVersion } from "../../model/run/connector-version.ts";
import { vocabularyNames } from "../../model/vocabularies.ts";
import { describeProblem, RegistryError } from "../../registry/registry-error.ts";
import { decidedTargets, decideTerm } from "../../registry/terms/decide-term.ts";
import { targetProblem } from "../../registry/terms/read-term-file.ts";
import { writeTerm } from "../../registry/terms/write-term.ts";
import type { CommandContext } from "../context.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { curatorOf } from "../options.ts";
import { knownName } from "../read-argument.ts";

/** Options of `moisson terms set`. */
export interface SetFlags {
  ignore?: true;
  note?: string;
}

const termFiles: readonly TermFileName[] = [...vocabularyNames, "financers", "perimeters"];

interface Decision {
  readonly id: string;
  readonly vocabulary: string;
  readonly word: string;
  readonly targets: readonly string[];
}

/** Records what a publisher's word means. */
export async function setTerm(context: CommandContext, decision: Decision, flags: SetFlags): Promise<void> {
  await context.withConnectors(() => set(context, decision, flags));
}

async function set(context: CommandContext, { id, vocabulary, word, targets }: Decision, { ignore, note }: SetFlags): Promise<void> {
  const { terminal } = context;
  const { folder, version } = await context.connector(id);
  const name = knownName("unknown vocabulary", vocabulary, termFiles);
  if (word.trim() === "") throw new WrongUse("the publisher's word is empty");
  if (ignore ? targets.length > 0 : targets.length === 0) throw new WrongUse("give at least one of our terms, or --ignore");
  const stored = version === undefined ? null : await context.withCatalogue(({ connectorVersions }) => connectorVersions.find(id, version));
  if (stored !== null && (folder === null || decidedTargets(stored.terms, name, word) !== undefined)) {
    return addVersion(context, stored, { name, word, targets }, note);
  }
  if (folder === null) throw new NotDone(`${id} was removed in the meantime`);
  const file = path.join(folder, "mappings", id, `${name}.csv`);
  try {
    const before = await writeTerm(file, name, { term: word.trim(), targets: [...new Set(targets)], ...(note !== undefined && { note }) });
    const was = before === undefined ? "" : ` (it was ${before.length === 0 ? "ignored" : before.join(", ")})`;
    terminal.out(`"${word.trim()}" is ${ignore ? "ignored" : targets.join(", ")}${was}: ${file}`);
    terminal.out(`\`moisson replay ${id}\` shows the effect on the catalogue`);
  } catch (error) {
    if (error instanceof RegistryError) throw new NotDone(`nothing was written: ${error.problems.map(describeProblem).join("; ")}`);
    throw error;
  }
}

/** Adds a version: decisions made in the console override the term files. */
async function addVersion(
  { terminal, environment, withCatalogue }: CommandContext,
  last: ConnectorVersion,
  { name, word, targets }: { name: TermFileName; word: string; targets: readonly string[] },
  note: string | undefined,
): Promise<void> {
  for (const target of targets) {
    const problem = targetProblem(target, name);
    if (problem !== undefined) throw new NotDone(`nothing was written: ${problem.message}`);
  }
  const { connector } = last;
  await withCatalogue(async (catalogue, { clock }) => {
    const { by, now } = curatorOf({}, environment, clock.now());
    const meaning = targets.length === 0 ? "ignored" : targets.join(", ");
    const terms = decideTerm(last.terms, name, word, targets);
    const why = note ?? `${name}: "${word.trim()}" is ${meaning}`;
    const added = await catalogue.connectorVersions.add({ ...last, terms, why, by, at: now }, last.version);
    if (added === null) throw new NotDone("somebody else has just changed this connector; run the command again");
    terminal.out(`"${word.trim()}" is ${meaning}: version ${added} of ${connector}`);
    terminal.out(`\`moisson replay ${connector}\` shows the effect on the catalogue`);
  });
}
