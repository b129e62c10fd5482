import type { TermFileName, TermLookup } from "../../kit/rules/rule-context.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";

/** Words of older versions of the site that no vocabulary of ours lists, folded. */
const olderWords: Partial<Record<TermFileName, Readonly<Record<string, readonly string[]>>>> = {
  importShareLicence: { inconnu: ["unknown"] },
};

/**
 * Looks a label of Aides-territoires up: among ours, then among older ones; a category also without its theme, which stands before it, parted by `|`
 * (until 2023) or by ` / ` (since), a separator that themes and categories contain themselves.
 * @param own our own labels and slugs
 */
export function siteTerms(own: TermLookup): TermLookup {
  return {
    targetsOf(file, term) {
      const known = own.targetsOf(file, term) ?? olderWords[file]?.[foldTerm(term)];
      return known === undefined && file === "categories" ? withoutTheme(term, own) : known;
    },
  };
}

/** The longest end of the label that is a category. */
function withoutTheme(label: string, own: TermLookup): readonly string[] | undefined {
  for (const { index, 0: separator } of label.matchAll(/\||\s\/\s/g)) {
    const targets = own.targetsOf("categories", label.slice(index + separator.length));
    if (targets !== undefined) return targets;
  }
  return undefined;
}
