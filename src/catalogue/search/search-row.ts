import { type AidContent, aidFields } from "../../model/aid/aid.ts";
import { aidSlug, siteNumberOf } from "../../model/aid/aid-slug.ts";
import { wholeContent } from "../../model/aid/filled-content.ts";
import { missingForDescription } from "../../model/aid/publishable.ts";
import { shownContent, shownValue } from "../../model/aid/shown-value.ts";
import { changeKey } from "../../model/compare/change-key.ts";
import type { StoredAid } from "../../model/plan/plan.ts";
import { backerSlug } from "../../model/publisher/backer-slug.ts";
import { placeKey } from "../../model/territories/perimeter.ts";
import { inToday, samePlaces, territoriesAround } from "../../model/territories/perimeters.ts";
import { comparableLink } from "../../model/text/comparable-link.ts";
import { comparableText } from "../../model/text/comparable-text.ts";
import { pageKeys, pageTitles } from "../../model/text/page-title.ts";
import { labelOf } from "../../model/vocabularies.ts";
import { contentWithoutPeople } from "../../privacy/without-people-in-aid.ts";
import type { AidRow } from "../aids/aid-row.ts";
import { indexWords, lexemes, linkWords, pageWord, positionsIn, withheldWord } from "./search-words.ts";
import { withoutPlural } from "./synonym-lists.ts";

/**
 * The standings of aids: status, withdrawal and scope in one value, for lists. `live`: on the site. `review`: in review. `out-of-scope`:
 * not published and not for our audiences.
 */
export const searchStandings = ["live", "review", "out-of-scope", "withdrawn", "draft", "deleted", "merged"] as const;

export type SearchStanding = (typeof searchStandings)[number];

/** The columns of an aid that the index is built from. */
export interface SearchSource extends AidRow {
  readonly siteUrl: string | null;
  readonly proposals: StoredAid["proposals"];
  readonly createdAt: string;
  readonly updatedAt: string;
  /** First publication. Null: never. */
  readonly publishedAt: string | null;
}

/**
 * Returns the row of `aid_search` by column, and the slug, which is stored in another table. The words also contain the missing fields as
 * `/m/…`, so that one index is enough.
 */
export function searchRowOf(aid: SearchSource) {
  const content = shownContent(aid);
  const missing = missingForDescription(content);
  const { words, open } = wordsOfAid(aid.externalId, content);
  const categoryNames = content.categories.map((category) => labelOf("categories", category)).join(" ");
  const marked = [...missing.map((field) => `/m/${field}`), ...linkWords(linksOf(aid, content)), ...pageWordsOf(content)];
  return {
    aid_id: aid.aidId,
    connector: aid.connector,
    title: content.name,
    words: lexemes([...words, ...marked], positionsIn(searchedTexts(aid.externalId, open))),
    ranked: [open.name, [open.shortTitle, open.nameInitial, ...organisationsOf(open)].join(" "), categoryNames].map(rankedText),
    named: aid.status === "published" ? namedIn(open) : [],
    status: aid.status,
    standing: standingOf(aid, content),
    deadline: content.submissionDeadline,
    territories: territoriesOf(content),
    categories: content.categories,
    audiences: content.targetedAudiences,
    types: content.aidTypes,
    organisations: organisationsOf(content),
    language: content.language ?? "fr",
    proposals: Object.keys(aid.proposals).length,
    changes: changesOf(aid),
    missing,
    steps: content.mobilizationSteps,
    destinations: content.destinations,
    recurrence: content.recurrence,
    european_aid: content.europeanAid,
    is_call: content.isCallForProject,
    is_charged: content.isCharged,
    start_date: content.startDate,
    source_updated_date: content.sourceUpdatedDate,
    licence: content.importShareLicence,
    published_at: aid.publishedAt,
    slug: aidSlug({ ...content, aidId: aid.aidId }),
    site_number: siteNumberOf(content),
    created_at: aid.createdAt,
    updated_at: aid.updatedAt,
  };
}

/** Returns the key of each proposal. */
function changesOf(aid: SearchSource): string[] {
  const layers = { imported: wholeContent(aid.imported), kept: aid.kept, edits: aid.edits };
  return aidFields
    .filter((field) => field in aid.proposals)
    .map((field) => changeKey(field, shownValue(layers, field), layers.imported[field]));
}

/** Returns the standing of an aid. */
export function standingOf(
  { status, withdrawnAt }: Pick<SearchSource, "status" | "withdrawnAt">,
  { outOfScope }: Pick<AidContent, "outOfScope">,
): SearchStanding {
  if (status === "merged" || status === "deleted") return status;
  if (withdrawnAt !== null) return "withdrawn";
  if (status === "draft") return "draft";
  if (status === "published") return "live";
  return outOfScope === null ? "review" : "out-of-scope";
}

