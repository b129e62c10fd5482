import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { once } from "../../../model/run/feed-part.ts";
import { type ArchivedList, archivedBytes, bytesOf } from "../../../model/run/site-archive.ts";
import { openFile } from "../../../platform/open-file.ts";
import { fetchFeed } from "../fetch-feed.ts";
import type { FetchedFeed, FetchedPart, FetchRequest, KnownPage } from "../fetched-feed.ts";
import { spool } from "../spool.ts";
import type { PreviousSite } from "./previous-site.ts";

/** Fetches the list. Pages of the list that have not changed are not sent again. */
export async function fetchList(
  request: FetchRequest,
  previous: PreviousSite | null,
  pauseMs: number,
): Promise<{ lists: readonly ArchivedList[]; feed: FetchedFeed }> {
  const known = previous?.lists ?? [];
  const { validators: _, ...unconditional } = { ...request, pauseMs };
  const feed = await fetchFeed({ ...unconditional, ...(await conditions(request, known)) });
  if (feed.notModified) return { lists: known, feed };
  return { lists: await Promise.all(feed.parts.map(archivedList)), feed };
}

/** Returns a part of a list as a line of the archive. */
export async function archivedList({ name, contentType, url, path, validators }: FetchedPart): Promise<ArchivedList> {
  return {
    ...{ name, type: contentType, url: url ?? null, etag: validators?.etag ?? null, modified: validators?.lastModified ?? null },
    ...archivedBytes(await readFile(path)),
  };
}

/** Returns what makes the requests for a list conditional. The archive does not keep the header that links pages. */
async function conditions(request: FetchRequest, known: readonly ArchivedList[]): Promise<Pick<FetchRequest, "validators" | "knownPage">> {
  const { paging } = request.connector.feed;
  const usable = known.flatMap((list) => (list.url === null || (list.etag ?? list.modified) === null ? [] : [{ ...list, url: list.url }]));
  if (paging === undefined) {
    const [only] = usable;
    return only === undefined ? {} : { validators: { etag: only.etag, lastModified: only.modified, url: only.url } };
  }
  if (paging.kind === "linkHeader") return {};
  const pages = new Map<string, KnownPage>();
  for (const [index, list] of usable.entries()) {
    const path = join(await request.spoolFolder(), `known-${index}`);
    const part = await spooledPart(list, path);
    pages.set(list.url, { validators: { etag: list.etag, lastModified: list.modified }, part });
  }
  return { knownPage: (url) => pages.get(url) };
}

async function spooledPart(list: ArchivedList, path: string): Promise<FetchedPart> {
  const validators = { etag: list.etag, lastModified: list.modified };
  const spooled = await spool(path, once(bytesOf(list)), () => undefined);
  return {
    name: list.name,
    contentType: list.type,
    path,
    ...spooled,
    ...(list.url !== null && { url: list.url }),
    validators,
    open: () => openFile(path),
  };
}
