import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { StateThen } from "../catalogue/aids/history-repository.ts";
import type { AidState } from "../model/plan/plan.ts";
import { canonicalJson } from "../model/text/canonical.ts";
import type { Touchable } from "./touched-since.ts";

/** The parts of an aid's state that a plan can change; the others follow its record. */
type StatePart = Exclude<keyof AidState, "fingerprint" | "recordHash" | "memo">;

/** What is put back of an aid's state, and what is not: named by the first of the parts that go together. */
export interface ReverseState {
  readonly state: Partial<AidState>;
  readonly spared: readonly StatePart[];
}

/** Parts that mean nothing without each other. */
const together: readonly (readonly [StatePart, ...StatePart[]])[] = [
  ["externalId"],
  ["status", "mergedInto"],
  ["withdrawnAt", "withdrawnBy"],
  ["watch"],
  ["siteUrl"],
];

/**
 * The parts of an aid's state as they were before a plan, where it changed them and nothing has touched them since; `after`: as the plan left them. An external
 * id that another aid has by now (`isIdTaken`) is not given back.
 */
export function reverseState(
  aid: CuratedAid,
  { before, after, touched, isIdTaken }: { before: AidState; after: StateThen; touched: ReadonlySet<Touchable>; isIdTaken: boolean },
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