/** Returns the displayed and imported links of an aid, and its address on the site. They are indexed as `/l/…`. */
function linksOf(
  { imported, siteUrl }: SearchSource,
  { originUrl, applicationUrl, importDataUrl }: AidContent,
): (string | null | undefined)[] {
  return [originUrl, applicationUrl, importDataUrl, imported.originUrl, imported.applicationUrl, siteUrl];
}

/** Returns the keys of an aid's titles, also of those in addresses of Aides-territoires. They are indexed as `/s/…`. */
function pageWordsOf({ name, nameInitial, originUrl, applicationUrl, importDataUrl }: AidContent): string[] {
  const pages = [originUrl, applicationUrl, importDataUrl].flatMap((url) => pageTitles(comparableLink(url ?? "") ?? ""));
  return [...new Set([comparableText(name), comparableText(nameInitial ?? ""), ...pages].flatMap(pageKeys).map(pageWord))];
}

/**
 * Returns the territory keys of an aid: `scale:code` for its territories, `in:scale:code` for the territories around them, and
 * `not:scale:code` for exclusions. With these keys, one lookup is enough. A former territory also has the keys of those that replace it.
 */
function territoriesOf({ perimeters, perimeterExclusions }: AidContent): string[] {
  const around = perimeters.flatMap(inToday).flatMap((territory) => territoriesAround(territory).map(placeKey));
  return [
    ...new Set([
      ...perimeters.flatMap(samePlaces).map(placeKey),
      ...around.map((key) => `in:${key}`),
      ...perimeterExclusions.flatMap(samePlaces).map((territory) => `not:${placeKey(territory)}`),
    ]),
  ];
}

/** Number of indexed characters of the description. */
const searched = 2000;

/** Returns the distinct names of organisations that finance or run an aid. */
function organisationsOf({ financers, instructors }: Pick<AidContent, "financers" | "instructors">): string[] {
  return [...new Set([...financers, ...instructors].map(({ name }) => name))];
}

type Searched = Pick<
  AidContent,
  "name" | "nameInitial" | "shortTitle" | "description" | "financers" | "instructors" | "programs" | "projectReferences"
>;

/**
 * Returns the words of an aid's texts, and the public part of these texts. Prefixes: `/o/…` organisations, `/b/…` slugs and SIREN of
 * backers, `/g/…` slugs of programmes, `/r/…` of project references. Words that occur only in names and addresses of people
 * are marked as not public.
 */
function wordsOfAid(externalId: string, content: AidContent): { readonly words: readonly string[]; readonly open: Searched } {
  const whole = searchedOf(content);
  const open = searchedOf(contentWithoutPeople(wholeContent(whole), "leave-out"));
  const all = wordsIn(externalId, whole);
  if (JSON.stringify(open) === JSON.stringify(whole)) return { words: all, open };
  const anybodys = new Set(wordsIn(externalId, open));
  return { words: [...anybodys, ...all.filter((word) => !anybodys.has(word)).map(withheldWord)], open };
}

function searchedOf(content: AidContent): Searched {
  const { name, nameInitial, shortTitle, description, financers, instructors, programs, projectReferences } = content;
  return { name, nameInitial, shortTitle, description, financers, instructors, programs, projectReferences };
}

/** Returns the texts whose words are indexed, in order. */
function searchedTexts(externalId: string, content: Searched): readonly string[] {
  const { name, nameInitial, shortTitle, description } = content;
  const beginning = (description ?? "").slice(0, searched);
  return [name, nameInitial, shortTitle, externalId, ...organisationsOf(content), beginning].filter(
    (text) => text !== null && text !== "",
  ) as string[];
}

function wordsIn(externalId: string, content: Searched): string[] {
  const { financers, instructors, programs, projectReferences } = content;
  const backers = [...financers, ...instructors].flatMap(({ name: backer, siren }) => [backerSlug(backer), siren ?? ""]).filter(Boolean);
  return [
    ...new Set([
      ...indexWords(searchedTexts(externalId, content).join(" ")),
      ...indexWords(organisationsOf(content).join(" "), "/o/"),
      ...backers.map((backer) => `/b/${backer}`),
      ...programs.map((program) => `/g/${backerSlug(program)}`),
      ...projectReferences.map((reference) => `/r/${backerSlug(reference)}`),
    ]),
  ];
}

/** Folds a text for ranking. PostgreSQL's French stemmer keeps the plural of many words ("vélos"), so we remove it first. */
function rankedText(text: string): string {
  return comparableText(text).split(" ").map(withoutPlural).join(" ");
}

/** Returns the public names of an aid that have numbers in the API. */
function namedIn({ financers, instructors, programs, projectReferences }: Searched) {
  const of = (kind: string, names: readonly string[]) =>
    names.map((name) => ({ kind, slug: backerSlug(name), name })).filter(({ slug }) => slug !== "");
  return [
    ...of("backer", organisationsOf({ financers, instructors })),
    ...of("program", programs),
    ...of("project-reference", projectReferences),
  ];
}
