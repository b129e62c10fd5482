import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { type AidContent, type AidField, aidFields } from "../../../model/aid/aid.ts";
import { missingForPublication } from "../../../model/aid/publishable.ts";
import { shownContent } from "../../../model/aid/shown-value.ts";
import type { AidLink } from "../../../model/publisher/link-verdict.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { Meanwhile } from "../../curation/aid-moved.tsx";
import { type LikelyDuplicateOf, likelyDuplicatesOf } from "../../curation/likely-duplicates-of.ts";
import type { ReadAidForm } from "../../curation/read-aid-form.ts";
import type { Visit } from "../../visit.ts";
import type { FilteredQueue } from "./queue-address.ts";

/** Content of a refused form, to show it again. */
export interface SentForm {
  readonly typed?: ReadAidForm["typed"];
  readonly problems?: Readonly<Record<string, string>>;
  /** Set if somebody else changed the aid first. */
  readonly meanwhile?: Meanwhile;
  /** Reason given for the rejection. */
  readonly why?: string;
}

/** Data of the workbench of an aid. */
export interface Bench {
  readonly aid: CuratedAid;
  readonly content: AidContent;
  readonly requested: FilteredQueue;
  /** Ask for all fields, not only the missing ones. */
  readonly asksAll: boolean;
  /** It waits to be published or rejected. */
  readonly isNew: boolean;
  readonly isExpired: boolean;
  readonly missing: readonly AidField[];
  /** Fields with a waiting proposal. */
  readonly proposed: readonly AidField[];
  readonly links: readonly AidLink[];
  readonly duplicates: readonly LikelyDuplicateOf[];
  readonly sent: SentForm;
}

/** Reads the data of the workbench. */
export async function readBench(
  { catalogue, now }: Visit,
  aid: CuratedAid,
  { requested, asksAll }: Pick<Bench, "requested" | "asksAll">,
  sent: SentForm = {},
): Promise<Bench> {
  // Duplicates are searched in the index, which may not know the aid yet.
  await catalogue.search.catchUp();
  const content = shownContent(aid);
  const isGone = aid.status === "deleted" || aid.status === "merged";
  const isNew = aid.status === "reviewable" && aid.withdrawnAt === null && content.outOfScope === null;
  return {
    aid,
    content,
    requested,
    asksAll,
    isNew,
    isExpired: content.submissionDeadline !== null && content.submissionDeadline < parisDay(now),
    missing: missingForPublication(content),
    proposed: isGone ? [] : aidFields.filter((field) => field in aid.proposals),
    links: await catalogue.links.ofAid(aid.aidId),
    duplicates: isGone ? [] : await likelyDuplicatesOf(catalogue, aid),
    sent,
  };
}

/** Returns the fields of the form: the title, missing fields, and fields typed or refused before. Undefined: all fields. */
export function formFields({ asksAll, missing, sent }: Bench): readonly AidField[] | undefined {
  if (asksAll) return undefined;
  const problems = Object.keys(sent.problems ?? {}).join(" ");
  return aidFields.filter(
    (field) => field === "name" || missing.includes(field) || field in (sent.typed ?? {}) || new RegExp(`\\b${field}\\b`).test(problems),
  );
}
