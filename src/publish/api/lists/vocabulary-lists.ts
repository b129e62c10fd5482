import { labelOf, type Term, vocabularies } from "../../../model/vocabularies.ts";
import { siteLabelOf } from "../../exports/aides-territoires-record.ts";
import { type NumberedVocabulary, termNumber } from "../../exports/numbers/term-numbers.ts";
import type { ApiAnswer, ApiRoute, ApiVisit } from "../api-route.ts";
import { listedVocabularies } from "../parameters/listed-vocabularies.ts";
import { readParameters, single } from "../parameters/parameter.ts";
import { termOf } from "../parameters/read-values.ts";
import { namedLike, nameSearch } from "./name-search.ts";
import { pagedList, termListParameters } from "./paged-list.ts";

const groupNames: Readonly<Record<string, string>> = {
  collectivity: "Collectivités",
  other: "Autres bénéficiaires",
  financial: "Aide financière",
  engineering: "Aide en ingénierie",
};

/** Slugs of the groups of types on Aides-territoires (`SLUG_FINANCIAL` and `SLUG_TECHNICAL` of its `AidTypeGroup.php`). */
const siteGroupSlugs: Readonly<Record<string, string>> = { financial: "financial-group", engineering: "technical-group" };

/** Parameters of the list of categories. */
const categoryParameters = {
  q: nameSearch("Mots du nom ; chacun est un début de mot.", "eau"),
  theme: single(
    { name: "category_theme_id", meaning: "Famille : numéro ou slug de /api/themes/.", example: "fonctions-support" },
    termOf("themes"),
  ),
  ...termListParameters,
};

/** One route for each list of filter terms. */
export const vocabularyRoutes: readonly ApiRoute[] = Object.entries(listedVocabularies).map(([path, { vocabulary, ...described }]) => ({
  ...described,
  path: `/api/aids/${path}/`,
  name: `list-${path}`,
  parameters: Object.values(vocabulary === "categories" ? categoryParameters : termListParameters),
  changesWith: "code",
  answer: (visit) => (vocabulary === "categories" ? categoryList(visit) : wholeList(visit, vocabulary)),
}));

function categoryList(visit: ApiVisit): ApiAnswer {
  const asked = readParameters(categoryParameters, visit.query);
  const isAsked = namedLike(asked.q);
  const all: readonly Term[] = vocabularies.categories;
  const found = all.filter(({ label, theme }) => isAsked(label) && theme === (asked.theme ?? theme));
  return pagedList(visit, categoryParameters, asked, found, (term) => recordOf(term, "categories"));
}

function wholeList(visit: ApiVisit, vocabulary: NumberedVocabulary): ApiAnswer {
  const asked = readParameters(termListParameters, visit.query);
  const terms: readonly Term[] = vocabularies[vocabulary];
  return pagedList(visit, termListParameters, asked, terms, (term) => recordOf(term, vocabulary));
}

function recordOf({ slug, group, theme }: Term, vocabulary: NumberedVocabulary): Record<string, unknown> {
  const record = named(slug, siteLabelOf(vocabulary, slug), vocabulary);
  if (vocabulary === "themes") return { ...record, categories: categoriesOf(slug) };
  if (group !== undefined) {
    const name = groupNames[group] ?? group;
    const id = termNumber(vocabulary === "aidTypes" ? "aidTypeGroups" : "audienceGroups", group);
    return { ...record, group: { id, slug: group, name }, type: name, type_full: { id, slug: siteGroupSlugs[group] ?? group, name } };
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
