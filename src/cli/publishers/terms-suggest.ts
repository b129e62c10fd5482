import type { Command } from "commander";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { evidenceMessage } from "../../english/terms.ts";
import { labelOf, vocabularyNames } from "../../model/vocabularies.ts";
import type { MissingTerm } from "../../registry/terms/missing-terms.ts";
import { readDecidedTerms } from "../../registry/terms/read-decided-terms.ts";
import { suggestTerms, type TermSuggestion } from "../../registry/terms/suggest-terms.ts";
import type { CommandContext } from "../context.ts";
import { positiveNumber } from "../options.ts";
import { printable } from "../printable.ts";
import { missingTermsOf } from "./missing-terms-of.ts";

interface SuggestFlags {
  connector?: string;
  limit: number;
  json?: true;
}

/** Aids read to see what those with a term speak of, and as many others. */
const aidsRead = 60;

/** `moisson terms suggest`: what words that nobody has decided on may mean, how sure that is, and why. */
export function addTermsSuggestCommand(terms: Command, open: () => CommandContext): void {
  terms
    .command("suggest")
    .description("what words that no term of ours stands for may mean, how certain that is, and why")
    .option("--connector <connector>", "words of one connector only")
    .option("--limit <count>", "so many words, the most frequent first", positiveNumber, 20)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  moisson terms suggest
  moisson terms suggest --connector region-sud --limit 50

Nothing is written: \`moisson terms set\` writes a decision, \`moisson replay <connector>\` shows what it changes.`,
    )
    .action(async (flags: SuggestFlags) => suggest(open(), flags));
}

async function suggest(context: CommandContext, { connector, limit, json }: SuggestFlags): Promise<void> {
  const { terminal } = context;
  const known = await readDecidedTerms(context.folders);
  await context.withCatalogue(async (catalogue) => {
    const missing = await missingTermsOf(context, catalogue, connector === undefined ? [] : [connector]);
    const suggested = [];
    for (const word of missing.slice(0, limit)) suggested.push({ ...word, suggestions: await suggestionsFor(catalogue, word, known) });
    if (json) return terminal.out(JSON.stringify(suggested, null, 2));
    if (missing.length === 0) return terminal.out("no words to map");
    for (const word of suggested) terminal.out(printable(shown(word)));
    if (missing.length > limit) terminal.err(`${missing.length - limit} more words; --limit shows more`);
  });
}

async function suggestionsFor(
  catalogue: Catalogue,
  { connector, vocabulary, term }: MissingTerm,
  known: Awaited<ReturnType<typeof readDecidedTerms>>,
): Promise<readonly TermSuggestion[]> {
  const closed = vocabularyNames.find((name) => name === vocabulary);
  if (closed === undefined) return []; // organisations and territories are names, no terms of a list
  return suggestTerms(closed, term, known, await catalogue.aids.textsByTerm(connector, [vocabulary, term], aidsRead));
}

function shown({ connector, vocabulary, term, count, suggestions }: MissingTerm & { suggestions: readonly TermSuggestion[] }): string {
  const head = `${connector}  ${vocabulary}  ${JSON.stringify(term)}  (${count === 1 ? "1 aid" : `${count} aids`})`;
  const closed = vocabularyNames.find((name) => name === vocabulary);
  if (closed === undefined || suggestions.length === 0) return `${head}\n    no suggestion`;
  const lines = suggestions.map(({ slug, certainty, evidence }) => {
    const meant = slug === null ? "to be ignored" : `${slug} (${labelOf(closed, slug)})`;
    return `    ${Math.round(certainty * 100)} %  ${meant}: ${evidence.map(evidenceMessage).join("; ")}`;
  });
  return [head, ...lines].join("\n");
}
