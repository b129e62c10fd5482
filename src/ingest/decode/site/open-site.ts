import { once } from "../../../model/run/feed-part.ts";
import { type ArchivedPage, bytesOf, type FailedPage, isSiteArchive, type PlacedLine, siteLines } from "../../../model/run/site-archive.ts";
import { readHead } from "../container/container-kind.ts";
import type { FeedPart } from "../decoded.ts";

/** A site: its list, and the pages that were fetched. */
interface Site {
  readonly list: readonly FeedPart[];
  /** Address of the list, or null if it is unknown. */
  readonly listUrl: string | null;
  readonly failed: ReadonlyMap<string, FailedPage>;
  /** Reads the pages, once. */
  pages(): AsyncIterable<ArchivedPage>;
}

/** Opens the archive of a site. A feed that is no archive is a list without pages. Throws `FeedUnreadable` if the archive is damaged. */
export async function openSite(parts: readonly FeedPart[]): Promise<Site> {
  const [archive] = parts;
  if (archive === undefined || !isSiteArchive((await readHead(archive.open(), 64)).bytes)) return listOnly(parts);
  const list: FeedPart[] = [];
  let listUrl: string | null = null;
  const failed = new Map<string, FailedPage>();
  const lines = siteLines(archive.open());
  let first: ArchivedPage | null = null;
  while (first === null) {
    const next = await lines.next();
    if (next.done) break;
    const { line } = next.value;
    if ("list" in line) {
      const { name, type, url } = line.list;
      const bytes = bytesOf(line.list);
      listUrl ??= url;
      list.push({ name, contentType: type, bytes: bytes.length, path: `${archive.path}#${list.length}`, open: () => once(bytes) });
    } else if ("failed" in line) failed.set(line.failed.url, line.failed);
    else if ("page" in line) first = line.page;
  }
  return { list, listUrl, failed, pages: () => pagesFrom(first, lines) };
}

function listOnly(list: readonly FeedPart[]): Site {
  const [first] = list as readonly (FeedPart & { readonly url?: string | null })[];
  return { list, listUrl: first?.url ?? null, failed: new Map(), pages: () => pagesFrom(null, nothing()) };
}

async function* pagesFrom(first: ArchivedPage | null, lines: AsyncIterable<PlacedLine>): AsyncGenerator<ArchivedPage> {
  if (first !== null) yield first;
  for await (const { line } of lines) if ("page" in line) yield line.page;
}

async function* nothing(): AsyncGenerator<PlacedLine> {
  // A list without pages.
}
