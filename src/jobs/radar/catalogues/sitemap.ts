import { decodeXML } from "entities";
import type { FeedFind } from "../../../model/publisher/feed-lead.ts";
import { RadarProblem, type ReadAddress } from "../read-address.ts";
import { aidWords } from "../words-of-lists.ts";

/** A folder with fewer pages is an article, not a list. */
const minPages = 5;
const maxSitemaps = 20;
const maxAddresses = 100_000;
const file = /\.(csv|json|xlsx?|ods|xml)$/i;

/**
 * Finds files of aids, and folders with the pages of aids, in the sitemaps of a site. `place`: the site. `publisher`: its name.
 * Source: https://www.sitemaps.org/protocol.html
 */
export async function* findInSitemap(read: ReadAddress, place: URL, publisher: string): AsyncGenerator<FeedFind> {
  const folders = new Map<string, number>();
  let count = 0;
  for await (const address of addressesOf(read, place)) {
    if (++count > maxAddresses) break;
    const { pathname, href } = address;
    const words = aidWords(pathname.replaceAll(/[/_-]+/g, " "));
    if (words.length === 0) continue;
    const found = { publisher, page: place.href, catalogue: place.host };
    if (file.test(pathname))
      yield { ...found, address: href, title: pathname.split("/").at(-1) ?? href, reasons: [{ code: "words", words }] };
    const folder = listFolder(pathname);
    if (folder !== null) folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  for (const [folder, pages] of folders) {
    if (pages < minPages) continue;
    const address = new URL(folder, place).href;
    yield { address, title: folder, publisher, page: address, catalogue: place.host, reasons: [{ code: "pages", folder, count: pages }] };
  }
}

/** Returns the deepest folder whose own name names aids, without the page itself: `/guide-des-aides/` of `/guide-des-aides/toiture`. */
function listFolder(pathname: string): string | null {
  const steps = pathname.split("/").filter((step) => step !== "");
  for (let depth = steps.length - 1; depth > 0; depth--) {
    if (aidWords((steps[depth - 1] ?? "").replaceAll(/[_-]+/g, " ")).length > 0) return `/${steps.slice(0, depth).join("/")}/`;
  }
  return null;
}

async function* addressesOf(read: ReadAddress, place: URL): AsyncGenerator<URL> {
  const waiting = await sitemapsOf(read, place);
  const seen = new Set<string>();
  while (waiting.length > 0 && seen.size < maxSitemaps) {
    const url = waiting.shift() as URL;
    if (seen.has(url.href) || url.host !== place.host) continue;
    seen.add(url.href);
    const text = await read(url);
    const isIndex = /<sitemapindex[\s>]/i.test(text);
    for (const [, location = ""] of text.matchAll(/<loc>\s*([^<\s]{1,2000})\s*<\/loc>/gi)) {
      const address = decodeXML(location);
      if (!URL.canParse(address)) continue;
      const found = new URL(address);
      if (isIndex) waiting.push(found);
      else if (found.host === place.host) yield found;
    }
  }
}

/** Returns the sitemaps that robots.txt names, or the usual one. */
async function sitemapsOf(read: ReadAddress, place: URL): Promise<URL[]> {
  const robots = await read(new URL("/robots.txt", place)).catch((error: unknown) => {
    if (error instanceof RadarProblem) return "";
    throw error;
  });
  const named = [...robots.matchAll(/^\s*sitemap:\s*(\S+)/gim)].flatMap(([, address = ""]) =>
    URL.canParse(address) ? [new URL(address)] : [],
  );
  return named.length > 0 ? named : [new URL("/sitemap.xml", place)];
}
