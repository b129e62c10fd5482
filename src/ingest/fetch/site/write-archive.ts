import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ArchivedList, archivedBytes, type SiteLine, writtenLine } from "../../../model/run/site-archive.ts";
import { openFile } from "../../../platform/open-file.ts";
import type { FetchedPart } from "../fetched-feed.ts";
import { spool } from "../spool.ts";
import type { ListedPage, PageHarvest } from "./fetch-pages.ts";
import type { PreviousSite } from "./previous-site.ts";

/** A site to archive. `keepsAll`: the list is incomplete, so that pages outside of it are kept too. */
export interface HarvestedSite {
  readonly lists: readonly ArchivedList[];
  readonly listed: readonly ListedPage[];
  readonly harvest: PageHarvest;
  readonly previous: PreviousSite | null;
  readonly keepsAll: boolean;
}

/** Writes the archive of a site into a folder. Pages that were not requested are copied from the previous archive. */
export async function writeArchive(site: HarvestedSite, folder: string): Promise<FetchedPart> {
  const path = join(folder, "site.jsonl");
  const { bytes, sha256 } = await spool(path, archiveLines(site), () => undefined);
  const [first] = site.lists;
  const part = { name: "site.jsonl", contentType: "application/x-ndjson", bytes, path, sha256, open: () => openFile(path) };
  return first?.url == null ? part : { ...part, url: first.url };
}

async function* archiveLines({ lists, listed, harvest, previous, keepsAll }: HarvestedSite): AsyncGenerator<Uint8Array> {
  const line = (written: SiteLine) => writtenLine(written);
  yield line({ site: 1 });
  for (const list of lists) yield line({ list });
  const urls = [...new Set([...listed.map(({ url }) => url.href), ...(keepsAll ? (previous?.urls ?? []) : [])])];
  const isAsked = (url: string) => harvest.fetched.has(url) || harvest.checked.has(url) || harvest.failed.has(url);
  for (const url of urls) {
    const failed = harvest.failed.get(url) ?? (isAsked(url) ? undefined : previous?.failed.get(url));
    if (failed !== undefined) yield line({ failed });
  }
  for (const url of urls) {
    const fetched = harvest.fetched.get(url);
    if (fetched !== undefined) yield line({ page: { ...fetched.head, ...archivedBytes(await readFile(fetched.path)) } });
    else if (previous?.has(url)) yield await previous.line(url);
  }
  for (const url of urls) {
    const checked = harvest.checked.get(url) ?? (harvest.fetched.has(url) ? undefined : previous?.checked.get(url));
    if (checked !== undefined) yield line({ checked });
  }
}
