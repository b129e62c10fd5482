import type { FeedPart } from "../model/run/feed-part.ts";
import { forgetIn } from "./forget-in-value.ts";
import type { ForgottenPeople } from "./forgotten-people.ts";
import { holdsPeople } from "./without-forgotten.ts";

/** Reads a stored feed: its files, extracted from archives, and a connector's records. */
export interface FeedReader {
  /** Returns the files of a part. Throws if it is neither text nor an archive of texts. */
  contents(part: FeedPart): AsyncIterable<AsyncIterable<Uint8Array>>;
  /** Returns the records, or null if the connector no longer exists. */
  records(connector: string, parts: readonly FeedPart[]): AsyncIterable<unknown> | null;
}

/** Number of characters searched again with the next chunk, because a name may be split between two chunks. */
const overlap = 1000;

/** Returns true if the text of a feed, or a record as a connector reads it, names one of the people. Null if neither can be read. */
export async function feedNamesPerson(
  parts: readonly FeedPart[],
  connectors: readonly string[],
  people: ForgottenPeople,
  reader: FeedReader,
): Promise<boolean | null> {
  let isRead = true;
  for (const part of parts) {
    const holds = await partHolds(part, people, reader).catch(() => null);
    if (holds) return true;
    if (holds === null) isRead = false;
  }
  for (const connector of connectors) {
    const holds = await recordsHold(reader.records(connector, parts), people).catch(() => null);
    if (holds) return true;
    if (holds === false) isRead = true;
  }
  return isRead ? false : null;
}

async function partHolds(part: FeedPart, people: ForgottenPeople, reader: FeedReader): Promise<boolean> {
  for await (const content of reader.contents(part)) if (await bytesHold(content, people)) return true;
  return false;
}

async function recordsHold(records: AsyncIterable<unknown> | null, people: ForgottenPeople): Promise<boolean | null> {
  if (records === null) return null;
  for await (const record of records) if (forgetIn(record, people) !== record) return true;
  return false;
}

/** Returns true if a text names one of the people. Searches it as UTF-8 and windows-1252, or as UTF-16 if it has a byte order mark. */
export async function bytesHold(bytes: AsyncIterable<Uint8Array>, people: ForgottenPeople): Promise<boolean> {
  let readers: Reader[] | null = null;
  for await (const piece of bytes) {
    readers ??= encodingsOf(piece).map((encoding) => ({ decoder: new TextDecoder(encoding), kept: "" }));
    for (const reader of readers) {
      const text = reader.kept + reader.decoder.decode(piece, { stream: true });
      if (holdsPeople(text, people)) return true;
      reader.kept = text.slice(-overlap);
    }
  }
  return false;
}

interface Reader {
  readonly decoder: InstanceType<typeof TextDecoder>;
  kept: string;
}

function encodingsOf(head: Uint8Array): string[] {
  if (head[0] === 0xff && head[1] === 0xfe) return ["utf-16le"];
  if (head[0] === 0xfe && head[1] === 0xff) return ["utf-16be"];
  return ["utf-8", "windows-1252"];
}
