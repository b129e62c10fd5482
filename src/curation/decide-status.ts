import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { AidField } from "../model/aid/aid.ts";
import { openLicences } from "../model/aid/open-data.ts";
import { type PublicationWarning, warningsOf } from "../model/aid/publication-warnings.ts";
import { missingForPublication } from "../model/aid/publishable.ts";
import { shownContent } from "../model/aid/shown-value.ts";
import type { Objection } from "../model/plan/objection.ts";
import type { Watch } from "../model/plan/plan.ts";
import { parisDay } from "../model/text/paris-day.ts";
import type { Curator } from "./person-plan.ts";
import { outOfCatalogue, personsChange, refused, type Verdict } from "./persons-change.ts";
import { suggestionsOf } from "./waiting-suggestions.ts";

/**
 * Publishes a draft or an aid in review. Returns an objection if a required field is missing. Warns if the licence is not open, because the
 * aid is then left out of open data, if the aid is withdrawn, because it then appears only after its return, and of `saidAtPublication`.
 */
export function decidePublish(aid: CuratedAid, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  if (aid.status === "published") return refused("is-published");
  const content = shownContent(aid);
  const missing = missingForPublication(content, aid.asked);
  if (missing.length > 0) return refused("missing-fields", { fields: missing.join(", "), ...offerOf(aid, missing) });
  const { importShareLicence: licence } = content;
  const cautions: Objection[] = [
    ...(openLicences.has(licence) ? [] : [{ code: "licence-not-open", params: { licence } } as const]),
    ...(aid.withdrawnAt === null ? [] : [{ code: "is-withdrawn", params: { day: aid.withdrawnAt } } as const]),
    ...warningsOf({ ...aid, content }, parisDay(curator.now))
      .filter((warning) => saidAtPublication.has(warning))
      .map((warning) => ({ code: "warning", params: { warning } }) as const),
  ];
  return { change: personsChange(aid, "publish", curator, { state: { status: "published" } }), cautions };
}

/** Warnings that a person hears when publishing. The others are on the page on which the person decides. */
const saidAtPublication: ReadonlySet<PublicationWarning> = new Set<PublicationWarning>([
  "deadline-past",
  "no-searchable-territory",
  "unconfirmed-suggestion",
]);

/** Counts the missing fields that a suggestion from the aid's own texts would fill. Leaves out fields without a suggestion. */
function offerOf(aid: CuratedAid, missing: readonly AidField[]): Objection["params"] {
  const offered = suggestionsOf(aid).filter(({ field }) => missing.includes(field));
  const suggested = new Set(offered.map(({ field }) => field)).size;
  return suggested === 0 ? {} : { suggested: String(suggested), aid: `${aid.connector}/${aid.externalId}` };
}

/** Turns a published aid into a draft. It is off the site until somebody publishes it again. */
export function decideUnpublish(aid: CuratedAid, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  if (aid.status !== "published") return refused("not-published");
  return { change: personsChange(aid, "unpublish", curator, { state: { status: "draft" } }), cautions: [] };
}

/** Rejects an aid. It stays off the site even if its feed contains it, and is never created again. */
export function decideReject(aid: CuratedAid, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  return { change: personsChange(aid, "reject", curator, { state: { status: "deleted" } }), cautions: [] };
}

/**
 * Reverts a rejection, a withdrawal or a suspension. A rejected aid returns to review; the others return to their former status.
 * Returns an objection if the aid left its feed, because it returns when the feed contains it again.
 */
export function decideRestore(aid: CuratedAid, curator: Curator): Verdict {
  const isRejected = aid.status === "deleted";
  const isWithdrawn = aid.withdrawnBy !== null;
  const isSuspended = aid.watch?.state === "suspended";
  if (aid.status === "merged") return refused("is-merged", { into: aid.mergedInto ?? "" });
  if (!isRejected && !isWithdrawn && !isSuspended) {
    return aid.withdrawnAt === null ? refused("not-taken-off") : refused("left-its-feed", { day: aid.withdrawnAt });
  }
  const state = {
    ...(isRejected && { status: "reviewable" as const }),
    ...(isWithdrawn && { withdrawnAt: null, withdrawnBy: null }),
    // A `restore` change clears the day of withdrawal. An aid that is still missing in its feed must keep it.
    ...(!isWithdrawn && aid.withdrawnAt !== null && { withdrawnAt: aid.withdrawnAt }),
    ...(isSuspended && { watch: null }),
  };
  return { change: personsChange(aid, "restore", curator, { state }), cautions: [] };
}

