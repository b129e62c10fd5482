import type { FeedPart } from "../model/run/feed-part.ts";
import { forgetIn } from "./forget-in.ts";
import type { ForgottenPeople } from "./forgotten-people.ts";
import { holdsPeople } from "./without-forgotten.ts";

/** How a stored feed is read: the files in it, out of their archives, and the records that a connector makes of it. */
export interface FeedReader {
  /** Throws where it is no text and no archive of texts. */
  contents(part: FeedPart): AsyncIterable<AsyncIterable<Uint8Array>>;
  /** Null where the connector is there no more. */
  records(connector: string, parts: readonly FeedPart[]): AsyncIterable<unknown> | null;
}

/** Longest stretch of bytes that is looked at again with the next piece: a person may stand across. In characters. */
const overlap = 1000;

/**
 * True where a feed holds one of the people: as it is written, in any of its files, or in the records that one of these connectors reads. Null where it can be
 * read neither way.
 */
export async function feedHolds(
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

/** Text in any encoding that feeds come in: where it is no UTF-8, Windows' is tried beside it. */
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
