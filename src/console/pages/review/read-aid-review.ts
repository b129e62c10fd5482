import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { bestSuggestions } from "../../../curation/waiting-suggestions.ts";
import { type AidField, aidFields } from "../../../model/aid/aid.ts";
import { missingForDescription } from "../../../model/aid/publishable.ts";
import { shownContent } from "../../../model/aid/shown-value.ts";
import { isUnconfirmed } from "../../../model/aid/suggested-edit.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { Meanwhile } from "../../curation/aid-moved.tsx";
import { likelyDuplicatesOf } from "../../curation/likely-duplicates-of.ts";
import type { ReadAidForm } from "../../curation/read-aid-form.ts";
import type { Visit } from "../../visit.ts";
import type { FilteredQueue } from "./queue-address.ts";
import { rankOf } from "./queue-address.ts";

/** Content of a form with mistakes, to show it again. */
export interface SentForm {
  readonly typed?: ReadAidForm["typed"];
  readonly problems?: Readonly<Record<string, string>>;
  /** Set if somebody else changed the aid first. */
  readonly meanwhile?: Meanwhile;
  readonly why?: string;
}

/** Data of the review page of an aid. `isNew`: it waits to be published or rejected; `proposed`: fields with a waiting proposal. */
export type AidReview = Awaited<ReturnType<typeof readAidReview>>;

export async function readAidReview(visit: Visit, aid: CuratedAid, requested: FilteredQueue, sent: SentForm = {}) {
  const { catalogue, now } = visit;
  // Updates the index first: it may not contain the aid yet, and duplicates are searched in it.
  await catalogue.search.catchUp();
  const content = shownContent(aid);
  const isGone = aid.status === "deleted" || aid.status === "merged";
  const isNew = aid.status === "reviewable" && aid.withdrawnAt === null && content.outOfScope === null;
  const waits = isNew || (!isGone && Object.keys(aid.proposals).length > 0);
  return {
    aid,
    content,
    requested,
    isNew,
    isExpired: content.submissionDeadline !== null && content.submissionDeadline < parisDay(now),
    // To be fully described.
    missing: missingForDescription(content),
    proposed: isGone ? [] : aidFields.filter((field) => field in aid.proposals),
    links: await catalogue.links.ofAid(aid.aidId),
    duplicates: isGone ? [] : await likelyDuplicatesOf(catalogue, aid),
    // The best suggestion for each empty field.
    suggestions: bestSuggestions(aid),
    rank: waits ? await rankOf(visit, requested, aid.aidId) : null,
    sent,
  };
}

/**
 * Returns the fields to fill or to check: the title, missing fields, suggestions that nobody has confirmed, and fields with a typed value
 * or a mistake.
 */
export function formFields({ aid, missing, sent }: AidReview): readonly AidField[] {
  const problems = Object.keys(sent.problems ?? {}).join(" ");
  return aidFields.filter(
    (field) =>
      field === "name" ||
      missing.includes(field) ||
      isUnconfirmed(aid.edits[field]?.suggestion) ||
      field in (sent.typed ?? {}) ||
      new RegExp(`\\b${field}\\b`).test(problems),
  );
}
