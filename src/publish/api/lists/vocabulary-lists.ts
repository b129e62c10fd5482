import { labelOf, type Term, vocabularies } from "../../../model/vocabularies.ts";
import { siteLabelOf } from "../../exports/aides-territoires-record.ts";
import { type NumberedVocabulary, termNumber } from "../../exports/numbers/term-numbers.ts";
import { envelope } from "../aids/envelope.ts";
import type { ApiAnswer, ApiRoute } from "../api-route.ts";
import { listedVocabularies } from "../parameters/listed-vocabularies.ts";

const groupNames: Readonly<Record<string, string>> = {
  collectivity: "Collectivités",
  other: "Autres bénéficiaires",
  financial: "Aide financière",
  engineering: "Aide en ingénierie",
};

/** One route for each list of filter terms. */
export const vocabularyRoutes: readonly ApiRoute[] = Object.entries(listedVocabularies).map(([path, { vocabulary, ...described }]) => ({
  ...described,
  path: `/api/aids/${path}/`,
  name: `list-${path}`,
  parameters: [],
  changesWith: "code",
  answer: () => listOf(vocabulary),
}));

function listOf(vocabulary: NumberedVocabulary): ApiAnswer {
  const terms: readonly Term[] = vocabularies[vocabulary];
  return envelope({
    count: terms.length,
    previous: null,
    next: null,
    records: terms.map((term) => JSON.stringify(recordOf(term, vocabulary))),
  });
}

function recordOf({ slug, group, theme }: Term, vocabulary: NumberedVocabulary): Record<string, unknown> {
  const record = named(slug, siteLabelOf(vocabulary, slug), vocabulary);
  if (vocabulary === "themes") return { ...record, categories: categoriesOf(slug) };
  if (group !== undefined) {
    const name = groupNames[group] ?? group;
    const list = vocabulary === "aidTypes" ? "aidTypeGroups" : "audienceGroups";
    return { ...record, group: { id: termNumber(list, group), slug: group, name }, type: name };
  }
  if (theme === undefined) return record;
  const name = labelOf("themes", theme);
  return { ...record, theme: { slug: theme, name }, category_theme: named(theme, name, "themes") };
}

function categoriesOf(theme: string): readonly object[] {
  return vocabularies.categories.filter((category) => category.theme === theme).map(({ slug, label }) => named(slug, label, "categories"));
}

/** As on Aides-territoires, the id is a number for categories and themes, and the slug for the other lists. */
function named(slug: string, name: string, vocabulary: NumberedVocabulary) {
  const number = termNumber(vocabulary, slug);
  const isNumbered = vocabulary === "categories" || vocabulary === "themes";
  return { id: isNumbered ? number : slug, number, slug, name };
}
