import { rm } from "node:fs/promises";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";
import { type FeedReader, feedNamesPerson } from "../../privacy/feed-names-person.ts";
import { forgetIn } from "../../privacy/forget-in-value.ts";
import { type ForgottenPeople, forgottenPeople } from "../../privacy/forgotten-people.ts";
import type { Person } from "../../privacy/person.ts";
import { personTrace } from "../../privacy/person-trace.ts";
import { erased } from "../../privacy/without-forgotten.ts";
import type { Catalogue } from "../open-catalogue.ts";
import type { PersonSearch } from "./find-people.ts";
import type { Forgetter } from "./forget-in-aids.ts";
import type { ForgettingRepository, Found } from "./forgetting-repository.ts";

/** Result of forgetting people, or of a dry run. */
export interface Forgetting {
  readonly done: boolean;
  /** Number of rows that name them, for every table. */
  readonly places: readonly Found[];
  /** `connector/externalId` of aids that name them. */
  readonly aids: readonly string[];
  /** Aids whose identifier names them. Their identifiers are not changed. */
  readonly identifiers: readonly string[];
  /** Stored feeds that name them. They are deleted, so their runs cannot be replayed. */
  readonly snapshots: readonly {
    readonly hash: string;
    readonly runs: readonly { readonly runId: string; readonly connector: string }[];
  }[];
  /** Number of stored feeds searched. */
  readonly snapshotsRead: number;
  /** Stored feeds that cannot be searched. */
  readonly snapshotsUnread: readonly string[];
  /** Number of runs that were ended. */
  readonly runsEnded: number;
}

/** Services for forgetting. */
export interface ForgettingServices {
  readonly catalogue: Pick<Catalogue, "snapshots"> & { readonly forgetting: ForgettingRepository };
  readonly reader: FeedReader;
  readonly key: string;
}

/** Maximum number of passes. A plan that is applied meanwhile may copy data that is not cleaned yet; the next pass finds the copy. */
const maxRounds = 5;

/** Searches all stored data for people and changes nothing. */
export async function lookForPeople(people: readonly Person[], services: ForgettingServices): Promise<Forgetting> {
  const search = searchFor(people, services.key);
  const { forgetting } = services.catalogue;
  const places = await forgetting.search(search);
  const feeds = await searchFeeds(services, peopleOf(people, services.key));
  return { done: false, places, ...(await forgetting.aidsHolding(search)), ...feeds, runsEnded: 0 };
}

/**
 * Removes people from all stored data, and stores their traces so that later feeds do not bring them back. Stores the traces first, then
 * ends runs that started without them, then cleans the tables until they name nobody.
 */
export async function forgetPeople(
  people: readonly Person[],
  services: ForgettingServices,
  by: Omit<Forgetter, "erased">,
): Promise<Forgetting> {
  const search = searchFor(people, services.key);
  const { forgetting } = services.catalogue;
  const named = await forgetting.aidsHolding(search);
  await forgetting.addTraces(
    people.map((person) => personTrace(person, services.key)),
    by,
  );
  const runsEnded = await forgetting.interruptRuns(by.now);
  const places = new Map<string, number>();
  for (let round = 0; round < maxRounds; round++) {
    const found = await forgetting.forget(search, { ...by, erased });
    for (const { place, rows } of found) places.set(place, (places.get(place) ?? 0) + rows);
    if (found.every(({ rows }) => rows === 0)) break;
  }
  const feeds = await searchFeeds(services, peopleOf(people, services.key));
  for (const { hash } of feeds.snapshots) await forgetting.removeSnapshot(hash);
  const connectors = [
    ...named.aids.map((name) => name.slice(0, name.indexOf("/"))),
    ...feeds.snapshots.flatMap(({ runs }) => runs.map((run) => run.connector)),
  ];
  await forgetting.readAgain([...new Set(connectors)]);
  return { done: true, places: [...places].map(([place, rows]) => ({ place, rows })), ...named, ...feeds, runsEnded };
}

function peopleOf(people: readonly Person[], key: string): ForgottenPeople {
  return forgottenPeople(
    people.map((person) => personTrace(person, key)),
    [key],
  );
}

function searchFor(people: readonly Person[], key: string): PersonSearch {
  const wanted = peopleOf(people, key);
  return { patterns: people.map(searchPatterns), clean: (value) => forgetIn(value, wanted) };
}

/** Searches every stored feed, one at a time, in a temporary folder. */
async function searchFeeds(
  { catalogue, reader }: ForgettingServices,
  people: ForgottenPeople,
): Promise<Pick<Forgetting, "snapshots" | "snapshotsRead" | "snapshotsUnread">> {
  const all = await catalogue.forgetting.snapshots();
  const holding: Forgetting["snapshots"][number][] = [];
  const unread: string[] = [];
  for (const use of all) {
    const folder = await makeSpoolFolder();
    try {
      const restored = await catalogue.snapshots.restore(use.hash, folder).catch(() => null);
      const connectors = [...new Set(use.runs.map(({ connector }) => connector))];
      const holds = restored === null ? null : await feedNamesPerson(restored.parts, connectors, people, reader);
      if (holds) holding.push(use);
      if (holds === null) unread.push(use.hash);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return { snapshots: holding, snapshotsRead: all.length - unread.length, snapshotsUnread: unread };
}

/** Accented forms of letters. */
const variants: Readonly<Record<string, string>> = {
  a: "àâäáãåæ",
  c: "ç",
  e: "éèêëæœ",
  i: "íìîï",
  n: "ñ",
  o: "óòôöõœø",
  u: "úùûü",
  y: "ýÿ",
};
/** Matches a letter as encoded in HTML, JSON or URLs. */
const encoded = "&#?[a-z0-9]{2,8};|\\\\+u[0-9a-f]{4}|(?:%[0-9a-f]{2}){1,3}";
const betweenDigits = "(?:&#x?a?(?:160)?;|\\\\+u[0-9a-f]{4}|[^0-9]){0,8}";

/**
 * Returns regular expressions for PostgreSQL that select candidates. All of them match every JSON text that names the person, in any
 * encoding. They also match some other texts.
 */
export function searchPatterns({ kind, normalised }: Person): string[] {
  if (kind === "name") return normalised.split(" ").map((word) => `(?i)${[...word].map(anyLetter).join("")}`);
  if (kind === "email") {
    const [local = "", domain = ""] = normalised.split("@");
    return [`(?i)${literally(local)}`, `(?i)${literally(domain)}`];
  }
  const national = normalised.replace(/^\+(?:33|262|508|590|594|596)?/, "");
  return [[...national].join(betweenDigits)];
}

function anyLetter(letter: string): string {
  const others = variants[letter];
  if (others === undefined) return letter;
  // The "e" is optional, because "oe" and "ae" may be written as one letter.
  return `(?:[${letter}${others}${others.toUpperCase()}]|${encoded})${letter === "e" ? "?" : ""}[\u0300-\u036f]?`;
}

function literally(text: string): string {
  return text.replace(/[^\p{L}\d]/gu, (character) => `(?:\\${character}|%[0-9a-f]{2}|&#?[a-z0-9]{2,8};)`);
}
