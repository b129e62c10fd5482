import { brokenFields, renamesIn } from "../../model/plan/feed-breaks.ts";
import type { GuardFinding } from "../../model/plan/guard.ts";
import type { ChangeKind, FieldAction, MatchReason, PlanState } from "../../model/plan/plan.ts";
import type { Terminal } from "../terminal.ts";

type Color = "green" | "yellow" | "red" | "cyan";

/** Sign and colour of each kind of change: green adds, yellow changes, red removes, cyan is a curator's decision. */
export const kindMarks: Readonly<Record<ChangeKind, readonly [sign: string, color: Color]>> = {
  create: ["+", "green"],
  update: ["~", "yellow"],
  withdraw: ["-", "red"],
  restore: ["↩", "green"],
  "re-identify": ["⇄", "yellow"],
  remove: ["×", "red"],
  edit: ["✎", "cyan"],
  publish: ["↑", "green"],
  unpublish: ["↓", "red"],
  reject: ["×", "red"],
  merge: ["→", "red"],
  split: ["←", "green"],
  accept: ["✓", "green"],
  refuse: ["≠", "cyan"],
  confirm: ["✓", "cyan"],
  suspend: ["‖", "yellow"],
  adopt: ["=", "green"],
  "choose-source": ["✎", "cyan"],
};

/** Returns the word and the colour of an action on a field. */
export function actionWord(action: FieldAction, colors: Terminal["colors"]): readonly [word: string, paint: (text: string) => string] {
  if (action === "propose") return ["proposed to a curator", colors.yellow];
  if (action === "keep") return ["kept as it is", colors.cyan];
  return [action === "fill" ? "filled" : "applied", colors.dim];
}

/** Reasons why two records match. */
export const reasonWords: Readonly<Record<MatchReason, string>> = {
  "same-import-id": "same import id",
  "same-link": "same link",
  "same-title": "same title",
  "similar-title": "similar title",
  "same-dates": "same dates",
  "swapped-dates": "same dates, day and month swapped",
  "same-text": "same text",
  "similar-text": "similar text",
  "same-territory": "same territory",
  "same-financer": "same financer",
};

/** States of a plan. */
export const stateWords: Readonly<Record<PlanState, string>> = {
  open: "open, not applied yet",
  "part-applied": "applied in part, the rest is open",
  applied: "applied",
  discarded: "discarded",
  overtaken: "overtaken: the catalogue has changed since",
};

/**
 * Returns the commands that decide about an open plan, those that cure its feed first. For a held plan, `apply` and `discard` have `--note`,
 * because the reason is stored.
 */
export function nextStep(planId: string, guards: readonly GuardFinding[]): string {
  const id = planId.slice(0, 8);
  const note = guards.length > 0 ? ' --note "…"' : "";
  const fields = brokenFields(guards);
  return [
    ...(renamesIn(guards).length > 0 ? [`moisson plan follow ${id}`] : []),
    ...(fields.length > 0 ? [`moisson plan apply ${id} --without-field ${fields.join(",")}`] : []),
    `moisson plan apply ${id}${note}`,
    `moisson plan discard ${id}${note}`,
  ].join("   or   ");
}
