import type { KindCounts } from "../../catalogue/plans/plan-reader.ts";
import { changeKinds, type PlanCounts } from "../../model/plan/plan.ts";

const words: Readonly<Record<keyof PlanCounts, string>> = {
  created: "created",
  updated: "updated",
  restored: "restored",
  withdrawn: "withdrawn",
  linked: "of them linked to aids of other connectors",
  removed: "removed",
  filled: "of them filled as decided",
  published: "of them published as decided",
  proposals: "proposed to a curator",
  unchanged: "unchanged",
  ignored: "ignored (rejected or merged by a person)",
  missing: "no longer in the feed (withdrawn after a grace period)",
};

/** Counts of changes and proposals. */
export const changedCounts = [
  "created",
  "linked",
  "updated",
  "restored",
  "withdrawn",
  "removed",
  "filled",
  "published",
  "proposals",
] as const satisfies readonly (keyof PlanCounts)[];

/** Counts of aids that do not change. */
export const otherCounts = ["unchanged", "ignored", "missing"] as const satisfies readonly (keyof PlanCounts)[];

/** Returns the counts above 0 in words, or an empty text. Aids withdrawn now are not counted as missing too. */
export function countsInWords(counts: PlanCounts, names: readonly (keyof PlanCounts)[]): string {
  const shown: Required<PlanCounts> = {
    linked: 0,
    removed: 0,
    filled: 0,
    published: 0,
    ...counts,
    missing: Math.max(counts.missing - counts.withdrawn, 0),
  };
  return names.flatMap((name) => (shown[name] === 0 ? [] : [`${shown[name]} ${words[name]}`])).join(", ");
}

/** Returns counts by kind, with the names of `--only`: "12 create, 3 update". Returns an empty text without changes. */
export function kindsInWords(kinds: KindCounts): string {
  return changeKinds.flatMap((kind) => (kinds[kind] ? [`${kinds[kind]} ${kind}`] : [])).join(", ");
}
