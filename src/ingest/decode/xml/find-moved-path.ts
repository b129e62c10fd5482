import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { FeedContent } from "../container/open-feed.ts";
import { areRecords, type DecodeLimits, type FeedReading } from "../decoded.ts";
import { readText } from "../text/read-text.ts";
import { StrictXmlParser } from "./xml-parser.ts";
import { XmlRecords } from "./xml-records.ts";
import { localName } from "./xml-value.ts";

/** Deeper elements are parts of records. */
const maxDepth = 4;
const maxPaths = 50;
/** Number of characters that are searched. */
const maxSearched = 1024 ** 2;

/** Returns the only path of a document with the records of the connector, or null. */
export async function findMovedPath(
  content: FeedContent,
  encoding: string,
  reading: Extract<FeedReading, { format: "xml" }>,
  { recordBytes }: DecodeLimits,
): Promise<string | null> {
  if (reading.shareOfFields === undefined) return null;
  const text = await beginningOf(content, encoding);
  const fitting = pathsIn(text).filter((path) => {
    const records = new XmlRecords({ path, recordBytes, page: "", keyedBy: reading.keyedBy });
    write(records, text);
    const names = records.take().flatMap((decoded) => (decoded.kind === "record" ? Object.keys(decoded.values) : []));
    return areRecords(reading, names);
  });
  const [found = null, another] = fitting;
  return another === undefined ? found : null;
}

/** Returns the paths of elements that contain elements. */
function pathsIn(text: string): string[] {
  const paths = new Set<string>();
  const open: string[] = [];
  const parser = new StrictXmlParser(
    {
      open: (tag) => {
        if (open.length > 0 && open.length <= maxDepth && paths.size < maxPaths) paths.add(`/${open.join("/")}`);
        open.push(localName(tag.name));
      },
      text: () => undefined,
      close: () => open.pop(),
      nearby: () => "",
    },
    Number.POSITIVE_INFINITY,
    "",
  );
  write(parser, text);
  return [...paths];
}

/** Parses a text that may be cut, or damaged. */
function write(parser: { write(text: string, repaired: boolean): void }, text: string): void {
  try {
    parser.write(text, false);
  } catch (error) {
    if (!(error instanceof FeedUnreadable)) throw error;
  }
}

async function beginningOf(content: FeedContent, encoding: string): Promise<string> {
  let text = "";
  for await (const pieces of readText(content.bytes(), encoding)) {
    for (const piece of pieces) text += piece.text;
    if (text.length >= maxSearched) break;
  }
  return text.slice(0, maxSearched);
}
