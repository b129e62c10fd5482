import type { KnownAid } from "../../../catalogue/published/published-change-repository.ts";
import { aidSlug } from "../../../model/aid/aid-slug.ts";
import { openLicences } from "../../../model/aid/open-licences.ts";
import { reasonGone } from "../../../model/aid/tombstone.ts";
import type { Slug } from "../../../model/vocabularies.ts";
import { textWithoutPeople } from "../../../privacy/text-without-people.ts";
import type { Access } from "../access/access.ts";

/** Licences that somebody may read; null: whatever the licence. */
export function licencesOf(scope: Access["scope"]): readonly Slug<"importShareLicence">[] | null {
  return scope === "site" ? null : [...openLicences];
}

/** True for an aid of this licence that somebody may read. */
export function mayRead(scope: Access["scope"], licence: Slug<"importShareLicence">): boolean {
  return scope === "site" || openLicences.has(licence);
}

/** Why an aid that could be read cannot any more; `unpublished`: somebody took it off; `licence`: it may not be passed on. */
export type GoneReason = "withdrawn" | "rejected" | "merged" | "removed" | "unpublished" | "licence";

/** What an aid is to somebody: `live`, gone, or null: they never could read it, and are told nothing of it. */
export function becameOf(aid: KnownAid, scope: Access["scope"]): "live" | GoneReason | null {
  if (aid.status === null || aid.licence === null) return "removed";
  const isOpen = mayRead(scope, aid.licence);
  if (!isOpen && !aid.formerLicences.some((licence) => mayRead(scope, licence as Slug<"importShareLicence">))) return null;
  const gone = reasonGone({ status: aid.status, withdrawnAt: aid.isWithdrawn ? "withdrawn" : null });
  if (gone !== null) return gone;
  if (aid.status !== "published") return "unpublished";
  return isOpen ? "live" : "licence";
}

/**
 * The name in addresses that is told of an aid that went: the one of its title, where it had that when it was live. None of what may not
 * be read, or where somebody is
 * named in the title: it says the title.
 */
export function slugToldOf(aid: KnownAid, scope: Access["scope"]): string | null {
  if (aid.licence === null || aid.name === null || !mayRead(scope, aid.licence)) return null;
  const slug = aidSlug({ aidId: aid.aidId, name: aid.name });
  return aid.slugs.includes(slug) && textWithoutPeople(aid.name) === aid.name ? slug : null;
}
