import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import { type Aid, type AidContent, type AidField, aidFields } from "../../../model/aid/aid.ts";
import { isPermanentStated } from "../../../model/aid/open-until.ts";
import { askedOfPublisher, missingForDescription } from "../../../model/aid/publishable.ts";
import { sameValue } from "../../../model/aid/same-value.ts";
import { shownContent, unconfirmedFields } from "../../../model/aid/shown-value.ts";
import type { KnownServices } from "../../../privacy/doubts.ts";
import { aidForOwnSite, leftOutOf } from "../../../privacy/without-people-in-aid.ts";

/** An aid as its publisher may see it. */
export interface ShownAid {
  /** The aid with cleaned values only, and without the layers of curators. Its revision is that of the stored aid. */
  readonly aid: CuratedAid;
  readonly content: AidContent;
  /** Fields that only the publisher can fill, and that it lacks to be fully described. */
  readonly missing: readonly AidField[];
  /** See `isPermanentStated`. */
  readonly isPermanent: boolean;
  readonly leftOut: readonly AidField[];
  /** Fields with a value of ours that nobody has confirmed. */
  readonly ours: readonly AidField[];
  /** Fields from which the gate removed people. */
  readonly cleaned: ReadonlySet<AidField>;
}

/** Returns an aid without people, as far as the recorded policy of its publisher says. Nothing of an aid is shown to a publisher otherwise. */
export async function shownToPublisher({ peoplePolicies, personAnswers }: Catalogue, aid: CuratedAid): Promise<ShownAid> {
  const policy = (await peoplePolicies.inForce()).get(aid.connector) ?? "service";
  const services: KnownServices = await personAnswers.services();
  const stored = shownContent(aid);
  const { aidId, connector, externalId, status, withdrawnAt } = aid;
  const whole: Aid = { aidId, connector, externalId, ...stored, status, withdrawnAt, missingForPublication: [], missingForDescription: [] };
  const open = aidForOwnSite(whole, policy, "keep", services);
  const content = Object.fromEntries(aidFields.map((field) => [field, open[field]])) as unknown as AidContent;
  return {
    aid: { ...aid, imported: content, kept: {}, edits: {}, proposals: {} },
    content,
    missing: askedOfPublisher(missingForDescription(stored)),
    isPermanent: isPermanentStated(aid),
    leftOut: leftOutOf(stored, content),
    ours: unconfirmedFields(aid),
    cleaned: new Set(aidFields.filter((field) => !sameValue(field, content[field], stored[field]))),
  };
}
