import { ReadableStream } from "node:stream/web";
import { assumedPermanence } from "../../../french/open-until.ts";
import { readableText } from "../../../kit/values/html/readable-text.ts";
import { labelOf } from "../../../model/vocabularies.ts";
import { type CalendarEvent, writeCalendar } from "../../exports/calendar.ts";
import { byteOrderMark, frenchCsvLine } from "../../exports/french-csv.ts";
import type { ApiRoute, ApiVisit } from "../api-route.ts";
import { filterParameters } from "../parameters/filter-parameters.ts";
import { ApiProblem } from "../problem.ts";
import { type FollowedRecord, type FollowedSearch, followedSearch, parsedRecord } from "./followed-records.ts";
import { summaryOf, writeFeed } from "./write-atom-or-rss.ts";

/** Number of aids in a feed: the last published ones. */
const maxInFeed = 50;
/** Number of deadlines in a calendar: the nearest ones. */
const maxInCalendar = 1000;
/** Maximum number of aids in a file. Whoever wants more takes the nightly files. */
const maxInFile = 10_000;

/**
 * Routes to follow a search: the address of `/api/aids/` with another ending returns the same aids as Atom, RSS, calendar of deadlines, CSV
 * or JSON lines.
 */
export const followRoutes: readonly ApiRoute[] = [
  followRoute({
    ending: "atom",
    mediaType: "application/atom+xml",
    summary: "Une recherche à suivre dans un lecteur de flux (Atom) : ses 50 dernières aides publiées",
    write: (visit) => feedOf("atom", visit),
  }),
  followRoute({
    ending: "rss",
    mediaType: "application/rss+xml",
    summary: "Une recherche à suivre dans un lecteur de flux (RSS) : ses 50 dernières aides publiées",
    write: (visit) => feedOf("rss", visit),
  }),
  followRoute({
    ending: "ics",
    mediaType: "text/calendar",
    summary: "Les dates de clôture d’une recherche, pour un agenda (iCalendar) : les 1 000 prochaines",
    write: calendarOf,
  }),
  followRoute({
    ending: "csv",
    mediaType: "text/csv",
    summary: "Les aides d’une recherche en CSV, pour un tableur : 10 000 au plus",
    write: async (visit) => ReadableStream.from(tableOf(await searchForFile(visit))),
  }),
  followRoute({
    ending: "jsonl",
    mediaType: "application/jsonl",
    summary: "Les aides d’une recherche, une par ligne (JSON lines) : 10 000 au plus",
    write: async (visit) => ReadableStream.from(linesOf(await searchForFile(visit))),
  }),
];

interface FollowRoute {
  readonly ending: string;
  readonly mediaType: string;
  readonly summary: string;
  readonly write: (visit: ApiVisit) => Promise<string | ReadableStream>;
}

function followRoute({ ending, mediaType, summary, write }: FollowRoute): ApiRoute {
  const isFeed = mediaType.endsWith("+xml");
  const headers = {
    "content-type": `${mediaType}; charset=utf-8`,
    ...(!isFeed && { "content-disposition": `attachment; filename="aides.${ending}"` }),
  };
  return {
    path: `/api/aids.${ending}`,
    name: `follow-aids-${ending}`,
    summary,
    parameters: Object.values(filterParameters),
    mediaType,
    changesWith: "catalogue",
    answer: async (visit) => new Response(await write(visit), { headers }),
  };
}

async function feedOf(kind: "atom" | "rss", visit: ApiVisit): Promise<string> {
  const { services, query, now } = visit;
  const records = await collected(await followedSearch(visit), "published", maxInFeed);
  const changes = records.map(({ date_updated }) => Date.parse(date_updated));
  return writeFeed(kind, records, {
    title: titleOf(query),
    self: `${services.url}/api/aids.${kind}${searchOf(query)}`,
    page: `${services.url}/api/aids/${searchOf(query)}`,
    updated: changes.length === 0 ? now : new Date(Math.max(...changes)),
    addressOf: ({ id }) => `${services.url}/api/aids/by-id/${id}/`,
  });
}

async function calendarOf(visit: ApiVisit): Promise<string> {
  const records = await collected(await followedSearch(visit), "deadline", maxInCalendar);
  return writeDeadlines(records, { name: titleOf(visit.query), now: visit.now });
}

async function collected(search: FollowedSearch, order: "published" | "deadline", limit: number): Promise<readonly FollowedRecord[]> {
  const records: FollowedRecord[] = [];
  for await (const page of search.pages(order, limit)) records.push(...page.map(parsedRecord));
  return records;
}

