import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folders with the code and data files that turn a record into an aid. After a change in one of them, every record is read again. */
const rooms = ["model", "kit", "ingest/decode", "ingest/map", "ingest/validate"];

let known: string | undefined;

/**
 * Returns the version of the normaliser: a fingerprint of the code that reads records. With it, a corrected rule applies on the next run
 * even if the feed has not changed.
 */
export function normaliserVersion(): string {
  known ??= fingerprintOfRooms(rooms);
  return known;
}

/** Returns a fingerprint of the code and data files in some folders. */
export function fingerprintOfRooms(rooms: readonly string[]): string {
  const source = fileURLToPath(new URL("..", import.meta.url));
  const digest = createHash("sha256");
  for (const room of rooms) {
    const folder = join(source, room);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
      (file) => /\.(?:[jt]s|json)$/.test(file) && !file.endsWith(".d.ts"),
    );
    for (const file of files.sort()) digest.update(file.replaceAll("\\", "/")).update(readFileSync(join(folder, file)));
  }
  return digest.digest("base64url").slice(0, 22);
}
