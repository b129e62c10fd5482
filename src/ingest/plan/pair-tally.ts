import { type AidContent, type AidField, aidFields, isEmptyValue } from "../../model/aid/aid.ts";
import { ownContent } from "../../model/aid/shown-value.ts";
import type { Change, StagedAid, StoredAid } from "../../model/plan/plan.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { CountedAids } from "./guard-facts.ts";
import { type Shifts, ShiftTally } from "./shifts.ts";

const linkFields: readonly AidField[] = ["originUrl", "applicationUrl"];
/** Maximum number of moved links in memory. Further ones are ignored. */
const maxMoves = 5000;
/** Maximum number of examples per field. */
const maxExamples = 3;

/** A link that moves to another host. */
export interface MovedLink {
  readonly externalId: string;
  readonly from: string;
  readonly to: string;
}

/** Collects facts for the guards from each pair of a stored and a staged aid. */
export class PairTally {
  /** Number of aids whose stored deadline is open and whose incoming deadline is past. */
  closed = 0;
  readonly #shifts = new ShiftTally();
  readonly movedLinks: MovedLink[] = [];
  /** Field -> external ids of the first aids that lose its value. */
  readonly lost: Partial<Record<AidField, string[]>> = {};
  /** Day in Paris, `YYYY-MM-DD`. */
  readonly today: string;

  constructor(now: Date) {
    this.today = parisDay(now);
  }

  get shifts(): Shifts {
    return this.#shifts.shifts;
  }

  add({ content, externalId }: StagedAid, aid: StoredAid, change: Change | "unchanged" | "ignored"): void {
    if (change === "ignored") return;
    const imported = ownContent(aid);
    // An empty value does not change a stored aid, so unchanged pairs can lose values too.
    this.#addLosses(externalId, imported, content);
    // A held field does not change its aid, either.
    this.#shifts.add(externalId, imported, content);
    if (change === "unchanged") return;
    const { submissionDeadline: incoming } = content;
    const { submissionDeadline: stored } = imported;
    // Today counts as past: an importer once read a missing deadline as today and closed every call of ADEME.
    if (stored !== null && incoming !== null && stored > this.today && incoming <= this.today) this.closed++;
    const moved = movedLink(imported, content);
    if (moved !== null && this.movedLinks.length < maxMoves) this.movedLinks.push({ externalId, ...moved });
  }

  #addLosses(externalId: string, stored: AidContent, incoming: AidContent): void {
    for (const field of aidFields) {
      if (!isEmptyValue(incoming[field]) || isEmptyValue(stored[field])) continue;
      this.lost[field] ??= [];
      const examples = this.lost[field];
      if (examples.length < maxExamples) examples.push(externalId);
    }
  }

  /** Returns the aids whose link moves to a host that is not in `hosts`. */
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
