import { createHash } from "node:crypto";
import type { SnapshotPart } from "../../catalogue/snapshots/snapshot-repository.ts";
import type { Services } from "../../ingest/run-inputs.ts";

/** Stores an upload as a snapshot and returns its hash. Returns null, and stores nothing, if it names a person who asked to be forgotten. */
export async function storeUpload(
  { catalogue, feedCleaner }: Pick<Services, "catalogue" | "feedCleaner">,
  part: SnapshotPart,
  now: Date,
): Promise<string | null> {
  const cleaner = (await feedCleaner?.()) ?? null;
  if (cleaner !== null && (await cleaner.isIn(part.open()))) return null;
  const digest = createHash("sha256");
  for await (const piece of part.open()) digest.update(piece);
  const hash = digest.digest("hex");
  await catalogue.snapshots.save(hash, [part], now);
  return hash;
}
