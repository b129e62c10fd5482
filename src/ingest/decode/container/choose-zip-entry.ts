import type { Entry } from "yauzl";
import type { DecodeOptions } from "../../../kit/definition.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { refuseFile } from "./refuse-file.ts";

const extensions: Readonly<Record<DecodeOptions["format"], readonly string[]>> = {
  csv: [".csv", ".tsv", ".tab", ".txt"],
  json: [".json", ".jsonl", ".ndjson", ".geojson", ".txt"],
  xml: [".xml", ".rss", ".atom", ".rdf"],
  excel: [],
  html: [".html", ".htm", ".xhtml"],
};
const namesShown = 5;

/** Returns whether the archive is an Excel workbook (`.xlsx`, `.xlsm`). */
function isWorkbook(entries: readonly Entry[]): boolean {
  return entries.some((entry) => entry.fileName.startsWith("xl/")) && entries.some((entry) => entry.fileName === "[Content_Types].xml");
}

/** Returns whether the archive is an OpenDocument file (`.ods`). */
function isOpenDocument(entries: readonly Entry[]): boolean {
  return entries.some((entry) => entry.fileName === "mimetype") && entries.some((entry) => entry.fileName === "content.xml");
}

/**
 * Returns the feed in an archive: the first file with an extension of this format. Throws `FeedUnreadable`: `empty-archive`, or
 * `unsupported-file` with the names in the archive.
 */
export function chooseZipEntry(entries: readonly Entry[], format: DecodeOptions["format"]): Entry {
  const files = entries.filter((entry) => !isLeftover(entry.fileName));
  if (files.length === 0) throw new FeedUnreadable("empty-archive");
  if (isOpenDocument(entries)) throw refuseFile("ods", "declare-excel");
  if (isWorkbook(entries)) throw refuseFile("xlsx", "declare-excel");
  const feed = files.find((entry) => extensions[format].some((extension) => entry.fileName.toLowerCase().endsWith(extension)));
  if (feed !== undefined) return feed;
  const names = files.slice(0, namesShown).map((entry) => entry.fileName);
  throw refuseFile(`zip: ${names.join(", ")}${files.length > namesShown ? ", …" : ""}`, "unpack");
}

/** Returns whether macOS added this entry. */
function isLeftover(name: string): boolean {
  return name.startsWith("__MACOSX/") || name.endsWith(".DS_Store");
}
