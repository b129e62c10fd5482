import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Rooms whose code decides what a record becomes. A change in one of them has every record read again. */
const rooms = ["model", "kit", "ingest/decode", "ingest/map", "ingest/validate"];

let known: string | undefined;

/**
 * Version of the normaliser: a fingerprint of the very code that reads records, so that a mended rule is applied by the next run though the
 * feed has not changed, and nobody has to remember to raise a number.
 */
export function normaliserVersion(): string {
  known ??= fingerprintOfRooms(rooms);
  return known;
}

/** Fingerprint of the code of some rooms: what they make may differ where it does. */
export function fingerprintOfRooms(rooms: readonly string[]): string {
  const source = fileURLToPath(new URL("..", import.meta.url));
  const digest = createHash("sha256");
  for (const room of rooms) {
    const folder = join(source, room);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
      (file) => /\.[jt]s$/.test(file) && !file.endsWith(".d.ts"),
    );
    for (const file of files.sort()) digest.update(file.replaceAll("\\", "/")).update(readFileSync(join(folder, file)));
  }
  return digest.digest("base64url").slice(0, 22);
}
