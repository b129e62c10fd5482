import { setTimeout as wait } from "node:timers/promises";
import type { FeedLeadRepository } from "../../catalogue/publishers/feed-lead-repository.ts";
import type { PublisherListingRepository } from "../../catalogue/publishers/publisher-listing-repository.ts";
import type { PublisherRequestRepository } from "../../catalogue/publishers/publisher-request-repository.ts";
import type { ScheduleRepository } from "../../catalogue/runs/schedule-repository.ts";
import type { Services } from "../../ingest/run-inputs.ts";
import type { Connector } from "../../kit/definition.ts";
import type { FeedFind } from "../../model/publisher/feed-lead.ts";
import { hostOfAddress, refusalOf } from "../../model/publisher/publisher-request.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { openHttpClient } from "../../platform/http-client.ts";
import { HttpFailure } from "../../platform/http-failure.ts";
import type { ReadConnectors } from "../../registry/load-connectors.ts";
import { lastTime } from "../schedule/due.ts";
import { findInSitemap } from "./catalogues/sitemap.ts";
import { judgeSample, openSampleThread } from "./judge-sample.ts";
import type { RadarPlaces } from "./radar-places.ts";
import { addressReader, RadarProblem, type ReadAddress } from "./read-address.ts";

/** Services of the radar. */
export interface RadarServices extends Pick<Services, "environment" | "allowHosts" | "clock" | "logger"> {
  readonly catalogue: {
    readonly feedLeads: FeedLeadRepository;
    readonly publisherRequests: Pick<PublisherRequestRepository, "refusedSites">;
    readonly publisherListing: Pick<PublisherListingRepository, "sitesWithoutFeed">;
  };
  readonly registry: () => Promise<ReadConnectors>;
}

/** Amount and speed of a search. */
export interface RadarPace {
  /** Pause between two requests to a catalogue, in milliseconds. Default 1,000. */
  readonly pauseMs?: number;
  /** Maximum number of samples. Default 60. */
  readonly samples?: number;
  /** Maximum number of publishers' sites. Default 20. */
  readonly sites?: number;
  onProgress?(title: string, done: number, total: number | null): void;
}

/** Result of a search. `problems`: catalogues and sites that could not be searched, with the reason. */
export interface RadarResult {
  readonly found: number;
  readonly added: number;
  readonly taken: number;
  /** Finds on sites whose publisher has asked us to stop reading. They do not become leads. */
  readonly refused: number;
  readonly sampled: number;
  readonly problems: readonly string[];
}

const connectTimeoutMs = 10_000;
/** A file may become a list of aids: it is sampled again after this many days. */
const sampledAgainAfterDays = 30;
const maxFindsOfPlace = 2_000;

/**
 * Searches the catalogues and the sites of publishers for feeds that no connector reads, stores them as leads, and decides from a sample
 * what each contains. A catalogue that fails does not prevent the search of the others.
 */
export async function lookForLeads(
  services: RadarServices,
  places: RadarPlaces,
  signal: AbortSignal,
  pace: RadarPace = {},
): Promise<RadarResult> {
  const { pauseMs = 1_000, samples = 60, sites = 20 } = pace;
  const { catalogue, clock, allowHosts } = services;
  const { connectors } = await services.registry();
  const isTaken = takenBy(
    connectors.map(({ definition }) => definition),
    services.environment,
  );
  const refused = await catalogue.publisherRequests.refusedSites();
  const isRefused = (address: string) => refusalOf(hostOfAddress(address) ?? "", refused) !== null;
  const client = openHttpClient({ allowHosts, connectTimeoutMs });
  const pause = () => wait(pauseMs, undefined, { signal });
  const sources = [
    ...places.catalogues.map(({ address, find }) => ({ name: address.host, find })),
    ...(places.sitemaps ? (await sitesOf(services, sites)).filter(({ name }) => !isRefused(`https://${name}`)) : []),
  ];
  const counts = { found: 0, added: 0, taken: 0, refused: 0 };
  const problems: string[] = [];
  try {
    for (const [index, { name, find }] of sources.entries()) {
      pace.onProgress?.(`searching ${name}`, index, sources.length);
      const finds: FeedFind[] = [];
      try {
        for await (const one of find(addressReader(client, signal, pause))) {
          counts.found++;
          if (isTaken(one)) counts.taken++;
          else if (isRefused(one.address)) counts.refused++;
          else finds.push(one);
          if (finds.length >= maxFindsOfPlace) break;
        }
      } catch (error) {
        signal.throwIfAborted();
        problems.push(problemOf(name, error));
      }
      counts.added += await catalogue.feedLeads.add(finds, clock.now());
    }
  } finally {
    await client.close();
  }
  const sampled = await judgeLeads(services, isRefused, samples, signal, pace);
  return { ...counts, sampled, problems };
}

