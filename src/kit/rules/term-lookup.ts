import { type Term, type VocabularyName, vocabularies, vocabularyNames } from "../../model/vocabularies.ts";
import { foldTerm } from "../values/text/clean-text.ts";
import { readAudiences } from "../values/text/read-audiences.ts";
import type { TableLookup, TermFileName, TermTable, TermTables } from "./rule-context.ts";

/**
 * Returns a lookup in the tables, then in our labels and slugs. Older feeds write slugs with an underscore: `public_org` for `public-org`.
 * Audiences are also read in the words of administrations: "communes et EPCI de moins de 20 000 habitants". Words that publishers use
 * differently ("collectivités") remain unknown.
 */
export function termLookup(tables: TermTables): TableLookup {
  const exact = (file: TermFileName, folded: string) => lookUp(tables.get(file) ?? [], ownTerms.get(file), folded);
  const phrases = new Map<string, readonly string[] | undefined>();
  const audiencesOf = (folded: string) => {
    if (phrases.has(folded)) return phrases.get(folded);
    if (phrases.size >= maxPhrases) phrases.clear();
    const reading = readAudiences(folded, (part) => exact("targetedAudiences", part));
    const audiences = reading?.isSure ? reading.audiences : undefined;
    phrases.set(folded, audiences);
    return audiences;
  };
  return {
    tables,
    targetsOf: (file, term) => {
      const folded = foldTerm(term);
      return exact(file, folded) ?? (file === "targetedAudiences" && !listSigns.test(folded) ? audiencesOf(folded) : undefined);
    },
  };
}

/** Signs at which rules split a text into labels. */
const listSigns = /[;,|]/;
/** Cache: a feed has few distinct phrases, each read many times. */
const maxPhrases = 5_000;

function lookUp(tables: readonly TermTable[], own: TermTable | undefined, folded: string): readonly string[] | undefined {
  for (const table of tables) {
    const targets = table.get(folded);
    if (targets !== undefined) return targets;
  }
  return own?.get(folded);
}

const ownTerms = new Map<TermFileName, TermTable>(vocabularyNames.map((name) => [name, labelsAndSlugs(name)]));

function labelsAndSlugs(vocabulary: VocabularyName): TermTable {
  const table = new Map<string, readonly string[]>();
  const terms: readonly Term[] = vocabularies[vocabulary];
  for (const { slug, label, otherLabels = [] } of terms) {
    for (const spelling of [label, ...otherLabels, slug, slug.replaceAll("-", "_")]) table.set(foldTerm(spelling), [slug]);
  }
  return table;
}
