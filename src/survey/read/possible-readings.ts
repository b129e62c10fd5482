import { chooseZipEntry, gunzip, isText, listZip } from "../../ingest/decode/container/archives.ts";
import { fileKind, readHead } from "../../ingest/decode/container/container-kind.ts";
import { type FeedContent, openFeed } from "../../ingest/decode/container/open-feed.ts";
import { decodeBytes } from "../../ingest/decode/text/decode-bytes.ts";
import { markedUtf16, unmarkedUtf16 } from "../../ingest/decode/text/encoding-marks.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import { isSiteArchive } from "../../model/run/site-archive.ts";
import { siteReadings } from "../site/site-readings.ts";
import type { Reading, Readings } from "../survey.ts";
import { csvReadings } from "./csv-readings.ts";
import { jsonReadings } from "./json-readings.ts";
import { surveyLimits } from "./read-sample.ts";
import { sheetReadings } from "./sheet-readings.ts";
import { xmlReadings } from "./xml-readings.ts";
import { yamlArchiveReadings, yamlReadings } from "./yaml-readings.ts";

/** Detects the ways to read a feed from its bytes. `wanted`: the list of a site that a person chose. Throws `FeedUnreadable`. */
export async function possibleReadings(part: FeedPart, wanted: Reading | null = null): Promise<Readings> {
  const { bytes } = await readHead(part.open(), 16);
  if (isSiteArchive(bytes)) return siteReadings(part, possibleReadings, wanted);
  const kind = fileKind(bytes);
  const isXls = kind === "ole" || (kind === "gzip" && fileKind((await readHead(gunzip(part.open()), 16)).bytes) === "ole");
  if (isXls) return sheetReadings(part);
  const archived = kind === "zip" ? await formatInArchive(part) : "xml";
  if (archived === "excel") return sheetReadings(part);
  if (archived === "yaml") return yamlArchiveReadings(part);
  // Opens the feed as XML, because other formats refuse markup.
  const content = await openFeed(part, archived, surveyLimits);
  const start = startOf(content);
  if (start.startsWith("<")) return xmlReadings(content);
  if (start.startsWith("{") || start.startsWith("[")) {
    const json = await jsonReadings(part, start);
    if (json !== null) return json;
  }
  return (await yamlReadings(part, start)) ?? csvReadings(part, content);
}

/** Returns the format of an archive's content: a workbook, or a file by its extension. */
async function formatInArchive(part: FeedPart): Promise<"excel" | "json" | "yaml" | "xml" | "csv"> {
  const entries = await listZip(part.path);
  let refused: FeedUnreadable | undefined;
  let hasText = false;
  for (const format of ["json", "xml", "yaml", "csv", "excel"] as const) {
    try {
      if (!isText(chooseZipEntry(entries, format))) return format;
      hasText = true;
    } catch (error) {
      if (!(error instanceof FeedUnreadable)) throw error;
      refused ??= error;
    }
  }
  if (hasText) return "csv";
  if (refused !== undefined && !String(refused.params.found ?? "").startsWith("zip")) return "excel";
  throw refused ?? new FeedUnreadable("empty-archive");
}

/** Returns the first characters without byte order mark and blanks. */
function startOf({ head }: FeedContent): string {
  const encoding = markedUtf16(head) ?? unmarkedUtf16(head) ?? "utf-8";
  return decodeBytes(head, encoding).replace(/^[\ufeff\s]+/, "");
}
