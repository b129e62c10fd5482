import { z } from "zod";
import type { FeedFind, LeadReason } from "../../../model/publisher/feed-lead.ts";
import { type ReadAddress, readJson } from "../read-address.ts";
import { aidWords } from "../words-of-lists.ts";

/** Schemas of data.gouv.fr whose files list aids. */
const schemas = ["etalab/schema-dispositif-aide", "etalab/schema-dispositif-appel-public"];
const searches = ["aides entreprises", "aides collectivités", "dispositifs d'aide", "appels à projets", "guide des aides"];
const pageSize = 50;
/** Pages of one query. The first ones are the most relevant. */
const maxPages = 4;

/** The used part of an answer of `/api/1/datasets/`. */
const Answer = z.object({
  data: z.array(
    z.object({
      id: z.string().nullish(),
      slug: z.string().nullish(),
      title: z.string(),
      page: z.string().nullish(),
      description: z.string().nullish(),
      organization: z.object({ name: z.string() }).nullish(),
      resources: z
        .array(
          z.object({
            url: z.string(),
            latest: z.string().nullish(),
            title: z.string().nullish(),
            format: z.string().nullish(),
            type: z.string().nullish(),
            schema: z.object({ name: z.string().nullish() }).nullish(),
          }),
        )
        .default([]),
    }),
  ),
  next_page: z.string().nullish(),
});

const readable = /^(csv|json|jsonl|geojson|xlsx?|ods|xml|zip|yaml|yml)$/i;

/**
 * Finds files on data.gouv.fr by schema and by words. `place`: the portal.
 * Source: https://guides.data.gouv.fr/guide-data.gouv.fr/api/reference/datasets
 */
export async function* findOnDataGouv(read: ReadAddress, place: URL): AsyncGenerator<FeedFind> {
  const queries = [...schemas.map((schema) => ({ schema })), ...searches.map((q) => ({ q }))];
  for (const query of queries) yield* findByQuery(read, place, query);
}

async function* findByQuery(read: ReadAddress, place: URL, query: Readonly<Record<string, string>>): AsyncGenerator<FeedFind> {
  let url = new URL(`/api/1/datasets/?${new URLSearchParams({ ...query, page_size: String(pageSize) })}`, place);
  for (let page = 1; page <= maxPages; page++) {
    const { data, next_page: next } = Answer.parse(await readJson(read, url));
    for (const { id, slug, title, page: shown, description, organization, resources } of data) {
      const datasets = [id, slug].filter((one) => typeof one === "string");
      for (const { url: file, latest, title: name, format, type, schema } of resources) {
        const address = latest ?? file;
        if (!readable.test(format ?? "") || type === "documentation" || !URL.canParse(address)) continue;
        const reasons = reasonsOf(schema?.name ?? "", `${title} ${name ?? ""} ${description ?? ""}`);
        if (reasons.length === 0) continue;
        const publisher = organization?.name ?? "";
        yield {
          address,
          title: name == null || name === title ? title : `${title} – ${name}`,
          publisher,
          page: shown ?? null,
          catalogue: place.host,
          reasons,
          datasets,
        };
      }
    }
    // The address of the next page is only followed on the portal itself.
    if (next == null || new URL(next, place).host !== place.host) return;
    url = new URL(next, place);
  }
}

function reasonsOf(schema: string, text: string): LeadReason[] {
  const words = aidWords(text);
  return [
    ...(schemas.includes(schema) ? [{ code: "schema", name: schema } as const] : []),
    ...(words.length > 0 ? [{ code: "words", words } as const] : []),
  ];
}
