import { labelOf, type Term, type VocabularyName, vocabularies } from "../../../model/vocabularies.ts";
import { siteLabelOf } from "../../exports/aides-territoires-record.ts";
import { envelope } from "../aids/envelope.ts";
import type { ApiAnswer, ApiRoute } from "../route.ts";

const lists: readonly (readonly [path: string, vocabulary: VocabularyName, summary: string, ...otherPaths: string[]])[] = [
  ["audiences", "targetedAudiences", "Bénéficiaires"],
  ["types", "aidTypes", "Types d’aide"],
  ["steps", "mobilizationSteps", "États d’avancement du projet"],
  ["destinations", "destinations", "Natures de dépense"],
  ["recurrences", "recurrence", "Récurrences"],
  ["categories", "categories", "Thématiques", "/api/categories/"],
  ["themes", "themes", "Familles de thématiques", "/api/themes/"],
];

const groupNames: Readonly<Record<string, string>> = {
  collectivity: "Collectivités",
  other: "Autres bénéficiaires",
  financial: "Aides financières",
  engineering: "Aides en ingénierie",
};

/** One route for each list of filter terms. */
export const vocabularyRoutes: readonly ApiRoute[] = lists.map(([path, vocabulary, summary, ...otherPaths]) => ({
  path: `/api/aids/${path}/`,
  otherPaths,
  name: `list-${path}`,
  summary,
  parameters: [],
  changesWith: "code",
  answer: () => listOf(vocabulary),
}));

function listOf(vocabulary: VocabularyName): ApiAnswer {
  const terms: readonly Term[] = vocabularies[vocabulary];
  return envelope({
    count: terms.length,
    previous: null,
    next: null,
    records: terms.map((term) => JSON.stringify(recordOf(term, vocabulary))),
  });
}

function recordOf({ slug, group, theme }: Term, vocabulary: VocabularyName): Record<string, unknown> {
  const record = named(slug, siteLabelOf(vocabulary, slug));
  if (vocabulary === "themes") return { ...record, categories: categoriesOf(slug) };
  if (group !== undefined) {
    const name = groupNames[group] ?? group;
    return { ...record, group: { slug: group, name }, type: name };
  }
  if (theme === undefined) return record;
  const name = labelOf("themes", theme);
  return { ...record, theme: { slug: theme, name }, category_theme: named(theme, name) };
}

function categoriesOf(theme: string): readonly object[] {
  return vocabularies.categories.filter((category) => category.theme === theme).map(({ slug, label }) => named(slug, label));
}

function named(slug: string, name: string) {
  return { id: slug, slug, name };
}
