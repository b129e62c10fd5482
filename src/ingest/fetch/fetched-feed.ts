import { createHash } from "node:crypto";
import type { Connector } from "../../kit/definition.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import type { PortalDataset } from "../../model/run/portal-dataset.ts";

/** What to fetch, for whom, and where to put it. */
export interface FetchRequest {
  readonly connector: Connector;
  /** The whole feed, in one part, in place of the connector's address; relative to the current folder. */
  readonly file?: string;
  /** Another address of the whole feed, in one part: no next page is asked. The connector's headers and secrets go there too. */
  readonly url?: string;
  /** Secrets and addresses, by name. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The operator's `host:port` or `host` that may be reached though private, besides the connector's. */
  readonly allowHosts: readonly string[];
  /** Of the last applied run, and the shown address that gave them; absent: asked without. Not used for pages, files and other addresses than that. */
  readonly validators?: Validators & { readonly url?: string };
  readonly signal?: AbortSignal;
  /** An existing folder for what is downloaded. The caller removes it when the parts have been read. */
  readonly spoolFolder: string;
  /** Told the bytes received so far, all parts together. */
  onProgress?(bytes: number): void;
}

/** What a server gives to be asked later whether the feed has changed. */
export interface Validators {
  readonly etag: string | null;
  /** As the server wrote it. */
  readonly lastModified: string | null;
}

/** A part of a feed with its hash. */
export interface FetchedPart extends FeedPart {
  /** SHA-256 of the bytes as received (transfer encoding undone, `.gz` and `.zip` as they are), lower-case hex. */
  readonly sha256: string;
  /** The address asked, without credentials and secrets; absent for a file. */
  readonly url?: string;
  /** The header `Link`, as the server wrote it. */
  readonly link?: string;
}

/** A feed as received. */
export interface FetchedFeed extends Validators {
  /** Pages in order, else one part; none where the server answered that nothing has changed. */
  readonly parts: readonly FetchedPart[];
  /** Hash of the snapshot (contracts.md, Snapshots); empty where `notModified`. */
  readonly hash: string;
  readonly bytes: number;
  /** The server answered 304: the feed is that of the last applied run. */
  readonly notModified: boolean;
  /**
   * Of a paged walk: the number of records that its last page to say so announced, but for one that was less than had come; of a split one, that of the
   * undivided question.
   */
  readonly announcedTotal: number | null;
  /** The walk of pages broke off; `parts` hold what was read before. */
  readonly stoppedEarly: StoppedEarly | null;
  /** What a portal says of the dataset that the feed is a file of; null where no portal was asked. */
  readonly dataset: PortalDataset | null;
}

/**
 * Where and why a walk broke off. `params`: `page` (from 1), `received` and (where known) `announced` records, `reason` (`EndOfWalk`); where a page
 * failed, `error` (its code) and what that says: `status`, `url`, `because`… Of a split walk: `division` (`type=AAP`), and as reason also `over-window`
 * (a division announces `found` records, more than `window`) and `split-incomplete` (all divisions were walked; without `page`).
 */
export interface StoppedEarly {
  readonly code: "walk-incomplete";
  readonly params: Readonly<Record<string, string | number>>;
}

/** A feed of these parts, not paged, without validators. */
export function feedOf(parts: readonly FetchedPart[]): FetchedFeed {
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const hash = snapshotHash(parts.map((part) => part.sha256));
  const unpaged = { announcedTotal: null, stoppedEarly: null };
  return { parts, hash, bytes, notModified: false, etag: null, lastModified: null, ...unpaged, dataset: null };
}

/** One part: its own hash. Several: SHA-256 of their lower-case hex hashes joined without separator. */
function snapshotHash(hashes: readonly string[]): string {
  const [only = ""] = hashes;
  return hashes.length < 2 ? only : createHash("sha256").update(hashes.join("")).digest("hex");
}
