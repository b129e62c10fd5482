import { type GuardCode, type GuardFinding, holdingGuards, warningGuards } from "../../model/plan/plan.ts";
import type { GuardFacts } from "./guard-facts.ts";
import { aidsGone } from "./guards/aids-gone.ts";
import { contentRepeated } from "./guards/content-repeated.ts";
import { deadlinesPast } from "./guards/deadlines-past.ts";
import { fewerThanExpected } from "./guards/fewer-than-expected.ts";
import { fieldEmptied } from "./guards/field-emptied.ts";
import { firstRunOfDraft } from "./guards/first-run-of-draft.ts";
import { linksMoved } from "./guards/links-moved.ts";
import { newIds } from "./guards/new-ids.ts";
import { noneValid } from "./guards/none-valid.ts";
import { nothingReceived } from "./guards/nothing-received.ts";
import { recordsRejected } from "./guards/records-rejected.ts";
import { textsShrunk } from "./guards/texts-shrunk.ts";
import { undoneBefore } from "./guards/undone-before.ts";
import { unmappedRisen } from "./guards/unmapped-risen.ts";

/** What it saw where it trips; nothing where the plan passes. */
type Guard = (facts: GuardFacts) => readonly GuardFinding[];

const guards: Readonly<Record<GuardCode, Guard>> = {
  "nothing-received": nothingReceived,
  "none-valid": noneValid,
  "fewer-than-expected": fewerThanExpected,
  "aids-gone": aidsGone,
  "new-ids": newIds,
  "records-rejected": recordsRejected,
  "field-emptied": fieldEmptied,
  "deadlines-past": deadlinesPast,
  "links-moved": linksMoved,
  "first-run-of-draft": firstRunOfDraft,
  "undone-before": undoneBefore,
  "texts-shrunk": textsShrunk,
  "unmapped-risen": unmappedRisen,
  "content-repeated": contentRepeated,
};

/**
 * Checks on the whole plan. What holds leaves yesterday's catalogue as it is until a person decides; warnings are only said. Of a feed without one
 * valid aid nothing else is said than that.
 */
export function checkGuards(facts: GuardFacts): { holds: GuardFinding[]; warnings: GuardFinding[] } {
  const findings = (codes: readonly GuardCode[]) => codes.flatMap((code) => guards[code](facts));
  if (facts.valid === 0) return { holds: findings(["nothing-received", "none-valid"]), warnings: [] };
  return { holds: findings(holdingGuards), warnings: findings(warningGuards) };
}
