import type { KnownAid } from "../../../catalogue/published/published-change-repository.ts";
import { aidSlug } from "../../../model/aid/aid-slug.ts";
import { isOpenAid, openLicences } from "../../../model/aid/open-data.ts";
import type { ConfirmableBasis } from "../../../model/aid/reuse-basis.ts";
import { reasonGone } from "../../../model/aid/tombstone.ts";
import type { Slug } from "../../../model/vocabularies.ts";
import { textWithoutPeople } from "../../../privacy/text-without-people.ts";
import type { Access } from "../access/access.ts";

/** Returns the licences that a scope may read, beside aids that a confirmed basis lets out; null for all. */
export function licencesOf(scope: Access["scope"]): readonly Slug<"importShareLicence">[] | null {
  return scope === "site" ? null : [...openLicences];
}

/** Returns true if a scope may read an aid of this licence. `basis`: the confirmed basis of its connector, if any. */
export function mayRead(scope: Access["scope"], licence: Slug<"importShareLicence">, basis: ConfirmableBasis | null): boolean {
  return scope === "site" || isOpenAid(licence, basis);
}

/** Why an aid is no longer readable; `unpublished`: a person took it off; `licence`: it may not be reused, or no longer. */
export type GoneReason = "withdrawn" | "rejected" | "merged" | "removed" | "unpublished" | "licence";

/**
 * Returns the state of an aid for a scope: `live`, the reason why it is gone, or null if it was never readable and must not be mentioned.
 */
export function publicStateOf(aid: KnownAid, scope: Access["scope"]): "live" | GoneReason | null {
  if (aid.status === null || aid.licence === null) return "removed";
  const isOpen = mayRead(scope, aid.licence, aid.basis);
  if (!isOpen && !wasOpen(aid, scope)) return null;
  const gone = reasonGone({ status: aid.status, withdrawnAt: aid.isWithdrawn ? "withdrawn" : null });
  if (gone !== null) return gone;
  if (aid.status !== "published") return "unpublished";
  return isOpen ? "live" : "licence";
}

/** Returns true if a former licence or a revoked basis once let the aid out. */
function wasOpen({ licence, formerLicences, basis, revokedBases }: KnownAid, scope: Access["scope"]): boolean {
  const licences = [...(licence === null ? [] : [licence]), ...(formerLicences as Slug<"importShareLicence">[])];
  return licences.some((one) => [basis, ...revokedBases].some((by) => mayRead(scope, one, by)));
}

/**
 * Returns the slug to show for a gone aid: that of its title, if it had it while live. Null if it may not be read or its title names a
 * person, because the slug contains the title.
 */
export function publicSlugOf(aid: KnownAid, scope: Access["scope"]): string | null {
  if (aid.licence === null || aid.name === null || !mayRead(scope, aid.licence, aid.basis)) return null;
  const slug = aidSlug({ aidId: aid.aidId, name: aid.name, siteSlug: aid.siteSlug === "" ? null : aid.siteSlug });
  return aid.slugs.includes(slug) && textWithoutPeople(aid.name) === aid.name ? slug : null;
}
