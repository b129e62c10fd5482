import { setTimeout as wait } from "node:timers/promises";
import type { LinkRepository, TakenLink } from "../../catalogue/aids/link-repository.ts";
import type { ScheduleRepository } from "../../catalogue/runs/schedule-repository.ts";
import type { LinkVerdict } from "../../model/publisher/link-verdict.ts";
import type { Clock } from "../../platform/clock.ts";
import { openHttpClient } from "../../platform/http-client.ts";
import type { Logger } from "../../platform/logger.ts";
import { type CheckedLink, checkLink, maxCheckMs } from "./check-link.ts";

/** Services for link checks. */
export interface LinkServices {
  readonly catalogue: { readonly links: LinkRepository; readonly schedule: ScheduleRepository };
  readonly clock: Clock;
  readonly logger: Logger;
  /** `host` or `host:port` that may be reached although private. */
  readonly allowHosts: readonly string[];
}

/** Amount and speed of checks. */
export interface LinkPace {
  /** No check starts after this many milliseconds. Default 20,000. */
  readonly sliceMs?: number;
  /** Maximum number of links. */
  readonly limit?: number;
  /** Pause of a host after its answer. Default 2,000. */
  readonly paceMs?: number;
  /** Timeout of one check. */
  readonly withinMs?: number;
  onChecked?(counts: LinkCounts): void;
}

/** Checked links by result. */
export type LinkCounts = Readonly<Record<LinkVerdict["state"], number>>;

const hostsAtOnce = 8;
/** How long a check reserves its host: longer than a slice and its last check, because verdicts may wait for the end. */
const holdMs = 60_000;
/** Longest wait for a host. A host that is busy for longer is left to a later call. */
const maxWaitMs = 5_000;
/** Listing the links of all live aids takes a second, so new ones are looked up once an hour. */
const syncEveryMs = 3_600_000;
/** Pause while our own network is down. */
const offlineRestMs = 300_000;

/**
 * Checks due links for one slice of time, several hosts in parallel, each at its pace. Several processes may do it at once. Ends early if
 * no host is free for a while or `signal` is aborted; started links then stay due.
 */
export async function checkDueLinks(services: LinkServices, signal: AbortSignal, pace: LinkPace = {}): Promise<LinkCounts> {
  const { sliceMs = 20_000, limit = Number.POSITIVE_INFINITY, paceMs = 2_000, withinMs = maxCheckMs } = pace;
  const { clock, logger, allowHosts } = services;
  const { links, schedule } = services.catalogue;
  if (await schedule.claim("links", new Date(Math.floor(clock.now().getTime() / syncEveryMs) * syncEveryMs))) await links.sync();
  const counts = { alive: 0, "to-check": 0, failing: 0 };
  const client = openHttpClient({ allowHosts, connectTimeoutMs: 10_000 });
  const doubt = new NetworkDoubt(async (taken, checked) => {
    await links.record(taken, checked, { now: clock.now(), restMs: Math.max(paceMs, checked.restSeconds * 1000) });
    counts[checked.state]++;
    pace.onChecked?.(counts);
  });
  const end = clock.elapsed() + sliceMs;
  let left = limit;

  /** Checks one link. Returns false if there is nothing to check for a while. */
  async function lookAtOne(): Promise<boolean> {
    const taken = await links.take(clock.now(), holdMs);
    if (taken === null) return untilNext();
    try {
      await doubt.add(taken, await checkLink(client, taken.url, signal, withinMs));
    } catch (error) {
      await links.release(taken, paceMs);
      throw error;
    }
    return true;
  }

  async function untilNext(): Promise<boolean> {
    left++;
    const ms = await links.untilNext(clock.now());
    if (ms === null || ms > maxWaitMs || clock.elapsed() + ms >= end) return false;
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
    for (const taken of unknown) await links.release(taken, offlineRestMs);
    if (unknown.length > 0) logger.warn({ hosts: unknown.map(({ host }) => host) }, "no host answers: links were not looked at");
    for (const lane of ends) if (lane.status === "rejected" && !signal.aborted) throw lane.reason;
    return counts;
  } finally {
    await client.close();
  }
}

/** If at least this many hosts are silent and none has answered, our own network is down. */
const minSilent = 3;
/** Number of silent links after which checking more is useless. */
const enoughSilent = 20;

/**
 * Holds back verdicts on unreachable hosts until any host has answered: if none does, our own network is down, which says nothing about a
 * link.
 */
class NetworkDoubt {
  private isHeard = false;
  private waiting: [TakenLink, CheckedLink][] = [];

  constructor(private readonly record: (taken: TakenLink, checked: CheckedLink) => Promise<void>) {}

  /** True if checking more hosts is useless. */
  get isOffline(): boolean {
    return this.waiting.length >= enoughSilent;
  }

  /** Stores a verdict now, or when the doubt is resolved. */
  async add(taken: TakenLink, checked: CheckedLink): Promise<void> {
    this.isHeard ||= !isSilence(checked);
    this.waiting.push([taken, checked]);
    if (this.isHeard) await this.flush();
  }

  /** Stores the waiting verdicts. Returns the links that our network prevented us from checking. */
  async end(): Promise<TakenLink[]> {
    const hosts = new Set(this.waiting.map(([{ host }]) => host));
    if (!this.isHeard && hosts.size >= minSilent) return this.waiting.splice(0).map(([taken]) => taken);
    await this.flush();
    return [];
  }

  private async flush(): Promise<void> {
    for (const [taken, checked] of this.waiting.splice(0)) await this.record(taken, checked);
  }
}

function isSilence({ reason }: CheckedLink): boolean {
  return reason === "unknown-host" || reason === "connection-refused" || reason === "connection-failed" || reason === "timed-out";
}
