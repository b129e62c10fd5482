import { openFeed, refuseNonWorkbook } from "./container/open-feed.ts";
import { cutCsv } from "./csv/cut-csv.ts";
import { RowDecoder } from "./csv/decode-rows.ts";
import type { Decoded, DecodeLimits, FeedPart, FeedReading } from "./decoded.ts";
import { inBatches } from "./in-batches.ts";
import { decodeJson } from "./json/decode-json.ts";
import type { Piece } from "./piece.ts";
import { decodeXml } from "./xml/decode-xml.ts";

/**
 * Cuts a feed into pieces, in order. Memory does not grow with the feed, except for Excel, HTML and YAML. With several parts, locators begin
 * with `page P, `. Throws `FeedUnreadable` if the rest of the feed cannot be read, after yielding the records before.
 */
export async function* cutFeed(parts: readonly FeedPart[], options: FeedReading, limits: DecodeLimits): AsyncGenerator<Piece> {
  const { details, ...list } = options;
  if (details !== undefined) {
    // Loaded only for sites.
    const { decodeSite } = await import("./site/decode-site.ts");
    yield* decodedPieces(decodeSite(parts, details, (ofList) => decodeList(ofList, list, limits), limits));
    return;
  }
  if (options.format === "html") {
    // Loaded only for web pages.
    const { decodeHtml } = await import("./html/decode-html.ts");
    yield* decodedPieces(decodeHtml(parts, options, limits));
    return;
  }
  for (const [index, part] of parts.entries()) {
    const page = parts.length > 1 ? `page ${index + 1}, ` : "";
    if (options.format === "csv") yield* cutCsv(await openFeed(part, "csv", limits), options, limits, page);
    else yield* decodedPieces(decodePart(part, options, limits, page));
  }
}

/** Decodes a list without its pages. Texts other than those of CSV are repaired later, together with those of the pages. */
async function* decodeList(parts: readonly FeedPart[], options: FeedReading, limits: DecodeLimits): AsyncGenerator<readonly Decoded[]> {
  const rows = new RowDecoder();
  for await (const piece of cutFeed(parts, options, limits)) yield piece.kind === "rows" ? rows.decode(piece) : piece.items;
}

type PartOptions = Exclude<FeedReading, { format: "html" | "csv" }>;

async function* decodePart(part: FeedPart, options: PartOptions, limits: DecodeLimits, page: string): AsyncGenerator<Decoded[]> {
  if (options.format === "excel") {
    await refuseNonWorkbook(part);
    // Loaded only for workbooks.
    const { decodeExcel } = await import("./excel/decode-excel.ts");
    yield* decodeExcel(part, options, limits);
    return;
  }
  if (options.format === "yaml") {
    // Loaded only for YAML.
    const { decodeYaml } = await import("./yaml/decode-yaml.ts");
    yield* decodeYaml(part, options, limits, page);
    return;
  }
  const content = await openFeed(part, options.format, limits);
  if (options.format === "json") yield* decodeJson(content, options, limits, page);
  else yield* decodeXml(content, options, limits, page);
}

async function* decodedPieces(batches: AsyncIterable<readonly Decoded[]>): AsyncGenerator<Piece> {
  for await (const items of inBatches(batches)) yield { kind: "decoded", items };
}
