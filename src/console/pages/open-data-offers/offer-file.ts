import type { OpenDataOffer } from "../../../catalogue/publishers/open-data-offer-repository.ts";
import { backerSlug } from "../../../model/publisher/backer-slug.ts";
import { makeOfferedFile } from "../../../publish/open-data/offered-file.ts";
import type { Visit } from "../../visit.ts";

/** Makes the open-data file of a publisher, or makes it again, and returns the facts about it. */
export async function offerFile(
  { catalogue, console: { jobs }, now }: Visit,
  publisher: { readonly publisherId: string; readonly name: string },
  by: string,
): Promise<OpenDataOffer | null> {
  const made = await makeOfferedFile({ catalogue, connectors: await jobs.connectors() }, publisher);
  const slug = backerSlug(publisher.name) || publisher.publisherId;
  await catalogue.openDataOffers.offer(publisher.publisherId, made, { slug, by, now });
  return catalogue.openDataOffers.find(publisher.publisherId);
}

/** Returns true if the publisher has validated its file and has not revoked this. */
export function isServed({ validatedAt, revokedAt }: Pick<OpenDataOffer, "validatedAt" | "revokedAt">): boolean {
  return validatedAt !== null && revokedAt === null;
}

/** Returns the path of the daily address of a file. */
export function dailyPath({ slug }: Pick<OpenDataOffer, "slug">): string {
  return `/donnees/${slug}/aides.csv`;
}
