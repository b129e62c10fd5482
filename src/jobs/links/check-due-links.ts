import { setTimeout as wait } from "node:timers/promises";
import type { LinkRepository } from "../../catalogue/aids/link-repository.ts";
import type { DueTimeRepository } from "../../catalogue/runs/due-time-repository.ts";
import type { LinkVerdict } from "../../model/publisher/link-verdict.ts";
import type { Clock } from "../../platform/clock.ts";
import { openHttpClient } from "../../platform/http-client.ts";
import type { Logger } from "../../platform/logger.ts";
import { checkLink, longestCheckMs } from "./check-link.ts";
import { NetworkDoubt } from "./doubt-network.ts";

/** What the work needs of the world. */
export interface LinkServices {
  readonly catalogue: { readonly links: LinkRepository; readonly dueTimes: DueTimeRepository };
  readonly clock: Clock;
  readonly logger: Logger;
  /** `host` or `host:port` that may be asked though private. */
  readonly allowHosts: readonly string[];
}

/** How much is done, and how fast. */
export interface LinkPace {
  /** No link is begun after so many milliseconds. Default 20 000. */
  readonly sliceMs?: number;
  /** Links looked at, at most. */
  readonly limit?: number;
  /** For how long a host is left alone after it answered. Default 2 000. */
  readonly paceMs?: number;
  /** The longest that one look may take. */
  readonly withinMs?: number;
  onChecked?(counts: LinkCounts): void;
}

/** Links looked at, by what came of it. */
export type LinkCounts = Readonly<Record<LinkVerdict["state"], number>>;

const hostsAtOnce = 8;
/** A slice, the look that it ends with, and some more: verdicts may wait for its end. After a crash the host is free again so much later. */
const holdMs = 60_000;
/** A host that is free only later than this is left to a later call. */
const longestWaitMs = 5_000;
/** Reading which links all live aids show takes a second: which are new is looked up once an hour. */
const syncEveryMs = 3_600_000;
/** Where our own network is down, it likely still is in a minute. */
const offlineRestMs = 300_000;

/**
 * Looks at links that are due: a slice of work, several hosts at a time, each at its pace. Any number of processes may do it at once. Ends early where no host
 * can be asked for a while, or where `signal` is aborted; links that were begun then stay due.
 */
export async function checkDueLinks(services: LinkServices, signal: AbortSignal, pace: LinkPace = {}): Promise<LinkCounts> {
  const { sliceMs = 20_000, limit = Number.POSITIVE_INFINITY, paceMs = 2_000, withinMs = longestCheckMs } = pace;
  const { clock, logger, allowHosts } = services;
  const { links, dueTimes } = services.catalogue;
  if (await dueTimes.claim("links", new Date(Math.floor(clock.now().getTime() / syncEveryMs) * syncEveryMs))) await links.sync();
  const counts = { alive: 0, "to-check": 0, failing: 0 };
  const client = openHttpClient({ allowHosts, connectTimeoutMs: 10_000 });
  const doubt = new NetworkDoubt(async (taken, checked) => {
    await links.record(taken, checked, { now: clock.now(), restMs: Math.max(paceMs, checked.restSeconds * 1000) });
    counts[checked.state]++;
    pace.onChecked?.(counts);
  });
  const end = clock.elapsed() + sliceMs;
  let left = limit;

  /** One look. False where there is nothing to look at for a while. */
  async function lookAtOne(): Promise<boolean> {
    const taken = await links.take(clock.now(), holdMs);
    if (taken === null) return untilNext();
    try {
      await doubt.add(taken, await checkLink(client, taken.url, signal, withinMs));
    } catch (error) {
      await links.giveBack(taken, paceMs);
      throw error;
    }
    return true;
  }

  async function untilNext(): Promise<boolean> {
    left++;
    const ms = await links.untilNext(clock.now());
    if (ms === null || ms > longestWaitMs || clock.elapsed() + ms >= end) return false;
    await wait(Math.max(ms, 10), undefined, { signal });
    return true;
  }

  async function lookAtMany(): Promise<void> {
    while (left > 0 && clock.elapsed() < end && !signal.aborted && !doubt.isOffline) {
      left--;
      if (!(await lookAtOne())) return;
    }
  }

  try {
    const ends = await Promise.allSettled(Array.from({ length: Math.min(hostsAtOnce, limit) }, lookAtMany));
    const unknown = await doubt.end();
    for (const taken of unknown) await links.giveBack(taken, offlineRestMs);
    if (unknown.length > 0) logger.warn({ hosts: unknown.map(({ host }) => host) }, "no host answers: links were not looked at");
    for (const lane of ends) if (lane.status === "rejected" && !signal.aborted) throw lane.reason;
    return counts;
  } finally {
    await client.close();
  }
}
