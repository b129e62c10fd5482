import { open, readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { matchesPath } from "../../kit/pages/path-pattern.ts";
import { decodeEntities } from "../../kit/values/html/decode-entities.ts";
import { linkedAddress } from "../../kit/values/text/linked-address.ts";
import { FeedRefused, FeedUnreachable, FeedUnreadable, RunOverBudget } from "../../model/run/run-error.ts";
import type { FetchedPart } from "./fetched-feed.ts";
import { causeOf, type WalkedPages } from "./walk-end.ts";

/** Which sitemaps of an index to read, and how many. */
interface SitemapOptions {
  readonly only?: readonly string[] | undefined;
  readonly maxSitemaps: number;
}

/** The protocol's own limit for one sitemap, unpacked. */
const maxSitemapBytes = 50 * 1024 ** 2;
const headBytes = 2048;
const index = /<(?:[\w-]+:)?sitemapindex[\s>]/;
const entry = /<(?:[\w-]+:)?url[\s>]/;
const location = /<(?:[\w-]+:)?loc\s*>\s*(?:<!\[CDATA\[)?([^<\]]*)/g;

/**
 * Downloads a sitemap, or the sitemaps that an index names, also through further indexes. Indexes and empty sitemaps are no parts. A sitemap
 * that fails stops the walk early. Throws the errors of the first request, and `RunOverBudget`.
 */
export async function walkSitemaps(
  address: URL,
  download: (url: URL, number: number) => Promise<FetchedPart>,
  { only, maxSitemaps }: SitemapOptions,
): Promise<WalkedPages> {
  const parts: FetchedPart[] = [];
  const waiting = [address];
  const named = new Set([address.href]);
  for (let number = 1, url = waiting.shift(); url !== undefined; number++, url = waiting.shift()) {
    if (number > maxSitemaps) throw RunOverBudget.of("pages", maxSitemaps);
    try {
      const part = await download(url, number);
      const text = await sitemapText(part);
      if (!index.test(text)) {
        if (number === 1 || entry.test(text)) parts.push(part);
        continue;
      }
      for (const [, written = ""] of text.matchAll(location)) {
        const next = linkedAddress(decodeEntities(written.trim()), url);
        if (next === null || named.has(next.href) || only?.some((pattern) => matchesPath(pattern, next.pathname)) === false) continue;
        named.add(next.href);
        waiting.push(next);
      }
    } catch (error) {
      if (number === 1 || !(error instanceof FeedUnreachable || error instanceof FeedRefused)) throw error;
      const params = { page: number, reason: "page-failed", ...causeOf(error) };
      return { parts, announcedTotal: null, stoppedEarly: { code: "walk-incomplete", params } };
    }
  }
  return { parts, announcedTotal: null, stoppedEarly: null };
}

/** Returns true if a downloaded file is an index of sitemaps. */
export async function isSitemapIndex({ path }: Pick<FetchedPart, "path">): Promise<boolean> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(headBytes);
    await file.read(head, 0, headBytes, 0);
    return index.test(head.toString("utf8"));
  } finally {
    await file.close();
  }
}

async function sitemapText({ path }: FetchedPart): Promise<string> {
  const bytes = await readFile(path);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes);
  try {
    return new TextDecoder().decode(gunzipSync(bytes, { maxOutputLength: maxSitemapBytes }));
  } catch (error) {
    throw new FeedUnreadable("malformed", { at: "sitemap" }, { cause: error });
  }
}
