import { type AidContent, type AidField, aidFields, isEmptyValue } from "../../model/aid/aid.ts";
import type { Change, StagedAid, StoredAid } from "../../model/plan/plan.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { CountedAids } from "./guard-facts.ts";

const linkFields: readonly AidField[] = ["originUrl", "applicationUrl"];
/** Moved links kept as examples; the rest are only counted. */
const movesKept = 5000;
/** Examples kept of aids that lose a field. */
const lossesNamed = 3;

/** A link that moves to another host. */
export interface MovedLink {
  readonly externalId: string;
  readonly from: string;
  readonly to: string;
}

/** Collects facts for the guards from each pair of stored and incoming aid. */
export class PairTally {
  /** Aids whose stored deadline is still open and whose incoming deadline is past. */
  closed = 0;
  readonly texts = { before: 0, after: 0, aids: 0 };
  readonly movedLinks: MovedLink[] = [];
  /** Field -> external ids of the first aids that lose its value. */
  readonly lost: Partial<Record<AidField, string[]>> = {};
  readonly #today: string;

  constructor(now: Date) {
    this.#today = parisDay(now);
  }

  /** Day in Paris, `YYYY-MM-DD`. */
  get today(): string {
    return this.#today;
  }

  add({ content, externalId }: StagedAid, { imported }: StoredAid, change: Change | "unchanged" | "ignored"): void {
    if (change === "ignored") return;
    // An empty value changes nothing, so check pairs without a change too.
    this.#noteLosses(externalId, imported, content);
    if (change === "unchanged") return;
    const { submissionDeadline: incoming } = content;
    const { submissionDeadline: stored } = imported;
    // Today counts as past: an importer that replaced a missing key by today once closed every call of ADEME.
    if (stored !== null && incoming !== null && stored > this.#today && incoming <= this.#today) this.closed++;
    if (change.fields.description !== undefined) {
      this.texts.aids++;
      this.texts.before += imported.description?.length ?? 0;
      this.texts.after += content.description?.length ?? 0;
    }
    const moved = movedLink(imported, content);
    if (moved !== null && this.movedLinks.length < movesKept) this.movedLinks.push({ externalId, ...moved });
  }

  #noteLosses(externalId: string, stored: AidContent, incoming: AidContent): void {
    for (const field of aidFields) {
      if (!isEmptyValue(incoming[field]) || isEmptyValue(stored[field])) continue;
      this.lost[field] ??= [];
      const named = this.lost[field];
      if (named.length < lossesNamed) named.push(externalId);
    }
  }

  /** Returns aids whose link moves to a host outside `known`. */
  movedOutOf(hosts: ReadonlySet<string>, examples: number): CountedAids {
    const moved = this.movedLinks.filter(({ to }) => !hosts.has(to));
    return { count: moved.length, examples: moved.slice(0, examples).map(({ externalId, from, to }) => `${externalId}: ${from} -> ${to}`) };
  }
}

function movedLink(stored: AidContent, incoming: AidContent): { from: string; to: string } | null {
  for (const field of linkFields) {
    const from = hostOf(stored[field]);
    const to = hostOf(incoming[field]);
    if (from !== null && to !== null && from !== to) return { from, to };
  }
  return null;
}

function hostOf(url: unknown): string | null {
  const host = typeof url === "string" ? /^https?:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(url)?.[1] : undefined;
  return host?.toLowerCase().replace(/^www\./, "") ?? null;
}
