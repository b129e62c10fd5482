import { brokenFields, renamesIn } from "./feed-breaks.ts";
import { type GuardFinding, type HoldingGuard, holdingGuard, shiftKinds } from "./guard.ts";

/** What to do with a held plan, by its first guard, if its broken fields are not the only cause. */
const advice: Readonly<Record<HoldingGuard, "discard" | "read">> = {
  "path-missing": "discard",
  "values-moved": "discard",
  "titles-changed": "discard",
  "texts-shrunk": "discard",
  "markup-appeared": "discard",
  "characters-broken": "discard",
  "language-changed": "discard",
  "dates-swapped": "discard",
  "nothing-received": "discard",
  "none-valid": "discard",
  "fewer-than-expected": "discard",
  "aids-gone": "discard",
  "new-ids": "discard",
  "records-rejected": "discard",
  "field-emptied": "discard",
  "deadlines-past": "discard",
  "links-moved": "read",
  "dates-month-first": "discard",
  "first-run-of-draft": "read",
  "undone-before": "discard",
  "dates-swapped-elsewhere": "discard",
};

/** Guards that report fields of the feed, which can keep their last values while the rest is applied. */
const fieldGuards: ReadonlySet<string> = new Set(["path-missing", ...shiftKinds]);

/** Returns the recommended act on a plan that guards hold: on its card, and on its own page. */
export function advisedAct(guards: readonly GuardFinding[]): "follow" | "without-fields" | "discard" | "read" {
  if (renamesIn(guards).length > 0) return "follow";
  const holding = guards.filter(({ code }) => holdingGuard(code) !== undefined);
  if (holding.some(({ code }) => code === "first-run-of-draft")) return "read";
  if (brokenFields(guards).length > 0 && holding.every(({ code }) => fieldGuards.has(code))) return "without-fields";
  const first = holdingGuard(holding[0]?.code ?? "");
  return first === undefined ? "discard" : advice[first];
}
