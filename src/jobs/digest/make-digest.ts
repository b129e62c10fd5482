import { randomUUID } from "node:crypto";
import type { KeptDigest } from "../../catalogue/runs/digest-repository.ts";
import { type DigestCatalogue, gatherDigest } from "./gather-digest.ts";
import type { Scheduled } from "./gather-trouble.ts";

const dayInMs = 86_400_000;

/** Returns the start of a new digest's period: the end of the last delivered one, or a day ago. */
export async function digestSince({ digests }: Pick<DigestCatalogue, "digests">, now: Date): Promise<Date> {
  const said = await digests.coveredUntil();
  return said !== null && said < now ? said : new Date(now.getTime() - dayInMs);
}

/** Makes and stores the digest since the last delivered one. `due`: its scheduled time. Returns null if another worker has made it. */
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
