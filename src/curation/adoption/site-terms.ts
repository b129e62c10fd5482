import type { TermFileName, TermLookup } from "../../kit/rules/rule-context.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";

/** Words of older versions of the site that our vocabularies lack, folded. */
const olderWords: Partial<Record<TermFileName, Readonly<Record<string, readonly string[]>>>> = {
  importShareLicence: { inconnu: ["unknown"] },
};

/**
 * Looks up a label of Aides-territoires among our labels, then among older ones. A category may follow its theme, separated by `|` (until
 * 2023) or ` / ` (since), which themes and categories contain too. `own`: our labels and slugs.
 */
export function siteTerms(own: TermLookup): TermLookup {
  return {
    targetsOf(file, term) {
      const known = own.targetsOf(file, term) ?? olderWords[file]?.[foldTerm(term)];
      return known === undefined && file === "categories" ? withoutTheme(term, own) : known;
    },
  };
}

/** Returns the longest ending of the label that is a category. */
function withoutTheme(label: string, own: TermLookup): readonly string[] | undefined {
  for (const { index, 0: separator } of label.matchAll(/\||\s\/\s/g)) {
    const targets = own.targetsOf("categories", label.slice(index + separator.length));
    if (targets !== undefined) return targets;
  }
  return undefined;
}
