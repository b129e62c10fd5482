import type { WalkedPaging } from "../../kit/feed.ts";
import { FeedRefused, type RunError } from "../../model/run/run-error.ts";
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
  /** Number of rows before the next page. */
  readonly rows: number;
}

/** Reason why a walk ended. `StoppedEarly` reports it. */
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
    private readonly paging: WalkedPaging,
    /** Maximum number of records that one query can return. */
    private readonly window: number,
    /** Counts distinct records, if the query is a division. */
    private readonly distinct?: DistinctRecords,
  ) {
    this.fullPage = "pageSize" in paging ? (paging.pageSize ?? null) : null;
  }

  /** Returns the position of the next page. Uses the received rows if they are exact, because a page may have fewer rows than requested. */
  position({ exact }: PageContent): WalkPosition {
    const estimate = this.parts.length * (this.fullPage ?? 0);
    return { pagesRead: this.parts.length, rows: exact ? this.received : estimate };
  }

  /** Adds a page. Returns the reason why the walk ends, or null. An empty page is a part only if it is the first page. */
  add(part: FetchedPart, content: PageContent): EndOfWalk | null {
    const isFirst = this.parts.length === 0;
    // A total lower than the number of received records is wrong. It would end the walk here as complete.
    const received = this.received + (content.records ?? 0);
    if (content.announced !== null && content.announced >= received) this.announced = content.announced;
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
    // The announced total does not end a walk by links or cursors, because it may count only one page.
    return this.goesByPosition() && this.isComplete() ? "announced-total-reached" : null;
  }

  /** Returns true if the error means "no such page" after a page that was not full. WordPress answers 400 in this case. */
  isPastTheEnd(error: unknown): boolean {
    if (!this.goesByPosition() || !(error instanceof FeedRefused) || error.code !== "http-refused") return false;
    return [400, 404, 416].includes(Number(error.params.status)) && this.parts.length > 0 && this.lastCount < (this.fullPage ?? 0);
  }

  /**
   * Returns the pages that were read. The walk is complete if the announced total was reached or, without a total, if `end` is one of
   * `completeEnds`.
   */
  ended(end: EndOfWalk, details: Readonly<Record<string, string | number>> = {}): WalkedPages {
    // A server also returns no pages beyond its window. Without a total, the feed may then have more records.
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

/** Returns why a page failed, for `StoppedEarly`. */
export function causeOf({ code, params: { reason: because, ...params } }: RunError): StoppedEarly["params"] {
  return { ...params, ...(because !== undefined && { because }), error: code };
}

/** Number of hex digits of a hash that fit into a number. */
const hashDigits = 13;

/**
 * Counts the records of a feed that is fetched in divisions. Counts a record in several divisions once; otherwise it could hide a missing
 * record. Counts a record twice if it occurs twice in one division, as the publisher does. Stores 52 bits per record.
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
