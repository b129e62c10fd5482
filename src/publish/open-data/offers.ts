import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { OpenDataOffer } from "../../catalogue/publishers/open-data-offer-repository.ts";
import { type Refused, refusedAct } from "../../model/act-refusal.ts";
import { backerSlug } from "../../model/publisher/backer-slug.ts";
import { makeOfferedFile, type OfferedFileMaking } from "./offered-file.ts";

type OfferCatalogue = Pick<Catalogue, "openDataOffers" | "exchanges">;

/** Who acts on a publisher's file, and when. */
interface By {
  readonly by: string;
  readonly now: Date;
}

/** The validation of a file by a person of its publisher. `sha256`: of the file that the person has read; `as`: the person's function. */
interface Validation {
  readonly sha256: string;
  readonly name: string;
  readonly as: string;
}

/** Makes the open-data file of a publisher and offers it, or makes it again. Returns the number of its aids. */
export async function offerFile(
  { catalogue, connectors }: OfferedFileMaking & { readonly catalogue: OfferCatalogue },
  { publisherId, name }: { readonly publisherId: string; readonly name: string },
  { by, now }: By,
): Promise<number> {
  const before = await catalogue.openDataOffers.find(publisherId);
  const made = await makeOfferedFile({ catalogue, connectors }, { publisherId, name });
  await catalogue.openDataOffers.offer(publisherId, made, { slug: backerSlug(name) || publisherId, by, now });
  if (before === null) await catalogue.exchanges.add(publisherId, { at: now, kind: "file-offered", by, details: { aids: made.aids } });
  return made.aids;
}

/** Closes the daily address of a publisher's file. */
export async function revokeFile(
  { openDataOffers, exchanges }: OfferCatalogue,
  publisherId: string,
  { by, now }: By,
): Promise<Refused | null> {
  if (!(await openDataOffers.revoke(publisherId, { by, now }))) return refusedAct("file-not-served");
  await exchanges.add(publisherId, { at: now, kind: "file-revoked", by, details: {} });
  return null;
}

/** Validates a publisher's file: its daily address is open from now on. `by`: author in the publisher's log. */
export async function validateFile(
  { openDataOffers, exchanges }: OfferCatalogue,
  publisherId: string,
  { sha256, name, as }: Validation,
  { by, now }: By,
): Promise<Refused | null> {
  if (!(await openDataOffers.validate(publisherId, { sha256, by: name, as, now }))) return refusedAct("file-changed");
  await exchanges.add(publisherId, { at: now, kind: "file-validated", by, details: {} });
  return null;
}

/** Returns true if the publisher has validated its file and has not revoked this. */
export function isServed({ validatedAt, revokedAt }: Pick<OpenDataOffer, "validatedAt" | "revokedAt">): boolean {
  return validatedAt !== null && revokedAt === null;
}

/** Returns the path of the daily address of a file. */
export function dailyPath({ slug }: Pick<OpenDataOffer, "slug">): string {
  return `/donnees/${slug}/aides.csv`;
}
