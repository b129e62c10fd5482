import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { labelOf, vocabularyNames } from "../../model/vocabularies.ts";
import { readDecidedTerms } from "../../registry/terms/read-decided-terms.ts";
import { type Evidence, suggestMappings, type TermSuggestion } from "../../registry/terms/suggest-mappings.ts";
import { type MissingTerm, termsToDecide, waitingWords } from "../../registry/terms/waiting-words.ts";
import type { CommandContext } from "../context.ts";
import { printable } from "../printable.ts";

/** Number of aids with a word, and of other aids, whose texts are compared. */
const aidsRead = 60;

/** Lists the words without a decision, as the last complete run of each connector found them. */
export async function listMissingTerms(context: CommandContext, ids: readonly string[], flags: { json?: true }): Promise<void> {
  const { terminal, withCatalogue } = context;
  const missing = await withCatalogue((catalogue, { clock }) => missingTermsOf(context, catalogue, ids, clock.now()));
  if (flags.json) return terminal.out(JSON.stringify(missing, null, 2));
  if (missing.length === 0) terminal.out("no words to map");
  for (const { connector, vocabulary, term, count } of missing)
    terminal.out(`${String(count).padStart(6)}  ${connector}  ${vocabulary}  ${JSON.stringify(term)}`);
  const words = waitingWords(missing).length;
  if (words > 0) terminal.err(`${words} ${words === 1 ? "word" : "words"} to map; a word that is spelled in several ways counts once`);
}

/** Suggests meanings of words without a decision, with certainty and reasons. */
export async function suggestMeanings(
  context: CommandContext,
  { connector, limit, json }: { connector?: string; limit: number; json?: true },
): Promise<void> {
  const { terminal } = context;
  const known = await readDecidedTerms(context.folders);
  await context.withCatalogue(async (catalogue, { clock }) => {
    const missing = await missingTermsOf(context, catalogue, connector === undefined ? [] : [connector], clock.now());
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
  if (closed === undefined) return []; // organisations and territories have no list of terms
  return suggestMappings(closed, term, known, await catalogue.words.texts(connector, [vocabulary, term], aidsRead));
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

/** Returns words without a decision from the last whole feed of the named connectors, or of all, the most frequent first. */
async function missingTermsOf(
  context: CommandContext,
  { overview, setAsides }: Catalogue,
  ids: readonly string[],
  now: Date,
): Promise<readonly MissingTerm[]> {
  const named = await namedConnectors(context, ids);
  const missing = termsToDecide(await overview.lastUnmapped(), named, await setAsides.list(), parisDay(now));
  return [...missing].sort((a, b) => b.count - a.count || (a.term < b.term ? -1 : 1));
}

async function namedConnectors({ connectors, connector }: CommandContext, ids: readonly string[]): Promise<readonly LoadedConnector[]> {
  return ids.length === 0 ? (await connectors()).connectors : Promise.all(ids.map((id) => connector(id)));
}

/** Explains why a term of ours is suggested. */
function evidenceMessage(evidence: Evidence): string {
  switch (evidence.code) {
    case "same-words":
      return `the same words at ${evidence.connectors.join(", ")}`;
    case "synonym":
      return `"${evidence.word}" is a synonym`;
    case "label":
      return `${evidence.shared.join(", ")} in "${evidence.label}"`;
    case "like-another":
      return `like "${evidence.term}" at ${evidence.connector}`;
    case "aids-speak-of-it":
      return `${percent(evidence.share)} of ${evidence.aids} aids with it mention the term, ${percent(evidence.usual)} of others`;
  }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
