import { readFile } from "node:fs/promises";
import type { Dataset } from "../../kit/feed.ts";
import type { PortalDataset } from "../../model/run/portal-dataset.ts";
import { FeedRefused } from "../../model/run/run-error.ts";
import { shownAddress } from "../../platform/shown-address.ts";
import type { FetchedPart } from "./fetched-feed.ts";
import { newestFile } from "./newest-file.ts";
import { linkedAddress } from "./page-addresses.ts";
import { readPortalAnswer } from "./portal-answer.ts";

/** Where the feed is, and what the portal says of it. */
export interface DatasetFile {
  readonly url: URL;
  readonly dataset: PortalDataset;
}

/**
 * Finds in the answer of a portal, asked at `portal`, the file that is the feed. Throws `FeedUnreadable` where that is no dataset, `FeedRefused` where it has
 * no such file, or no address of it that can be read.
 */
export async function findDatasetFile(asked: Dataset, portal: URL, answer: FetchedPart): Promise<DatasetFile> {
  const text = new TextDecoder().decode(await readFile(answer.path)); // takes the BOM off
  const { dataset, files } = readPortalAnswer(asked.portal, text);
  const file = newestFile(files, asked);
  const url = file.url === null ? null : linkedAddress(file.url, portal);
  if (url === null) throw new FeedRefused("address-refused", { host: "(unreadable address)", url: shownAddress(portal) });
  return { url, dataset: { ...dataset, file: file.title, fileChangedAt: file.changedAt } };
}
