import { randomUUID } from "node:crypto";
import type { KeptDigest } from "../../catalogue/runs/digest-repository.ts";
import { type DigestCatalogue, gatherDigest } from "./gather-digest.ts";
import type { Scheduled } from "./gather-trouble.ts";

const dayInMs = 86_400_000;

/** Since when a digest made now says everything: since the last one that reached somebody; a day, where there never was one. */
export async function digestSince({ digests }: Pick<DigestCatalogue, "digests">, now: Date): Promise<Date> {
  const said = await digests.saidUntil();
  return said !== null && said < now ? said : new Date(now.getTime() - dayInMs);
}

/**
 * Makes the digest of what has happened since the last one that reached somebody, and keeps it. `due`: the set time that it is made for.
 * @returns null where somebody else has made the one of `due`
 */
export async function makeDigest(
  catalogue: DigestCatalogue,
  scheduled: Scheduled,
  now: Date,
  due: Date | null,
): Promise<KeptDigest | null> {
  const content = await gatherDigest(catalogue, scheduled, { since: await digestSince(catalogue, now), until: now }, now);
  const digestId = randomUUID();
  const isKept = await catalogue.digests.create({ digestId, content }, due);
  return isKept ? { digestId, until: now, content, delivered: false, tries: 0, failures: [] } : null;
}
