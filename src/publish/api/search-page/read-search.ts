import { leavesOutUnclassified, type PublishedFilter } from "../../../catalogue/published/published-condition.ts";
import { type Keyword, readKeyword } from "../../../catalogue/search/read-keyword.ts";
import { meantWord, unlistedWords } from "../../../catalogue/search/read-misspelt.ts";
import { emptyWords } from "../../../catalogue/search/synonym-lists.ts";
import { comparableText } from "../../../model/text/comparable-text.ts";
import { type Slug, vocabularies } from "../../../model/vocabularies.ts";
import { licencesOf, publicStateOf } from "../aids/may-read.ts";
import type { AskedRecord } from "../aids/records.ts";
import { currentSources } from "../aids/sources.ts";
import type { ApiVisit } from "../api-route.ts";
import { type FollowedRecord, parsedRecord } from "../follow/followed-records.ts";
import { type AskedClasses, readClasses } from "./class-filters.tsx";
import { type Commune, findCommunes } from "./find-commune.ts";
import { type Coverage, readCoverage } from "./read-coverage.ts";
import { readWarnings, type Warnings } from "./read-warnings.ts";

/** An aid found, with what the commune must check. */
export interface FoundAid {
  readonly record: FollowedRecord;
  readonly warnings: Warnings;
}

/** A search of somebody in a town hall, as its address has it. */
export interface AskedSearch {
  /** The commune as typed: a code or a name. */
  readonly place: string;
  /** Their project in their own words. */
  readonly project: string;
  readonly audience: Slug<"targetedAudiences">;
  readonly classes: AskedClasses;
  /** From 1. */
  readonly page: number;
}

/** The result of a search. */
export interface SearchResult {
  readonly asked: AskedSearch;
  /** The communes that the text can mean; one if it is clear. */
  readonly communes: readonly Commune[];
  /** Null without a clear commune. */
  readonly found: FoundAids | null;
}

/** Aids found for a commune. */
interface FoundAids {
  /** Number of aids about the project: all its words, or their synonyms. */
  readonly count: number;
  /** Number of further aids that may match the filters and are not classified yet. */
  readonly unclassified: number;
  /** A page of them. */
  readonly aids: readonly FoundAid[];
  /** Misspelt words of the project that the search corrected. */
  readonly corrections: readonly Correction[];
  /** The project names a grant on which the préfecture decides. */
  readonly asksPrefecture: boolean;
  /** The project has only words that can be said of every project, so all aids are found. */
  readonly isVague: boolean;
  /** Aids with some of the words. Only if all others are on one page. */
  readonly close: readonly FoundAid[];
  /** Aids that help to prepare a project of its themes there. Only if nothing else was found; empty if none does. */
  readonly helpers: readonly FoundAid[];
  /** Some of the aids whose description mentions the project once. Only with the first page. */
  readonly inPassing: readonly FoundAid[];
  /** What the sources of these aids cover. */
  readonly coverage: Coverage;
}

/** Aids per page, and the number of pages. */
export const aidsPerPage = 20;
const maxPage = 50;
/** Longest texts, in characters. */
const maxText = 200;
/** Maximum number of aids with some of the words, and of engineering aids. */
const maxClose = 5;
const maxHelpers = 5;

/** Reads a search from an address. Unknown values are ignored, because the form shows the values in use. */
function readAsked(query: URLSearchParams): AskedSearch {
  const audience = vocabularies.targetedAudiences.find(({ slug }) => slug === query.get("pour"))?.slug ?? "commune";
  const page = Number(query.get("page") ?? 1);
  return {
    place: textOf(query, "commune"),
    project: textOf(query, "projet"),
    audience,
    classes: readClasses(query),
    page: Number.isInteger(page) && page >= 1 && page <= maxPage ? page : 1,
  };
}

function textOf(query: URLSearchParams, name: string): string {
  return (query.get(name) ?? "")
    .replace(/\p{Cc}/gu, " ")
    .trim()
    .slice(0, maxText);
}

/** Finds open aids for a project of a commune. */
export async function searchAids(visit: ApiVisit): Promise<SearchResult> {
  const asked = readAsked(visit.query);
  const communes = findCommunes(asked.place);
  const [commune] = communes;
  return { asked, communes, found: commune === undefined || communes.length > 1 ? null : await findAids(visit, asked, commune) };
}

async function findAids(visit: ApiVisit, asked: AskedSearch, commune: Commune): Promise<FoundAids> {
  const { published } = visit.services.catalogue;
  const own = { scale: "commune", code: commune.code, name: commune.name } as const;
  const territories = [own, ...commune.basins];
  const there: PublishedFilter = { licences: licencesOf(visit.access.scope), notExpiredOn: visit.day, territories };
  const forThem: PublishedFilter = { ...there, audiences: [asked.audience], ...asked.classes };
  const written = withoutGrants(withoutPlace(asked.project, commune).replace(saidOfAll, " "));
  const corrections = await readCorrections(visit, written);
  const telling = written.replace(anyWord, (word) => corrections.find((one) => one.written === word)?.read ?? word);
  const keyword = tellsProject(telling) ? readKeyword(telling, true) : null;
  const wanted: PublishedFilter = { ...forThem, ...(keyword !== null && { keyword, mention: "about" }) };
  const passing: PublishedFilter = { ...wanted, mention: "in-passing" };
  const [count, picked, coverage, inPassing] = await Promise.all([
    published.count(wanted),
    published.pick(wanted, "relevance", { limit: aidsPerPage, offset: (asked.page - 1) * aidsPerPage }),
    readCoverage(visit, commune),
    keyword === null || asked.page > 1 ? [] : published.pick(passing, "published", { limit: maxClose, offset: 0 }),
  ]);
  const some = count < aidsPerPage && keyword !== null ? await published.closest({ ...forThem, keyword }, count + maxClose) : [];
  const known = new Set([...picked, ...inPassing].map(({ aidId }) => aidId));
  const close = some.filter(({ aidId }) => !known.has(aidId)).slice(0, maxClose);
  const help = count + close.length + inPassing.length === 0 && keyword !== null ? await pickHelpers(visit, forThem, keyword) : [];
  const unclassified = leavesOutUnclassified(wanted) ? await published.count({ ...wanted, unclassified: "only" }) : 0;
  if (count === 0) visit.services.misses.note({ keyword: asked.project, perimeterId: [own] }, visit.now);
  return {
    count,
    unclassified,
    corrections,
    asksPrefecture: asked.project.search(stateGrants) >= 0,
    isVague: keyword === null && asked.project !== "",
    aids: await foundAids(visit, picked, commune),
    close: await foundAids(visit, close, commune),
    helpers: await foundAids(visit, help, commune),
    inPassing: await foundAids(visit, inPassing, commune),
    coverage,
  };
}

