import path from "node:path";
import type { Command } from "commander";
import { vocabularyNames } from "../aid/vocabularies.ts";
import type { TermFileName } from "../connector-kit/rule-context.ts";
import { nearest } from "../registry/nearest.ts";
import { describeProblem, RegistryError } from "../registry/registry-error.ts";
import { writeTerm } from "../registry/write-term.ts";
import { NotDone, WrongUse } from "./exit.ts";
import type { Workshop } from "./workshop.ts";

interface SetFlags {
  ignore?: true;
  note?: string;
}

const termFiles: readonly TermFileName[] = [...vocabularyNames, "financers", "perimeters"];

/** `moisson terms set`: writes what a publisher's word means into the connector's term file. */
export function addTermsSetCommand(terms: Command, workshop: () => Workshop): void {
  terms
    .command("set")
    .description("write what a word of a publisher means into the connector's term file")
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
      await set(workshop(), { id, vocabulary, word, targets }, flags);
    });
}

async function set(
  { connector, terminal }: Workshop,
  { id, vocabulary, word, targets }: { id: string; vocabulary: string; word: string; targets: string[] },
  { ignore, note }: SetFlags,
): Promise<void> {
  const { folder } = await connector(id);
  const name = termFiles.find((known) => known === vocabulary);
  if (name === undefined) {
    const meant = nearest(vocabulary, termFiles);
    throw new WrongUse(
      `there is no vocabulary "${vocabulary}"${meant === undefined ? `; there are: ${termFiles.join(", ")}` : ` (did you mean ${meant}?)`}`,
    );
  }
  if (word.trim() === "") throw new WrongUse("the publisher's word is empty");
  if (ignore ? targets.length > 0 : targets.length === 0) throw new WrongUse("give one or more of our terms, or --ignore");
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
