import { readFile } from "node:fs/promises";
import type { Dataset } from "../../kit/feed.ts";
import type { PortalDataset } from "../../model/run/portal-dataset.ts";
import { FeedRefused } from "../../model/run/run-error.ts";
import { shownAddress } from "../../platform/shown-address.ts";
import type { FetchedPart } from "./fetched-feed.ts";
import { newestFile } from "./newest-file.ts";
import { linkedAddress } from "./page-addresses.ts";
import { readPortalAnswer } from "./portal-answer.ts";

/** Address of the feed and the portal's description of its dataset. */
export interface DatasetFile {
  readonly url: URL;
  readonly dataset: PortalDataset;
}

/**
 * Finds the feed's file in the answer of the portal at `portal`. Throws `FeedUnreadable` if the answer is not a dataset, and `FeedRefused`
 * if there is no such file or its address is invalid.
 */
export async function findDatasetFile(asked: Dataset, portal: URL, answer: FetchedPart): Promise<DatasetFile> {
  const text = new TextDecoder().decode(await readFile(answer.path)); // removes the BOM
  const { dataset, files } = readPortalAnswer(asked.portal, text);
  const file = newestFile(files, asked);
  const url = file.url === null ? null : linkedAddress(file.url, portal);
  if (url === null) throw new FeedRefused("address-refused", { host: "(unreadable address)", url: shownAddress(portal) });
  return { url, dataset: { ...dataset, file: file.title, fileChangedAt: file.changedAt } };
}
