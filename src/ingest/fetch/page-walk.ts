import type { Paging } from "../../kit/feed.ts";
import { FeedRefused } from "../../model/run/run-error.ts";
import type { BroughtRecords } from "./brought-records.ts";
import type { FetchedPart, StoppedEarly } from "./fetched-feed.ts";
import type { PageContent } from "./page-content.ts";

/** The pages of a feed, or of one question to it, as far as they were read. */
export interface WalkedPages {
  readonly parts: readonly FetchedPart[];
  readonly announcedTotal: number | null;
  readonly stoppedEarly: StoppedEarly | null;
}

/** How far a walk has come. */
export interface WalkPosition {
  readonly pagesRead: number;
  /** Rows that lie behind it. */
  readonly rows: number;
}

/** Why a walk came to its end (`StoppedEarly` tells them). */
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

/** The end of a feed that announces no total. */
const naturalEnds: ReadonlySet<EndOfWalk> = new Set(["empty-page", "no-next-link", "past-the-end"]);
/** Never the end of a feed, whatever it announces. */
const breaks: ReadonlySet<EndOfWalk> = new Set(["bad-next-link", "bad-cursor", "window-reached", "not-a-page", "page-failed"]);

/** What a walk has seen so far, and what that means. It asks for nothing. */
export class PageWalk {
  private readonly parts: FetchedPart[] = [];
  private readonly fingerprints = new Set<string>();
  /** Records on the last page. */
  private lastCount = 0;
  /** Records on a full page: as declared, else as on the first one. */
  private fullPage: number | null;
  private received = 0;
  private announced: number | null = null;

  constructor(
    private readonly paging: Paging,
    /** Most records that one question can walk through. */
    private readonly window: number,
    /** Told the records of every page, where the question is a division of another. */
    private readonly brought?: BroughtRecords,
  ) {
    this.fullPage = "pageSize" in paging ? (paging.pageSize ?? null) : null;
  }

  /** Where the next page begins. A server may give fewer records than it was asked for: rows are counted, not supposed. */
  position({ exact }: PageContent): WalkPosition {
    const supposed = this.parts.length * (this.fullPage ?? 0);
    return { pagesRead: this.parts.length, rows: exact ? this.received : supposed };
  }

  /** Takes a page in. Gives the reason to stop, or null: go on. Of a feed without records the one empty page is kept. */
  take(part: FetchedPart, content: PageContent): EndOfWalk | null {
    const isFirst = this.parts.length === 0;
    // What is less than has come is no total: believed, it would end the walk there, and make whatever came the whole.
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
    this.brought?.take(content.items);
    // A total that counts only the page would end a walk by links too soon: links and cursors are followed to their end.
    return this.goesByPosition() && this.isComplete() ? "announced-total-reached" : null;
  }

  /** True where a server says "no such page" after a page that was not full: it has no empty last page (WordPress answers 400). */
  isPastTheEnd(error: unknown): boolean {
    if (!this.goesByPosition() || !(error instanceof FeedRefused) || error.code !== "http-refused") return false;
    return [400, 404, 416].includes(Number(error.params.status)) && this.parts.length > 0 && this.lastCount < (this.fullPage ?? 0);
  }

  /** The pages read. They are the whole feed, or the walk stopped early: before the announced total, or by something that is no end. */
  ended(end: EndOfWalk, details: Readonly<Record<string, string | number>> = {}): WalkedPages {
    // Behind its window a server has no page either: only an announced total tells that there was nothing more.
    const isCut = this.announced === null && naturalEnds.has(end) && this.received >= this.window;
    const reason = isCut ? "window-reached" : end;
    const whole = !breaks.has(reason) && (this.announced === null ? naturalEnds.has(reason) : this.isComplete());
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
