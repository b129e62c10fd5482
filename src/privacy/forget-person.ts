import { rm } from "node:fs/promises";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { Forgetter } from "../catalogue/retention/forget-in-aids.ts";
import type { ForgettingRepository, Found } from "../catalogue/retention/forgetting-repository.ts";
import type { Search } from "../catalogue/retention/sweep-place.ts";
import { makeSpoolFolder } from "../platform/spool-folder.ts";
import { type FeedReader, feedHolds } from "./feed-holds.ts";
import { forgetIn } from "./forget-in.ts";
import { type ForgottenPeople, forgottenPeople } from "./forgotten-people.ts";
import type { Person } from "./person.ts";
import { personTrace } from "./person-trace.ts";
import { searchPatterns } from "./search-patterns.ts";
import { erased } from "./without-forgotten.ts";

/** Where people were looked for, and what was found; of a dry run: what would be done. */
export interface Forgetting {
  readonly done: boolean;
  /** Every table, also those without any. */
  readonly places: readonly Found[];
  /** `connector/externalId` of aids that hold them. */
  readonly aids: readonly string[];
  /** Aids whose identifier holds them: it says which aid it is, and stays. */
  readonly identifiers: readonly string[];
  /** Stored feeds that hold them and go; the runs that read them cannot be replayed. */
  readonly snapshots: readonly {
    readonly hash: string;
    readonly runs: readonly { readonly runId: string; readonly connector: string }[];
  }[];
  /** Stored feeds that were looked through. */
  readonly snapshotsRead: number;
  /** Stored feeds that cannot be looked into. */
  readonly snapshotsUnread: readonly string[];
  /** Runs that went on, and were ended. */
  readonly runsEnded: number;
}

/** What forgetting needs of the world. */
export interface ForgettingServices {
  readonly catalogue: Pick<Catalogue, "snapshots"> & { readonly forgetting: ForgettingRepository };
  readonly reader: FeedReader;
  readonly key: string;
}

/** Somebody who applies a plan meanwhile may copy what was not yet seen to: it is found by looking again. */
const mostRounds = 5;

/** Looks for people in all that is held, and writes nothing. */
export async function lookForPeople(people: readonly Person[], services: ForgettingServices): Promise<Forgetting> {
  const search = searchFor(people, services.key);
  const { forgetting } = services.catalogue;
  const places = await forgetting.look(search);
  const feeds = await searchFeeds(services, peopleOf(people, services.key));
  return { done: false, places, ...(await forgetting.aidsHolding(search)), ...feeds, runsEnded: 0 };
}

/**
 * Takes people out of all that is held, and keeps their traces, so that the next feeds do not bring them back. Traces come first, then runs that read without
 * them are ended, then the tables follow, until nothing is found any more.
 */
export async function forgetPeople(
  people: readonly Person[],
  services: ForgettingServices,
  by: Omit<Forgetter, "erased">,
): Promise<Forgetting> {
  const search = searchFor(people, services.key);
  const { forgetting } = services.catalogue;
  const named = await forgetting.aidsHolding(search);
  await forgetting.keep(
    people.map((person) => personTrace(person, services.key)),
    by,
  );
  const runsEnded = await forgetting.interruptRuns(by.now);
  const places = new Map<string, number>();
  for (let round = 0; round < mostRounds; round++) {
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
    key,
  );
}

function searchFor(people: readonly Person[], key: string): Search {
  const wanted = peopleOf(people, key);
  return { patterns: people.map(searchPatterns), clean: (value) => forgetIn(value, wanted) };
}

/** Every stored feed, one after the other, in a folder of its own. */
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
      const holds = restored === null ? null : await feedHolds(restored.parts, connectors, people, reader);
      if (holds) holding.push(use);
      if (holds === null) unread.push(use.hash);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return { snapshots: holding, snapshotsRead: all.length - unread.length, snapshotsUnread: unread };
}