/**
 * Merges an aid into another one with the same content. The merged aid is taken off the site, is never created again, and redirects to the
 * other.
 */
export function decideMerge(aid: CuratedAid, into: CuratedAid, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  if (aid.aidId === into.aidId) return refused("into-itself");
  if (into.status === "deleted") return refused("into-rejected");
  if (into.status === "merged") {
    return into.mergedInto === aid.aidId ? refused("into-its-own") : refused("into-merged", { into: into.mergedInto ?? "" });
  }
  const cautions = into.withdrawnAt === null ? [] : [{ code: "is-withdrawn", params: { day: into.withdrawnAt } } as const];
  return { change: personsChange(aid, "merge", curator, { state: { status: "merged", mergedInto: into.aidId } }), cautions };
}

/** Reverts a merge and puts the aid in review again. */
export function decideSplit(aid: CuratedAid, curator: Curator): Verdict {
  if (aid.status !== "merged") return refused("not-merged");
  return { change: personsChange(aid, "split", curator, { state: { status: "reviewable", mergedInto: null } }), cautions: [] };
}

/** Confirms that an aid is still valid, so that it is not listed as stale until a day (`YYYY-MM-DD`). */
export function decideConfirm(aid: CuratedAid, curator: Curator, until: string): Verdict {
  const off = offTheSite(aid);
  if (off !== null) return { refused: off };
  const watch = watchOf("confirmed", curator, until, curator.note ?? null);
  return { change: personsChange(aid, "confirm", curator, { state: { watch } }), cautions: [] };
}

/** Takes an aid off the site until a day on which somebody should check it. A second suspension changes the day. */
export function decideSuspend(aid: CuratedAid, curator: Curator, until: string, reason: string): Verdict {
  const off = aid.watch?.state === "suspended" ? outOfCatalogue(aid) : offTheSite(aid);
  if (off !== null) return { refused: off };
  const watch = watchOf("suspended", curator, until, reason);
  const noted = { ...curator, note: curator.note ?? reason };
  return { change: personsChange(aid, "suspend", noted, { state: { ...takenOff(aid, curator), watch } }), cautions: [] };
}

/** Withdraws an aid. It stays off the site until a person restores it, even if its feed contains it. */
export function decideWithdraw(aid: CuratedAid, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  if (aid.withdrawnBy !== null && aid.watch?.state !== "suspended") {
    return refused("withdrawn-by", { by: aid.withdrawnBy, day: aid.withdrawnAt ?? "" });
  }
  return { change: personsChange(aid, "withdraw", curator, { state: { ...takenOff(aid, curator), watch: null } }), cautions: [] };
}

function takenOff(aid: CuratedAid, { by, now }: Curator): { readonly withdrawnAt: string; readonly withdrawnBy: string } {
  return { withdrawnAt: aid.withdrawnAt ?? parisDay(now), withdrawnBy: by };
}

function watchOf(state: Watch["state"], { by, now }: Curator, until: string, reason: string | null): Watch {
  return { state, until, reason, by, at: now.toISOString() };
}

/** Returns the reason why an aid of any status is off the site, or null. */
function offTheSite(aid: CuratedAid): Objection | null {
  const gone = outOfCatalogue(aid);
  if (gone !== null || aid.withdrawnAt === null) return gone;
  const day = aid.withdrawnAt;
  return aid.withdrawnBy === null
    ? { code: "left-its-feed", params: { day } }
    : { code: "withdrawn-by", params: { by: aid.withdrawnBy, day } };
}
