import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { PriorState } from "../catalogue/aids/history-repository.ts";
import type { AidState } from "../model/plan/plan.ts";
import { canonicalJson } from "../model/text/canonical.ts";
import type { Touchable } from "./touched-since.ts";

/** Parts of the state that a plan can change; the others follow the record. */
type StatePart = Exclude<keyof AidState, "fingerprint" | "recordHash" | "memo">;

/** Parts of the state that are reverted or spared, named by the first of a group. */
export interface ReverseState {
  readonly state: Partial<AidState>;
  readonly spared: readonly StatePart[];
}

/** Groups of parts that belong together. */
const together: readonly (readonly [StatePart, ...StatePart[]])[] = [
  ["externalId"],
  ["status", "mergedInto"],
  ["withdrawnAt", "withdrawnBy"],
  ["watch"],
  ["siteUrl"],
];

/**
 * Returns the parts of an aid's state as before a plan, if the plan changed them and nothing has since. `after`: as the plan left them. An
 * external id that another aid has by now (`isIdTaken`) is not restored.
 */
export function reverseState(
  aid: CuratedAid,
  { before, after, touched, isIdTaken }: { before: AidState; after: PriorState; touched: ReadonlySet<Touchable>; isIdTaken: boolean },
): ReverseState {
  const state: Partial<AidState> = {};
  const spared: StatePart[] = [];
  for (const parts of together) {
    if (parts.every((part) => isSame(before[part], after[part]))) continue;
    const isTouched = parts.some((part) => touched.has(part) || !isSame(aid[part], after[part]));
    if (isTouched || (parts[0] === "externalId" && isIdTaken)) spared.push(parts[0]);
    else for (const part of parts) Object.assign(state, { [part]: before[part] });
  }
  return { state, spared };
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
