import path from "node:path";
import type { Command } from "commander";
import type { TermFileName } from "../../kit/rules/rule-context.ts";
import type { ConnectorVersion } from "../../model/run/connector-version.ts";
import { vocabularyNames } from "../../model/vocabularies.ts";
import { nearest } from "../../registry/nearest.ts";
import { describeProblem, RegistryError } from "../../registry/registry-error.ts";
import { decidedTargets, decideTerm } from "../../registry/terms/decide-term.ts";
import { targetProblem } from "../../registry/terms/read-term-file.ts";
import { writeTerm } from "../../registry/terms/write-term.ts";
import type { CommandContext } from "../context.ts";
import { curatorOf } from "../curator-options.ts";
import { NotDone, WrongUse } from "../exit.ts";

interface SetFlags {
  ignore?: true;
  note?: string;
}

const termFiles: readonly TermFileName[] = [...vocabularyNames, "financers", "perimeters"];

/** `moisson terms set`: writes what a publisher's word means into the connector's term file. */
export function addTermsSetCommand(terms: Command, open: () => CommandContext): void {
  terms
    .command("set")
    .description(
      "write what a word of a publisher means into the connector's term file, or into its next version where the console decided it",
    )
    .argument("<connector>", "the connector")
    .argument("<vocabulary>", `one of ${termFiles.join(", ")}`)
    .argument("<word>", "the publisher's word, as it writes it")
    .argument("[term...]", "our terms (slugs); financers: name or name|SIREN; perimeters: scale:code")
    .option("--ignore", "it means nothing to us")
    .option("--note <text>", "why")
    .addHelpText(
      "after",
      `
Examples:
  moisson terms set region-sud categories "Transition écologique" transition-energetique biodiversite
  moisson terms set region-sud targetedAudiences "Touriste" --ignore --note "out of scope for us"

What was decided about the word before is replaced. \`moisson replay <connector>\` shows what it changes in the catalogue.`,
    )
    .action(async (id: string, vocabulary: string, word: string, targets: string[], flags: SetFlags) => {
      const context = open();
      await context.withConnectors(() => set(context, { id, vocabulary, word, targets }, flags));
    });
}

async function set(
  context: CommandContext,
  { id, vocabulary, word, targets }: { id: string; vocabulary: string; word: string; targets: string[] },
  { ignore, note }: SetFlags,
): Promise<void> {
  const { terminal } = context;
  const { folder, version } = await context.connector(id);
  const name = termFiles.find((known) => known === vocabulary);
  if (name === undefined) {
    const meant = nearest(vocabulary, termFiles);
    throw new WrongUse(
      `there is no vocabulary "${vocabulary}"${meant === undefined ? `; there are: ${termFiles.join(", ")}` : ` (did you mean ${meant}?)`}`,
    );
  }
  if (word.trim() === "") throw new WrongUse("the publisher's word is empty");
  if (ignore ? targets.length > 0 : targets.length === 0) throw new WrongUse("give one or more of our terms, or --ignore");
  const stored = version === undefined ? null : await storedVersion(context, id, version);
  if (stored !== null && (folder === null || decidedTargets(stored.terms, name, word) !== undefined)) {
    return addVersion(context, stored, { name, word, targets }, note);
  }
  if (folder === null) throw new NotDone(`${id} was removed meanwhile`);
  const file = path.join(folder, "mappings", id, `${name}.csv`);
  try {
    const before = await writeTerm(file, name, { term: word.trim(), targets: [...new Set(targets)], ...(note !== undefined && { note }) });
    const was = before === undefined ? "" : ` (it was ${before.length === 0 ? "ignored" : before.join(", ")})`;
    terminal.out(`"${word.trim()}" is ${ignore ? "ignored" : targets.join(", ")}${was}: ${file}`);
    terminal.out(`\`moisson replay ${id}\` shows what that changes in the catalogue`);
  } catch (error) {
    if (error instanceof RegistryError) throw new NotDone(`nothing is written: ${error.problems.map(describeProblem).join("; ")}`);
    throw error;
  }
}

async function storedVersion({ withCatalogue }: CommandContext, id: string, version: number): Promise<ConnectorVersion | null> {
  return withCatalogue((catalogue) => catalogue.connectorVersions.find(id, version));
}

/** What the console decided stands over the term files: it is decided anew where it stands. */
async function addVersion(
  { terminal, environment, withCatalogue }: CommandContext,
  last: ConnectorVersion,
  { name, word, targets }: { name: TermFileName; word: string; targets: readonly string[] },
  note: string | undefined,
): Promise<void> {
  for (const target of targets) {
    const problem = targetProblem(target, name);
    if (problem !== undefined) throw new NotDone(`nothing is written: ${problem.message}`);
  }
  const { connector } = last;
  await withCatalogue(async (catalogue, { clock }) => {
    const { by, now } = curatorOf({}, environment, clock.now());
    const meaning = targets.length === 0 ? "ignored" : targets.join(", ");
    const terms = decideTerm(last.terms, name, word, targets);
    const why = note ?? `${name}: "${word.trim()}" is ${meaning}`;
    const added = await catalogue.connectorVersions.add({ ...last, terms, why, by, at: now }, last.version);
    if (added === null) throw new NotDone("somebody else has just changed it: look again");
    terminal.out(`"${word.trim()}" is ${meaning}: version ${added} of ${connector}`);
    terminal.out(`\`moisson replay ${connector}\` shows what that changes in the catalogue`);
  });
}