/** Returns the sites of publishers without a feed whose turn it is today, so that all are visited in turn. */
async function sitesOf({ catalogue, clock }: RadarServices, count: number) {
  const all = await catalogue.publisherListing.sitesWithoutFeed();
  const first = (Math.floor(clock.now().getTime() / 86_400_000) * count) % Math.max(all.length, 1);
  const chosen = [...all, ...all].slice(first, first + Math.min(count, all.length));
  return chosen
    .filter(({ website }) => URL.canParse(website))
    .map(({ name, website }) => ({
      name: new URL(website).host,
      find: (read: ReadAddress) => findInSitemap(read, new URL(website), name),
    }));
}

/** Reads samples of leads that have none, or an old one. Returns their number. */
async function judgeLeads(
  { catalogue, clock, allowHosts }: RadarServices,
  isRefused: (address: string) => boolean,
  limit: number,
  signal: AbortSignal,
  pace: RadarPace,
): Promise<number> {
  const readBefore = new Date(clock.now().getTime() - sampledAgainAfterDays * 86_400_000);
  const leads = (await catalogue.feedLeads.unread(readBefore, limit)).filter(({ address }) => !isRefused(address));
  const thread = openSampleThread();
  try {
    for (const [index, { id, address, reasons }] of leads.entries()) {
      pace.onProgress?.("reading samples", index, leads.length);
      const pages = reasons.find(({ code }) => code === "pages");
      const verdict =
        pages === undefined
          ? await judgeSample(address, thread, { today: parisDay(clock.now()), allowHosts, signal })
          : { kind: "pages", certainty: 0.5, evidence: [], problem: null };
      await catalogue.feedLeads.recordVerdict(id, verdict, clock.now());
    }
  } finally {
    await thread.close();
  }
  return leads.length;
}

function problemOf(name: string, error: unknown): string {
  if (error instanceof RadarProblem) return error.message;
  if (error instanceof HttpFailure) return `${name}: ${error.kind}`;
  if (error instanceof Error && error.name === "ZodError") return `${name} answers in another form than documented`;
  if (error instanceof Error && error.name === "TimeoutError") return `${name} does not answer in time`;
  throw error;
}

/** The search is due at six in Paris, after the night's runs. */
const dueTime = "0 6 * * *";

/** Services of the nightly search. */
type NightlyRadar = RadarServices & { readonly catalogue: { readonly schedule: ScheduleRepository } };

/** Searches for leads once a night, in the first free worker. */
export async function lookNightly(services: NightlyRadar, places: RadarPlaces, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const due = lastTime(dueTime, services.clock.now());
  if (due === null || !(await services.catalogue.schedule.claim("radar", due))) return;
  const result = await lookForLeads(services, places, signal);
  services.logger.info(result, "radar has searched");
}

/** Returns an address in a form in which equal ones are equal: without scheme, `www.`, hash, final slash, and with sorted parameters. */
function comparableAddress(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.searchParams.sort();
  return `${url.host.replace(/^www\./, "")}${url.pathname.replace(/\/$/, "")}${url.search}`.toLowerCase();
}

/** Returns a function that tells whether a connector already reads the feed of a find, by its address or as a file of its dataset. */
function takenBy(connectors: readonly Connector[], environment: Readonly<Record<string, string | undefined>>): (find: FeedFind) => boolean {
  const addresses = connectors.flatMap(({ feed }) => [feed.url, feed.urlFrom === undefined ? undefined : environment[feed.urlFrom]]);
  const taken = new Set(addresses.flatMap((address) => (address === undefined ? [] : [comparableAddress(address)])));
  const datasets = new Set(connectors.flatMap(({ feed }) => (feed.dataset === undefined ? [] : [feed.dataset.id])));
  return ({ address, datasets: ids = [] }) => taken.has(comparableAddress(address)) || ids.some((id) => datasets.has(id));
}