/** Picks engineering aids in the themes of the project: the categories of aids anywhere that come close to its words. */
async function pickHelpers(visit: ApiVisit, forThem: PublishedFilter, keyword: Keyword): Promise<readonly AskedRecord[]> {
  const { published } = visit.services.catalogue;
  // Only words of our lists tell a theme.
  const anyOf = keyword.anyOf.filter((group) => group.some(({ synonyms }) => synonyms.length > 0));
  const elsewhere = await published.closest({ licences: forThem.licences, keyword: { ...keyword, anyOf } }, maxClose);
  const categories = await published.sharedCategories(elsewhere.map(({ aidId }) => aidId));
  if (categories.length === 0) return [];
  return published.pick({ ...forThem, types: engineering, categories }, "published", { limit: maxHelpers, offset: 0 });
}

/** Types of aid that help to prepare a project. */
const engineering = vocabularies.aidTypes.filter(({ group }) => group === "engineering").map(({ slug }) => slug);

/** Returns the aids with these numbers that may be read, in this order. */
export async function selectedAids(visit: ApiVisit, numbers: readonly number[]): Promise<readonly FoundAid[]> {
  const known = await Promise.all(numbers.map((number) => visit.services.catalogue.publishedChanges.find({ number })));
  const live = known.flatMap((aid) => {
    if (aid === null || aid.revision === null || publicStateOf(aid, visit.access.scope) !== "live") return [];
    return [{ aidId: aid.aidId, number: aid.number, revision: aid.revision }];
  });
  return foundAids(visit, live, null);
}

/** A misspelt word of a project, and the word that the search reads instead. */
interface Correction {
  readonly written: string;
  readonly read: string;
}

const anyWord = /[\p{L}\p{N}]+/gu;

/** Corrects the words that no aid contains and that are near a word of our lists. */
async function readCorrections({ services: { catalogue } }: ApiVisit, text: string): Promise<readonly Correction[]> {
  const unused = new Set(await catalogue.published.unusedWords(unlistedWords(text)));
  return (text.match(anyWord) ?? []).flatMap((written) => {
    const [word] = unlistedWords(written);
    const read = word !== undefined && unused.has(word) ? meantWord(word) : undefined;
    return read === undefined ? [] : [{ written, read }];
  });
}

/** Grants of the State on which the préfecture decides, and which no feed lists. */
const stateGrants = /(?<!\p{L})(?:DETR|DSIL|FIPD)(?!\p{L})/giu;

/** Returns a project without the names of these grants, if other words remain: the page says who decides on them. */
function withoutGrants(project: string): string {
  const rest = project.replace(stateGrants, " ");
  return tellsProject(rest) ? rest : project;
}

function tellsProject(text: string): boolean {
  return comparableText(text)
    .split(" ")
    .some((word) => word !== "" && !emptyWords.has(word));
}

/** Words that can be said of every project, and that tell none: « changer la chaudière », « une subvention pour ma commune ». */
const saidOfAll =
  /(?<![\p{L}-])(?:refaire|faire|restaurer|passer|reprendre|créer|creer|construire|aménager|amenager|mise|normes?|futur(?:e|s|es)?|nouve(?:au|aux|lle|lles)|changer|remplacer|installer|acheter|réparer|mettre|planter|poser|sauver|aide[rs]?|subventions?|financ(?:er?|ements?)|projets?|communes?|villages?|payer?|paie|obtenir|demander|cherch(?:er?|ons)|besoin|voudr(?:ais|ions)|peu[tx]|peut-on|faut|quelles?|quels?)(?![\p{L}-])/giu;

/** Returns the project without the name of its place, if other words remain: « jardins partagés à Lomme ». */
function withoutPlace(project: string, { name, part }: Commune): string {
  const apart = "[^\\p{L}\\p{N}]+";
  const places = [name, ...(part === null ? [] : [part])].map((place) => comparableText(place).split(" ").join(apart));
  const named = new RegExp(`(?<![\\p{L}\\p{N}])(?:${places.join("|")})(?![\\p{L}\\p{N}])`, "giu");
  const rest = project.normalize("NFKD").replace(/\p{M}/gu, "").replace(named, " ");
  return comparableText(rest) === "" ? project : rest;
}

/** Reads aids without people, in this order. */
async function foundAids(visit: ApiVisit, asked: readonly AskedRecord[], commune: Commune | null): Promise<readonly FoundAid[]> {
  const records = await visit.services.records.of(asked, await currentSources(visit.services), visit);
  return asked.flatMap(({ aidId }) => {
    const json = records.get(aidId);
    if (json === undefined) return [];
    const record = parsedRecord(json);
    return [{ record, warnings: readWarnings(record, commune) }];
  });
}
