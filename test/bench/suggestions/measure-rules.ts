import { aidFields } from "../../../src/model/aid/aid.ts";
import { type MeasuredRule, reachesThresholds } from "../../../src/suggest/is-sure.ts";
import { wilsonLower } from "./judge.ts";
import { figuresOf, type Judged, judgeAids, longestPerAid } from "./judged-aids.ts";
import { duplicatesOf, type LabelledAid, randomFolds } from "./labelled-aids.ts";

/** Verdicts on all suggestions for the labelled aids, and the figures of the rules. */
interface Measurement {
  /** Aid -> its likely duplicates and itself. */
  readonly duplicates: ReadonlyMap<string, ReadonlySet<string>>;
  readonly judged: readonly Judged[];
  readonly measured: readonly MeasuredRule[];
}

/** Measures all rules on labelled aids. `measured` is the content of `src/suggest/measured-rules.json`. */
export function measureRules(aids: readonly LabelledAid[]): Measurement {
  const duplicates = duplicatesOf(aids);
  const judged = judgeAids(aids);
  return { duplicates, judged, measured: measuredRules(judged, [...new Set(randomFolds(aids, duplicates).values())]) };
}

function measuredRules(judged: readonly Judged[], folds: readonly ReadonlySet<string>[]): MeasuredRule[] {
  const chosen = folds.flatMap((fold) => {
    const others = (some: readonly Judged[]) => some.filter(({ aid }) => !fold.has(aid.aidId));
    const sure = basicFigures(others(judged)).filter(reachesThresholds);
    const isSureThere = ({ suggested: { rule, field, strength } }: Judged) =>
      sure.some((figure) => figure.rule === rule && figure.field === field && strength >= figure.strength);
    return judged.filter((one) => fold.has(one.aid.aidId) && isSureThere(one));
  });
  return basicFigures(judged).map((figure) => {
    const ofRule = chosen.filter(({ suggested }) => suggested.rule === figure.rule && suggested.field === figure.field);
    const longest = longestPerAid(ofRule);
    return { ...figure, chosenN: longest.length, chosenRight: longest.filter(({ right }) => right).length };
  });
}

function basicFigures(some: readonly Judged[]): Omit<MeasuredRule, "chosenN" | "chosenRight">[] {
  return figuresOf(some)
    .filter(({ n }) => n > 0)
    .map(({ rule, field, strength, n, right }) => {
      const lower = Math.round(wilsonLower(right, n) * 10_000) / 10_000;
      return { rule, field, strength, n, right, lower };
    })
    .sort(
      (a, b) =>
        aidFields.indexOf(a.field) - aidFields.indexOf(b.field) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.strength - b.strength),
    );
}
