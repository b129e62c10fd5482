import type { Paging } from "../../kit/feed.ts";
import { FeedRefused } from "../../model/run/run-error.ts";
import type { FetchedPart, StoppedEarly } from "./fetched-feed.ts";
import { jsonHash, type PageContent } from "./page-content.ts";

/** The pages read from a feed or from one query. */
export interface WalkedPages {
  readonly parts: readonly FetchedPart[];
  readonly announcedTotal: number | null;
  readonly stoppedEarly: StoppedEarly | null;
}

/** Progress of a walk. */
export interface WalkPosition {
  readonly pagesRead: number;
  /** Rows before the next page. */
  readonly rows: number;
}

/** Why a walk ended; reported in `StoppedEarly`. */
export type EndOfWalk =
  | "announced-total-reached"
  | "empty-page"
  | "no-next-link"
  | "past-the-end"
  | "repeated-page"
  | "next-link-loop"
  | "bad-next-link"
  | "cursor-loop"
  | "bad-cursor"
  | "window-reached"
  | "not-a-page"
  | "page-failed";

/** Reasons that mean a complete feed if no total is announced. */
const completeEnds: ReadonlySet<EndOfWalk> = new Set(["empty-page", "no-next-link", "past-the-end"]);
/** Reasons that always mean an incomplete feed. */
const incompleteEnds: ReadonlySet<EndOfWalk> = new Set(["bad-next-link", "bad-cursor", "window-reached", "not-a-page", "page-failed"]);

/** Collects the pages of one query and decides when the walk ends. Sends nothing. */
export class PageWalk {
  private readonly parts: FetchedPart[] = [];
  private readonly fingerprints = new Set<string>();
  private lastCount = 0;
  /** Records on a full page: the declared page size, else the count of the first page. */
  private fullPage: number | null;
  private received = 0;
  private announced: number | null = null;

  constructor(
    private readonly paging: Paging,
    /** Maximum number of records that one query can return. */
    private readonly window: number,
    /** Counts distinct records if the query is a division. */
    private readonly distinct?: DistinctRecords,
  ) {
    this.fullPage = "pageSize" in paging ? (paging.pageSize ?? null) : null;
  }

  /** Returns where the next page begins. Counts rows, because a server may return fewer than requested. */
  position({ exact }: PageContent): WalkPosition {
    const supposed = this.parts.length * (this.fullPage ?? 0);
    return { pagesRead: this.parts.length, rows: exact ? this.received : supposed };
  }

  /** Adds a page. Returns why the walk ends, or null to continue. If the feed has no records, its one empty page is kept. */
  add(part: FetchedPart, content: PageContent): EndOfWalk | null {
    const isFirst = this.parts.length === 0;
    // // A total lower than the records received is wrong. With it, the walk would stop here and count as complete.
    const come = this.received + (content.records ?? 0);
    if (content.announced !== null && content.announced >= come) this.announced = content.announced;
    if (content.records === null) return "not-a-page";
    if (content.records === 0 && isFirst) this.parts.push(part);
    if (content.records === 0) return "empty-page";
    if (this.fingerprints.has(content.fingerprint)) return "repeated-page";
    this.parts.push(part);
    this.fingerprints.add(content.fingerprint);
    this.lastCount = content.records;
    this.fullPage ??= content.records;
    this.received += content.records;
    this.distinct?.add(content.items);
    // // Links and cursors are followed to their end, because a total may count only one page.
    return this.goesByPosition() && this.isComplete() ? "announced-total-reached" : null;
  }

  /** Returns whether the server says "no such page" after a page that was not full, as WordPress does with 400. */
  isPastTheEnd(error: unknown): boolean {
    if (!this.goesByPosition() || !(error instanceof FeedRefused) || error.code !== "http-refused") return false;
    return [400, 404, 416].includes(Number(error.params.status)) && this.parts.length > 0 && this.lastCount < (this.fullPage ?? 0);
  }

  /** Returns the pages read. The walk stopped early unless the total was reached or, without a total, the end was a natural one. */
  ended(end: EndOfWalk, details: Readonly<Record<string, string | number>> = {}): WalkedPages {
    // // Beyond its window a server returns no pages either, so without a total the feed may have more.
    const isCut = this.announced === null && completeEnds.has(end) && this.received >= this.window;
    const reason = isCut ? "window-reached" : end;
    const whole = !incompleteEnds.has(reason) && (this.announced === null ? completeEnds.has(reason) : this.isComplete());
    const announced = this.announced === null ? {} : { announced: this.announced };
    const params = { page: this.parts.length + 1, received: this.received, ...announced, reason, ...details };
    const stoppedEarly = whole ? null : ({ code: "walk-incomplete", params } as const);
    return { parts: this.parts, announcedTotal: this.announced, stoppedEarly };
  }

  private goesByPosition(): boolean {
    return this.paging.kind === "offset" || this.paging.kind === "page";
  }

  private isComplete(): boolean {
    return this.announced !== null && this.received >= this.announced;
  }
}

/** Hex digits of a hash that fit into a number. */
const hashDigits = 13;

/**
 * Counts the records of a feed that is fetched in divisions. A record in several divisions counts once, so that it cannot hide a missing
 * one. A record twice in one division counts twice, as the publisher counts it. Keeps 52 bits per record.
 */
export class DistinctRecords {
  count = 0;
  readonly #before = new Set<number>();
  readonly #now = new Set<number>();

  /** Adds the records of a page of the current division. */
  add(records: readonly unknown[]): void {
    for (const record of records) {
      const hash = jsonHash(record);
      const key = hash === null ? null : Number.parseInt(hash.slice(0, hashDigits), 16);
      if (key === null || !this.#before.has(key)) this.count++;
      if (key !== null) this.#now.add(key);
    }
  }

  endDivision(): void {
    for (const key of this.#now) this.#before.add(key);
    this.#now.clear();
  }
}
