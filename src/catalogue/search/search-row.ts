import type { Aid, AidContent } from "../../model/aid/aid.ts";
import { aidSlug } from "../../model/aid/aid-slug.ts";
import { wholeContent } from "../../model/aid/filled-content.ts";
import { missingForPublication } from "../../model/aid/publishable.ts";
import { shownContent } from "../../model/aid/shown-value.ts";
import type { StoredAid } from "../../model/plan/plan.ts";
import { backerSlug } from "../../model/publisher/backer-slug.ts";
import type { Perimeter } from "../../model/territories/perimeter.ts";
import { territoriesAround } from "../../model/territories/perimeters.ts";
import { comparableLink } from "../../model/text/comparable-link.ts";
import { comparableText } from "../../model/text/comparable-text.ts";
import { pageKeys, pageTitles } from "../../model/text/page-title.ts";
import { contentWithoutPeople } from "../../privacy/without-people-in-aid.ts";
import { indexWords, linkWords, pageWord, withheldWord } from "./search-words.ts";

/**
 * The standings of aids: status, withdrawal and scope in one value, for lists. `live`: on the site. `review`: in review. `out-of-scope`:
 * not published and not for our audiences.
 */
export const searchStandings = ["live", "review", "out-of-scope", "withdrawn", "draft", "deleted", "merged"] as const;

export type SearchStanding = (typeof searchStandings)[number];

/** The columns of an aid that the index is built from. */
export interface SearchSource {
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  readonly status: Aid["status"];
  readonly withdrawnAt: string | null;
  readonly siteUrl: string | null;
  readonly imported: Partial<AidContent>;
  readonly kept: StoredAid["kept"];
  readonly edits: StoredAid["edits"];
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
  const missing = missingForPublication(content);
  const marked = [...missing.map((field) => `/m/${field}`), ...linkWords(linksOf(aid, content)), ...pageWordsOf(content)];
  return {
    aid_id: aid.aidId,
    connector: aid.connector,
    title: content.name,
    words: [...wordsOfAid(aid.externalId, content), ...marked].sort(),
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
    slug: aidSlug({ aidId: aid.aidId, name: content.name }),
    created_at: aid.createdAt,
    updated_at: aid.updatedAt,
  };
}

function standingOf({ status, withdrawnAt }: SearchSource, { outOfScope }: AidContent): SearchStanding {
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
 * `not:scale:code` for exclusions. With these keys, one lookup is enough.
 */
function territoriesOf({ perimeters, perimeterExclusions }: AidContent): string[] {
  const around = perimeters.flatMap((territory) => territoriesAround(territory).map(keyOf));
  return [
    ...new Set([
      ...perimeters.map(keyOf),
      ...around.map((key) => `in:${key}`),
      ...perimeterExclusions.map((territory) => `not:${keyOf(territory)}`),
    ]),
  ];
}

function keyOf({ scale, code }: Pick<Perimeter, "scale" | "code">): string {
  return `${scale}:${code}`;
}

/** Number of indexed characters of the description. */
const searched = 2000;

/** Returns the distinct names of organisations that finance or run an aid. */
function organisationsOf({ financers, instructors }: Pick<AidContent, "financers" | "instructors">): string[] {
  return [...new Set([...financers, ...instructors].map(({ name }) => name))];
}

/**
 * Returns the words of an aid's texts. Prefixes: `/o/…` organisations, `/b/…` slugs and SIREN of backers, `/t/…` title. Words that occur
 * only in names and addresses of people are marked as not public.
 */
function wordsOfAid(externalId: string, content: AidContent): string[] {
  const whole = searchedOf(content);
  const open = searchedOf(contentWithoutPeople(wholeContent(whole), "leave-out"));
  const all = wordsIn(externalId, whole);
  const ofTitle = indexWords(open.name, "/t/");
  if (JSON.stringify(open) === JSON.stringify(whole)) return [...all, ...ofTitle];
  const anybodys = new Set(wordsIn(externalId, open));
  return [...anybodys, ...ofTitle, ...all.filter((word) => !anybodys.has(word)).map(withheldWord)];
}

type Searched = Pick<AidContent, "name" | "nameInitial" | "shortTitle" | "description" | "financers" | "instructors">;

function searchedOf({ name, nameInitial, shortTitle, description, financers, instructors }: AidContent): Searched {
  return { name, nameInitial, shortTitle, description, financers, instructors };
}

function wordsIn(externalId: string, content: Searched): string[] {
  const { name, nameInitial, shortTitle, description, financers, instructors } = content;
  const organisations = organisationsOf(content);
  const beginning = (description ?? "").slice(0, searched);
  const text = [name, nameInitial, shortTitle, externalId, ...organisations, beginning].filter(Boolean).join(" ");
  const backers = [...financers, ...instructors].flatMap(({ name: backer, siren }) => [backerSlug(backer), siren ?? ""]).filter(Boolean);
  return [...new Set([...indexWords(text), ...indexWords(organisations.join(" "), "/o/"), ...backers.map((backer) => `/b/${backer}`)])];
}
