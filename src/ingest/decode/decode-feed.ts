import type { DecodeOptions } from "../../kit/definition.ts";
import { openFeed, refuseNonWorkbook } from "./container/open-feed.ts";
import { decodeCsv, decodeCsvWithMemory } from "./csv/decode-csv.ts";
import type { Decoded, DecodeLimits, FeedPart, RecordMemory } from "./decoded.ts";
import { inBatches } from "./in-batches.ts";
import { decodeJson } from "./json/decode-json.ts";
import { decodeXml } from "./xml/decode-xml.ts";

/**
 * Decodes a feed in batches of about 500 items. Memory does not grow with the feed, except for Excel and HTML. If there are several parts,
 * locators begin with `page P, `. Does not decode rows of a CSV that `memory` recalls. Throws `FeedUnreadable` if the rest of the feed
 * cannot be read, after it has yielded the records before.
 */
export async function* decodeFeed(
  parts: readonly FeedPart[],
  options: DecodeOptions,
  limits: DecodeLimits,
  memory?: RecordMemory,
): AsyncGenerator<Decoded[]> {
  if (options.format === "html") {
    // Loaded only for web pages.
    const { decodeHtml } = await import("./html/decode-html.ts");
    yield* inBatches(decodeHtml(parts, options, limits));
    return;
  }
  for (const [index, part] of parts.entries()) {
    const page = parts.length > 1 ? `page ${index + 1}, ` : "";
    if (options.format === "csv" && memory !== undefined) {
      yield* decodeCsvWithMemory(await openFeed(part, "csv", limits), options, limits, page, memory);
    } else yield* inBatches(decodePart(part, options, limits, page));
  }
}

type PartOptions = Exclude<DecodeOptions, { format: "html" }>;

async function* decodePart(part: FeedPart, options: PartOptions, limits: DecodeLimits, page: string): AsyncGenerator<Decoded[]> {
  if (options.format === "excel") {
    await refuseNonWorkbook(part);
    // Loaded only for workbooks.
    const { decodeExcel } = await import("./excel/decode-excel.ts");
    yield* decodeExcel(part, options, limits);
    return;
  }
  const content = await openFeed(part, options.format, limits);
  if (options.format === "csv") yield* decodeCsv(content, options, limits, page);
  else if (options.format === "json") yield* decodeJson(content, options, limits, page);
  else yield* decodeXml(content, options, limits, page);
}
