import { z } from "zod";
import type { FeedFind } from "../../../model/publisher/feed-lead.ts";
import { type ReadAddress, readJson } from "../read-address.ts";
import { aidWords } from "../words-of-lists.ts";

const pageSize = 100;
const maxPages = 3;

/** The used part of an answer of the catalogue. */
const Answer = z.object({
  total_count: z.number(),
  results: z.array(
    z.object({
      dataset_id: z.string(),
      has_records: z.boolean().default(true),
      metas: z.object({
        default: z.object({ title: z.string().nullish(), publisher: z.string().nullish(), description: z.string().nullish() }).nullish(),
      }),
    }),
  ),
});

/**
 * Finds datasets of a portal by words. `place`: the portal.
 * Source: https://help.opendatasoft.com/apis/ods-explore-v2/#tag/Catalog
 */
export async function* findOnOpendatasoft(read: ReadAddress, place: URL): AsyncGenerator<FeedFind> {
  const where = ["aides", "subventions", "appels à projets", "dispositifs"].map((words) => `search("${words}")`).join(" or ");
  for (let page = 0; page < maxPages; page++) {
    const query = new URLSearchParams({ where, limit: String(pageSize), offset: String(page * pageSize) });
    const { total_count: total, results } = Answer.parse(
      await readJson(read, new URL(`/api/explore/v2.1/catalog/datasets?${query}`, place)),
    );
    for (const { dataset_id: id, has_records: hasRecords, metas } of results) {
      const { title, publisher, description } = metas.default ?? {};
      const words = aidWords(`${title ?? ""} ${description ?? ""}`);
      if (words.length === 0 || !hasRecords) continue;
      yield {
        address: new URL(`/api/explore/v2.1/catalog/datasets/${encodeURIComponent(id)}/exports/json`, place).href,
        title: title ?? id,
        publisher: publisher ?? "",
        page: new URL(`/explore/dataset/${encodeURIComponent(id)}/`, place).href,
        catalogue: place.host,
        reasons: [{ code: "words", words }],
      };
    }
    if ((page + 1) * pageSize >= total) return;
  }
}
