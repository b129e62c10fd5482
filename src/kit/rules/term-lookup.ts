import { type Term, type VocabularyName, vocabularies, vocabularyNames } from "../../model/vocabularies.ts";
import { foldTerm } from "../values/text/clean-text.ts";
import type { TableLookup, TermFileName, TermTable, TermTables } from "./rule-context.ts";

/**
 * Returns a lookup in the tables, then in our labels and slugs. Older feeds write slugs with an underscore: `public_org` for `public-org`.
 */
export function termLookup(tables: TermTables): TableLookup {
  return { tables, targetsOf: (file, term) => lookUp(tables.get(file) ?? [], ownTerms.get(file), foldTerm(term)) };
}

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
