import { aidFields } from "../../../src/model/aid/aid.ts";
import type { MeasuredRule } from "../../../src/suggest/measured-rule.ts";
import { figuresOf, type Judged, judgeAids } from "./judged-aids.ts";
import type { LabelledAid } from "./labelled-aids.ts";

/** Verdicts on all suggestions for the labelled aids, and the figures of the rules. */
interface Measurement {
  readonly judged: readonly Judged[];
  readonly measured: readonly MeasuredRule[];
}

/** Measures all rules on labelled aids. `measured` is the content of `src/suggest/measured-rules.json`. */
export function measureRules(aids: readonly LabelledAid[]): Measurement {
  const judged = judgeAids(aids);
  const measured = figuresOf(judged)
    .filter(({ n }) => n > 0)
    .map(({ rule, field, strength, n, right }) => ({ rule, field, strength, n, right }))
    .sort(
      (a, b) =>
        aidFields.indexOf(a.field) - aidFields.indexOf(b.field) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.strength - b.strength),
    );
  return { judged, measured };
}
