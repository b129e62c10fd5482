import { type AidContent, type AidField, aidFields, isEmptyValue } from "../../model/aid/aid.ts";
import type { Change, HeldAid, StagedAid } from "../../model/plan/plan.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { CountedAids } from "./guard-facts.ts";

const linkFields: readonly AidField[] = ["originUrl", "applicationUrl"];
/** Moved links kept to be looked at; more of them only count. */
const movesKept = 5000;
/** Aids named of those that lose a field. */
const lossesNamed = 3;

/** A link that moves to another host. */
export interface MovedLink {
  readonly externalId: string;
  readonly from: string;
  readonly to: string;
}

/** What the pairs of held and incoming aids tell the guards, added up as they go by. */
export class PairTally {
  /** Aids whose deadline is still to come, as we hold it, and past as it comes in. */
  closed = 0;
  readonly texts = { before: 0, after: 0, aids: 0 };
  readonly movedLinks: MovedLink[] = [];
  /** Field -> the first aids that we hold with it and that come in without, by external id. */
  readonly lost: Partial<Record<AidField, string[]>> = {};
  readonly #today: string;

  constructor(now: Date) {
    this.#today = parisDay(now);
  }

  /** Day in Paris, `YYYY-MM-DD`. */
  get today(): string {
    return this.#today;
  }

  add({ content, externalId }: StagedAid, { imported }: HeldAid, change: Change | "unchanged" | "ignored"): void {
    if (change === "ignored") return;
    // An empty value changes nothing, and so is looked for in pairs without a change too.
    this.#noteLosses(externalId, imported, content);
    if (change === "unchanged") return;
    const { submissionDeadline: incoming } = content;
    const { submissionDeadline: held } = imported;
    // The day of the run counts as past: an importer that put today for a key it did not find closed every call of ADEME.
    if (held !== null && incoming !== null && held > this.#today && incoming <= this.#today) this.closed++;
    if (change.fields.description !== undefined) {
      this.texts.aids++;
      this.texts.before += imported.description?.length ?? 0;
      this.texts.after += content.description?.length ?? 0;
    }
    const moved = movedLink(imported, content);
    if (moved !== null && this.movedLinks.length < movesKept) this.movedLinks.push({ externalId, ...moved });
  }

  #noteLosses(externalId: string, held: AidContent, incoming: AidContent): void {
    for (const field of aidFields) {
      if (!isEmptyValue(incoming[field]) || isEmptyValue(held[field])) continue;
      this.lost[field] ??= [];
      const named = this.lost[field];
      if (named.length < lossesNamed) named.push(externalId);
    }
  }

  /** Aids whose link moves to a host that is none of these. */
  movedOutOf(hosts: ReadonlySet<string>, examples: number): CountedAids {
    const moved = this.movedLinks.filter(({ to }) => !hosts.has(to));
    return { count: moved.length, examples: moved.slice(0, examples).map(({ externalId, from, to }) => `${externalId}: ${from} -> ${to}`) };
  }
}

function movedLink(held: AidContent, incoming: AidContent): { from: string; to: string } | null {
  for (const field of linkFields) {
    const from = hostOf(held[field]);
    const to = hostOf(incoming[field]);
    if (from !== null && to !== null && from !== to) return { from, to };
  }
  return null;
}

function hostOf(url: unknown): string | null {
  const host = typeof url === "string" ? /^https?:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(url)?.[1] : undefined;
  return host?.toLowerCase().replace(/^www\./, "") ?? null;
}
