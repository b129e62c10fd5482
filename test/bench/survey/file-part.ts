import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { FeedPart } from "../../../src/model/run/feed-part.ts";

/** Returns a file as a part of a feed. */
export async function filePart(path: string): Promise<FeedPart> {
  const { size } = await stat(path);
  return { name: basename(path), path, contentType: null, bytes: size, open: () => createReadStream(path) };
}
