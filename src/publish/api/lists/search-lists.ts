import type { NamedKind, NamedNumber } from "../../../catalogue/published/named-number-repository.ts";
import { synonymLists } from "../../../catalogue/search/synonym-lists.ts";
import { siteNumber } from "../../exports/numbers/term-numbers.ts";
import { licencesOf } from "../aids/may-read.ts";
import type { ApiAnswer, ApiRoute, ApiVisit } from "../api-route.ts";
import { siteLists } from "../parameters/known-names.ts";
import { readParameters, single } from "../parameters/parameter.ts";
import { yesOrNo } from "../parameters/read-values.ts";
import { namedLike, nameSearch } from "./name-search.ts";
import { emptyList, listParameters, pagedList } from "./paged-list.ts";

const always = "Tous les porteurs d’ici ont une aide publiée : false n’en donne aucun.";
const backerParameters = {
  q: nameSearch("Mots du nom d’un porteur ; chacun est un début de mot.", "région bretagne"),
  hasAids: single({ name: "has_financed_aids", meaning: always, example: "true" }, yesOrNo),
  hasPublishedAids: single({ name: "has_published_financed_aids", meaning: always, example: "true" }, yesOrNo),
  ...listParameters,
};
const nameParameters = { q: nameSearch("Mots du nom ; chacun est un début de mot.", "petites villes"), ...listParameters };

/** Routes that list the names in live aids, with the numbers and slugs that filters accept. */
export const searchRoutes: readonly ApiRoute[] = [
  {
    path: "/api/backers/",
    name: "list-backers",
    summary: "Porteurs d’aides : identifiants pour backer_ids",
    parameters: Object.values(backerParameters),
    changesWith: "catalogue",
    answer: backers,
  },
  {
    path: "/api/backer-groups/",
    name: "list-backer-groups",
    summary: "Groupes de porteurs : il n’y en a pas ici, la liste est vide",
    parameters: Object.values(listParameters),
    changesWith: "code",
    answer: (visit) => emptyList(visit, listParameters),
  },
  {
    path: "/api/programs/",
    name: "list-programs",
    summary: "Programmes des aides : identifiants pour programs",
    parameters: Object.values(nameParameters),
    changesWith: "catalogue",
    answer: (visit) => named(visit, "program"),
  },
  {
    path: "/api/project-references/",
    name: "list-project-references",
    summary: "Projets référents des aides : identifiants pour project_reference_id",
    parameters: Object.values(nameParameters),
    changesWith: "catalogue",
    answer: (visit) => named(visit, "project-reference"),
  },
  {
    path: "/api/project-reference-categories/",
    name: "list-project-reference-categories",
    summary: "Familles de projets référents : il n’y en a pas ici, la liste est vide",
    parameters: Object.values(listParameters),
    changesWith: "code",
    answer: (visit) => emptyList(visit, listParameters),
  },
  {
    path: "/api/synonymlists/classic-list/",
    name: "list-classic-synonymlists",
    summary: "Noms des listes de synonymes, en un tableau",
    parameters: [],
    changesWith: "code",
    answer: () => ({ json: JSON.stringify(synonymLists.map(({ number, name }) => ({ id: number, text: name }))) }),
  },
  {
    path: "/api/synonymlists/",
    name: "list-synonymlists",
    summary: "Synonymes que keyword cherche aussi",
    parameters: Object.values(nameParameters),
    changesWith: "code",
    answer: synonyms,
  },
];

async function backers(visit: ApiVisit): Promise<ApiAnswer> {
  const { query, services, access, position } = visit;
  const asked = readParameters(backerParameters, query);
  const names = asked.hasAids === false || asked.hasPublishedAids === false ? [] : await services.backerNames.of(access.scope, position);
  const isAsked = namedLike(asked.q);
  const found = [...names.filter(({ slug }) => isAsked(slug))].sort((a, b) => b.aids - a.aids || (a.slug < b.slug ? -1 : 1));
  const [page, size] = [asked.page ?? 1, asked.itemsPerPage ?? 50];
  const slugs = found.slice((page - 1) * size, page * size).map(({ slug }) => slug);
  const sirens = await services.catalogue.published.backerSirens(slugs);
  const numbers = new Map(
    (await services.catalogue.namedNumbers.bySlug("backer", slugs)).map((one) => [one.slug, numberOf("backer", one)]),
  );
  return pagedList(visit, backerParameters, asked, found, ({ slug, name, aids }) => {
    const number = siteNumber("backers", slug) ?? numbers.get(slug) ?? null;
    const id = number === null ? slug : `${number}-${slug}`;
    return { id, number, slug, text: name, name, perimeter: null, logo: null, group: null, siren: sirens.get(slug) ?? null, aids };
  });
}

async function named(visit: ApiVisit, kind: NamedKind): Promise<ApiAnswer> {
  const asked = readParameters(nameParameters, visit.query);
  const isAsked = namedLike(asked.q);
  const names = await visit.services.catalogue.namedNumbers.live(kind, licencesOf(visit.access.scope));
  const found = names.filter(({ slug }) => isAsked(slug));
  return pagedList(visit, nameParameters, asked, found, (one) => ({
    id: numberOf(kind, one),
    slug: one.slug,
    name: one.name,
    perimeter: null,
    ...(kind === "project-reference" && { projectReferenceCategory: null }),
  }));
}

function numberOf(kind: NamedKind, { slug, number, siteNumber: learned }: NamedNumber): number {
  return siteNumber(siteLists[kind], slug) ?? learned ?? number;
}

function synonyms(visit: ApiVisit): ApiAnswer {
  const asked = readParameters(nameParameters, visit.query);
  const isAsked = namedLike(asked.q);
  const found = synonymLists.filter((list) => [list.name, ...list.words].some(isAsked));
  return pagedList(visit, nameParameters, asked, found, ({ number, name, words: synonymsOfList }) => ({
    id: `${number}-synonyms-${name}`,
    number,
    text: synonymsOfList.join(", "),
    name,
    synonyms: synonymsOfList,
  }));
}
