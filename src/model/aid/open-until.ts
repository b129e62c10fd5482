import type { Edit, Memo, PerField, StoredAid } from "../plan/plan.ts";
import type { AidContent } from "./aid.ts";

/**
 * Until when an aid is open, as far as somebody says so:
 * - `deadline`: until a day;
 * - `permanent`: always; its publisher or a person of ours says so;
 * - `unannounced`: no deadline is announced. That it is permanent is our assumption, because its source has no dates;
 * - `to-check`: it is a call, one-off or recurring, so it has dates that nobody gives;
 * - `unstated`: neither dates nor recurrence are known.
 */
export const openUntilKinds = ["deadline", "permanent", "unannounced", "to-check", "unstated"] as const;
export type OpenUntil = (typeof openUntilKinds)[number];

/** Returns until when an aid is open. `isStated`: see `isPermanentStated`. */
export function openUntilOf(
  { submissionDeadline, recurrence, isCallForProject }: Pick<AidContent, "submissionDeadline" | "recurrence" | "isCallForProject">,
  isStated: boolean,
): OpenUntil {
  if (submissionDeadline !== null) return "deadline";
  if (recurrence === null) return isCallForProject === true ? "to-check" : "unstated";
  if (recurrence !== "ongoing") return "to-check";
  if (isStated) return "permanent";
  return isCallForProject === true ? "to-check" : "unannounced";
}

/** An aid as far as the origin of its recurrence needs it. */
export interface StatedAid {
  /** Null: the aid has no source of its own. */
  readonly memo: Pick<Memo, "statesPermanence"> | null;
  readonly edits: PerField<Edit>;
  readonly kept?: StoredAid["kept"];
  readonly borrowed?: StoredAid["borrowed"];
}

/**
 * Returns true if somebody says that an aid is permanent, provided that its recurrence is `ongoing`: a person of ours, a sentence of the
 * aid, or its own source (`Memo.statesPermanence`). False if a connector or a standing decision assumes it, and for the values of other
 * sources and of former versions, whose origin is not kept.
 */
export function isPermanentStated({ memo, edits, kept = {}, borrowed = {} }: StatedAid): boolean {
  const edit = edits.recurrence;
  if (edit !== undefined) {
    const { suggestion } = edit;
    return suggestion === undefined || suggestion.confirmed || suggestion.rule === "sentence-recurrence";
  }
  return memo?.statesPermanence === true && !("recurrence" in kept) && !("recurrence" in borrowed);
}

/** Returns true if an aid has a deadline, or somebody says that it needs none. Only such an aid may be published without a person. */
export function isOpeningStated(content: AidContent, aid: StatedAid): boolean {
  return ["deadline", "permanent"].includes(openUntilOf(content, isPermanentStated(aid)));
}