/** Throws `ApiProblem` 400 if the search finds more aids than a file may have: it would otherwise be partial. */
async function searchForFile(visit: ApiVisit): Promise<FollowedSearch> {
  const search = await followedSearch(visit);
  if (search.count <= maxInFile) return search;
  const detail = `Cette recherche trouve ${search.count} aides, et un fichier en a ${maxInFile} au plus. Précisez-la, ou prenez les fichiers de la nuit : ${visit.services.url}/open-data/`;
  throw new ApiProblem(400, { kind: "wrong-parameters", detail });
}

async function* tableOf(search: FollowedSearch): AsyncGenerator<Uint8Array> {
  yield Buffer.from(tableHead);
  for await (const page of search.pages("published", maxInFile)) {
    yield Buffer.from(page.map((json) => tableLine(parsedRecord(json))).join(""));
  }
}

async function* linesOf(search: FollowedSearch): AsyncGenerator<Uint8Array> {
  for await (const page of search.pages("published", maxInFile)) {
    yield Buffer.concat(page.flatMap((json) => [json, Buffer.from("\n")]));
  }
}

function searchOf(query: URLSearchParams): string {
  return query.size === 0 ? "" : `?${query}`;
}

/** Returns the title of a search: « Aides publiques : vélo ». Long or missing words are not in it. */
function titleOf(query: URLSearchParams): string {
  const words = (query.get("keyword") ?? query.get("text") ?? "").trim();
  return words === "" || words.length > 80 ? "Aides publiques" : `Aides publiques : ${words}`;
}

/** Writes the deadlines of aids as a calendar: an event on the last day to apply. Aids without a deadline have no event. */
function writeDeadlines(records: readonly FollowedRecord[], given: { readonly name: string; readonly now: Date }): string {
  return writeCalendar(records.flatMap(eventOf), given);
}

function eventOf(record: FollowedRecord): readonly CalendarEvent[] {
  if (record.submission_deadline === null) return [];
  const contact = record.contact === null ? "" : `\n\nContact :\n${readableText(record.contact)}`;
  return [
    {
      uid: `${record.aid_id}@moisson`,
      day: record.submission_deadline.slice(0, 10),
      title: `Clôture : ${record.name}`,
      description: `${summaryOf(record)}${contact}`,
      url: record.origin_url,
      changedAt: new Date(record.date_updated),
    },
  ];
}

const joined = (texts: readonly string[]) => texts.join(" | ");
const plain = (html: string | null) => (html === null ? "" : readableText(html));

/** Columns of the CSV of a search: French labels, plain text, dates as `YYYY-MM-DD`, values separated by ` | `. */
const columns: Readonly<Record<string, (record: FollowedRecord) => string | number | null>> = {
  Identifiant: ({ aid_id }) => aid_id,
  Titre: ({ name }) => name,
  Porteurs: ({ financers }) => joined(financers),
  Instructeurs: ({ instructors }) => joined(instructors),
  Programmes: ({ programs }) => joined(programs),
  Description: ({ description }) => plain(description),
  Conditions: ({ eligibility }) => plain(eligibility),
  "Types d’aide": ({ aid_types }) => joined(aid_types),
  Bénéficiaires: ({ targeted_audiences }) => joined(targeted_audiences),
  Thématiques: ({ categories }) => joined(categories),
  "Avancement du projet": ({ mobilization_steps }) => joined(mobilization_steps),
  "Dépenses couvertes": ({ destinations }) => joined(destinations),
  Territoire: ({ perimeter }) => perimeter,
  Récurrence: ({ recurrence, open_until: until }) =>
    assumedPermanence(recurrence === labelOf("recurrence", "ongoing"), until) ?? recurrence,
  Ouverture: ({ start_date }) => start_date,
  Clôture: ({ submission_deadline }) => submission_deadline,
  "Taux minimal (%)": ({ subvention_rate_lower_bound }) => subvention_rate_lower_bound,
  "Taux maximal (%)": ({ subvention_rate_upper_bound }) => subvention_rate_upper_bound,
  Contact: ({ contact }) => plain(contact),
  Lien: ({ origin_url }) => origin_url,
  Candidature: ({ application_url }) => application_url,
  Producteur: ({ publisher }) => publisher.name,
  Licence: ({ import_share_licence }) => import_share_licence,
  Mention: ({ import_data_mention }) => import_data_mention,
};

/** First line of the CSV. */
const tableHead = `${byteOrderMark}${frenchCsvLine(Object.keys(columns))}`;

function tableLine(record: FollowedRecord): string {
  return frenchCsvLine(Object.values(columns).map((value) => value(record)));
}
