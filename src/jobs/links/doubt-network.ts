import type { TakenLink } from "../../catalogue/aids/link-repository.ts";
import type { CheckedLink } from "./check-link.ts";

/** This many silent hosts without a single answer are no coincidence; checking more is useless. */
const fewestSilent = 3;
const enoughSilent = 20;

/**
 * Holds back verdicts on unreachable hosts until any host has answered: if none does, our own network is down, which says nothing about a
 * link.
 */
export class NetworkDoubt {
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
    if (!this.isHeard && hosts.size >= fewestSilent) return this.waiting.splice(0).map(([taken]) => taken);
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
