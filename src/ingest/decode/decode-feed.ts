import type { DecodeOptions } from "../../kit/definition.ts";
import { openFeed, refuseOtherThanWorkbook } from "./container/open-feed.ts";
import { decodeCsv, decodeCsvByMemory } from "./csv/decode-csv.ts";
import type { Decoded, DecodeLimits, FeedPart, RecordMemory } from "./decoded.ts";
import { inBatches } from "./in-batches.ts";
import { decodeJson } from "./json/decode-json.ts";
import { decodeXml } from "./xml/decode-xml.ts";

/**
 * Reads a feed: its records in order, the broken ones, issues about the feed, the announced total. In batches of about 500; memory does not grow
 * with the feed (Excel and HTML: see there). With several parts locators begin with `page P, `. `memory`: rows of a CSV that it knows are not read again.
 * @throws FeedUnreadable where the feed as a whole cannot be read; what stands before that place was given then
 */
export async function* decodeFeed(
  parts: readonly FeedPart[],
  options: DecodeOptions,
  limits: DecodeLimits,
  memory?: RecordMemory,
): AsyncGenerator<Decoded[]> {
  if (options.format === "html") {
    // Loaded only where pages are read.
    const { decodeHtml } = await import("./html/decode-html.ts");
    yield* inBatches(decodeHtml(parts, options, limits));
    return;
  }
  for (const [index, part] of parts.entries()) {
    const page = parts.length > 1 ? `page ${index + 1}, ` : "";
    if (options.format === "csv" && memory !== undefined) {
      yield* decodeCsvByMemory(await openFeed(part, "csv", limits), options, limits, page, memory);
    } else yield* inBatches(decodePart(part, options, limits, page));
  }
}

type PartOptions = Exclude<DecodeOptions, { format: "html" }>;

async function* decodePart(part: FeedPart, options: PartOptions, limits: DecodeLimits, page: string): AsyncGenerator<Decoded[]> {
  if (options.format === "excel") {
    await refuseOtherThanWorkbook(part);
    // Loaded only where a workbook is read.
    const { decodeExcel } = await import("./excel/decode-excel.ts");
    yield* decodeExcel(part, options, limits);
    return;
  }
  const content = await openFeed(part, options.format, limits);
  if (options.format === "csv") yield* decodeCsv(content, options, limits, page);
  else if (options.format === "json") yield* decodeJson(content, options, limits, page);
  else yield* decodeXml(content, options, limits, page);
}
