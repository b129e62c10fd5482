import { createHash } from "node:crypto";
import type { Connector } from "../../kit/definition.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import type { PortalDataset } from "../../model/run/portal-dataset.ts";

/** Options of a fetch. */
export interface FetchRequest {
  readonly connector: Connector;
  /** Path of a file that contains the whole feed; replaces the connector's address. */
  readonly file?: string;
  /** Another address of the whole feed; pages are not followed. The connector's headers and secrets are sent there too. */
  readonly url?: string;
  /** Secrets and addresses, by name. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Names in `environment` whose values were entered in the console. These are never read as paths of files. */
  readonly storedSecrets?: readonly string[];
  /** Private hosts that the operator allows (`host:port` or `host`), in addition to the connector's. */
  readonly allowHosts: readonly string[];
  /**
   * Validators of the last applied run, and the shown address of its feed. Absent for an unconditional request. Ignored for pages, files
   * and other addresses.
   */
  readonly validators?: Validators & { readonly url?: string };
  readonly signal?: AbortSignal;
  /** Pause before each page of a list but the first. Default 0. */
  readonly pauseMs?: number;
  /** Returns a page of the list as fetched before, by its shown address. It is then requested conditionally. */
  knownPage?(url: string): KnownPage | undefined;
  /** Returns an existing folder for downloads. The caller removes it after reading the parts. */
  spoolFolder(): Promise<string>;
  /** Receives the number of bytes downloaded so far in all parts, and the total size or null. */
  onProgress?(bytes: number, total: number | null): void;
}

/** Validators of an answer, for conditional requests. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** A page that was fetched before. */
export interface KnownPage {
  readonly validators: Validators;
  readonly part: FetchedPart;
}

/** A part of a feed with its hash. */
export interface FetchedPart extends FeedPart {
  /** SHA-256 of the bytes after the content encoding is decoded, lower-case hex. Archives are not unpacked. */
  readonly sha256: string;
  /** The requested address without credentials and secrets; absent for a file. */
  readonly url?: string;
  /** The `Link` header as the server wrote it. */
  readonly link?: string;
  /** Absent for a file. */
  readonly validators?: Validators;
}

/** A feed as received. */
export interface FetchedFeed extends Validators {
  /** Pages in order, or one part. Empty if the server answered 304. */
  readonly parts: readonly FetchedPart[];
  /** Hash of the snapshot; empty if `notModified`. */
  readonly hash: string;
  readonly bytes: number;
  /** True if the server answered 304: the feed equals that of the last applied run. */
  readonly notModified: boolean;
  /**
   * Number of records that a paged feed announces. For a split feed, the number that the undivided query announced. Numbers lower than the
   * number of received records are ignored.
   */
  readonly announcedTotal: number | null;
  /** Set if the walk over pages stopped early. `parts` then contains the pages read so far. */
  readonly stoppedEarly: StoppedEarly | null;
  /** Dataset of the feed as described by a portal; null without a portal. */
  readonly dataset: PortalDataset | null;
}

/**
 * Where and why a walk stopped early. `params` contains:
 * - `page` (from 1), `received` and, if known, `announced` records, and `reason` (`EndOfWalk`);
 * - if a page failed, the code of the `error` and its parameters: `status`, `url`, `because`…
 * - for a split feed, the `division` (`type=AAP`). It has two more reasons: `over-window` if a division announces more records (`found`)
 *   than `window`, and `split-incomplete`, without `page`, if all divisions together have too few records.
 */
export interface StoppedEarly {
  readonly code: "walk-incomplete";
  readonly params: Readonly<Record<string, string | number>>;
}

/** Returns a feed of these parts. Facts about pages and validators are null. */
export function feedOf(parts: readonly FetchedPart[]): FetchedFeed {
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const hash = snapshotHash(parts.map((part) => part.sha256));
  const unpaged = { announcedTotal: null, stoppedEarly: null };
  return { parts, hash, bytes, notModified: false, etag: null, lastModified: null, ...unpaged, dataset: null };
}

/** Returns the hash of a single part, or the SHA-256 of the joined hashes (lower-case hex) of several parts. */
function snapshotHash(hashes: readonly string[]): string {
  const [only = ""] = hashes;
  return hashes.length < 2 ? only : createHash("sha256").update(hashes.join("")).digest("hex");
}
