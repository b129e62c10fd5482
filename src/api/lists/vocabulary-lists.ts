import { labelOf, type Term, type VocabularyName, vocabularies } from "../../aid/vocabularies.ts";
import { envelope } from "../aids/envelope.ts";
import type { ApiAnswer, ApiRoute } from "../route.ts";

const lists: readonly (readonly [path: string, vocabulary: VocabularyName, summary: string])[] = [
  ["audiences", "targetedAudiences", "Bénéficiaires"],
  ["types", "aidTypes", "Types d’aide"],
  ["steps", "mobilizationSteps", "États d’avancement du projet"],
  ["destinations", "destinations", "Natures de dépense"],
  ["recurrences", "recurrence", "Récurrences"],
  ["categories", "categories", "Thématiques"],
  ["themes", "themes", "Familles de thématiques"],
];

const groupNames: Readonly<Record<string, string>> = {
  collectivity: "Collectivités",
  other: "Autres bénéficiaires",
  financial: "Aides financières",
  engineering: "Aides en ingénierie",
};

/** The lists of terms that aids are filtered by, one address each. */
export const vocabularyRoutes: readonly ApiRoute[] = lists.map(([path, vocabulary, summary]) => ({
  path: `/api/aids/${path}/`,
  name: `list-${path}`,
  summary,
  parameters: [],
  changesWith: "code",
  answer: () => listOf(vocabulary),
}));

function listOf(vocabulary: VocabularyName): ApiAnswer {
  const terms: readonly Term[] = vocabularies[vocabulary];
  return envelope({ count: terms.length, previous: null, next: null, records: terms.map((term) => JSON.stringify(recordOf(term))) });
}

function recordOf({ slug, label, group, theme }: Term): Record<string, unknown> {
  return {
    id: slug,
    slug,
    name: label,
    ...(group !== undefined && { group: { slug: group, name: groupNames[group] ?? group } }),
    ...(theme !== undefined && { theme: { slug: theme, name: labelOf("themes", theme) } }),
  };
}
