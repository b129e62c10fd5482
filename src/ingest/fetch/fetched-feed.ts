import { createHash } from "node:crypto";
import type { Connector } from "../../kit/definition.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import type { PortalDataset } from "../../model/run/portal-dataset.ts";

/** Options of a fetch. */
export interface FetchRequest {
  readonly connector: Connector;
  /** A file with the whole feed that replaces the connector's address; relative to the current folder. */
  readonly file?: string;
  /** Another address of the whole feed; pages are not followed. The connector's headers and secrets are sent there too. */
  readonly url?: string;
  /** Secrets and addresses, by name. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Private hosts that the operator allows (`host:port` or `host`), in addition to the connector's. */
  readonly allowHosts: readonly string[];
  /**
   * Validators of the last applied run and the shown address they came from; absent for an unconditional request. Ignored for pages, files
   * and other addresses.
   */
  readonly validators?: Validators & { readonly url?: string };
  readonly signal?: AbortSignal;
  /** An existing folder for downloads. The caller removes it after reading the parts. */
  readonly spoolFolder: string;
  /** Receives the bytes downloaded so far, over all parts, and the total size, or null if it is unknown. */
  onProgress?(bytes: number, total: number | null): void;
}

/** Validators of an answer, for conditional requests. */
export interface Validators {
  readonly etag: string | null;
  /** As the server wrote it. */
  readonly lastModified: string | null;
}

/** A part of a feed with its hash. */
export interface FetchedPart extends FeedPart {
  /** SHA-256 of the received bytes, lower-case hex. The content encoding is decoded first; `.gz` and `.zip` are not unpacked. */
  readonly sha256: string;
  /** The requested address without credentials and secrets; absent for a file. */
  readonly url?: string;
  /** The `Link` header as the server wrote it. */
  readonly link?: string;
}

/** A feed as received. */
export interface FetchedFeed extends Validators {
  /** Pages in order, or one part; none if the server answered 304. */
  readonly parts: readonly FetchedPart[];
  /** Hash of the snapshot; empty if `notModified`. */
  readonly hash: string;
  readonly bytes: number;
  /** The server answered 304: the feed is that of the last applied run. */
  readonly notModified: boolean;
  /**
   * For a paged feed, the last announced number of records that is not lower than the number received. For a split feed, the number that
   * the undivided query announced.
   */
  readonly announcedTotal: number | null;
  /** Set if the walk over pages stopped early; `parts` are then the pages before. */
  readonly stoppedEarly: StoppedEarly | null;
  /** A portal's description of the feed's dataset; null without a portal. */
  readonly dataset: PortalDataset | null;
}

/**
 * Where and why a walk stopped early. `params`: `page` (from 1), `received` and, if known, `announced` records, and `reason`
 * (`EndOfWalk`). If a page failed, also `error` (its code) with the parameters of the error: `status`, `url`, `because`… For a split feed,
 * also `division` (`type=AAP`) and two more reasons: `over-window` (a division announces `found` records, more than `window`) and
 * `split-incomplete` (all divisions were walked; no `page`).
 */
export interface StoppedEarly {
  readonly code: "walk-incomplete";
  readonly params: Readonly<Record<string, string | number>>;
}

/** Returns a feed of these parts, without pages and validators. */
export function feedOf(parts: readonly FetchedPart[]): FetchedFeed {
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const hash = snapshotHash(parts.map((part) => part.sha256));
  const unpaged = { announcedTotal: null, stoppedEarly: null };
  return { parts, hash, bytes, notModified: false, etag: null, lastModified: null, ...unpaged, dataset: null };
}

/** Returns the hash of a single part, or the SHA-256 of the joined lower-case hex hashes of several. */
function snapshotHash(hashes: readonly string[]): string {
  const [only = ""] = hashes;
  return hashes.length < 2 ? only : createHash("sha256").update(hashes.join("")).digest("hex");
}
