import { aidFields } from "../../../src/model/aid/aid.ts";
import { type MeasuredRule, reachesThresholds } from "../../../src/suggest/is-sure.ts";
import type { LabelledAid } from "../../../src/suggest/neighbours/neighbourhood.ts";
import { crossValidate, figuresOf, type Judged, longestPerAid } from "./cross-validate.ts";
import { wilsonLower } from "./judge.ts";
import { duplicatesOf, publisherFolds, randomFolds } from "./labelled-aids.ts";

/** Verdicts on all suggestions for the labelled aids, and the figures of the rules. */
interface Measurement {
  /** Aid -> its likely duplicates and itself. */
  readonly duplicates: ReadonlyMap<string, ReadonlySet<string>>;
  readonly judged: readonly Judged[];
  readonly judgedByPublisher: readonly Judged[];
  readonly measured: readonly MeasuredRule[];
}

/**
 * Measures all rules on labelled aids, in ten folds by aid and in ten by publisher. `measured` is the content of
 * `src/suggest/measured-rules.json`.
 */
export function measureRules(aids: readonly LabelledAid[]): Measurement {
  const duplicates = duplicatesOf(aids);
  const byAid = randomFolds(aids, duplicates);
  const judged = crossValidate(aids, byAid, duplicates);
  const judgedByPublisher = crossValidate(aids, publisherFolds(aids), duplicates);
  return { duplicates, judged, judgedByPublisher, measured: measuredRules(judged, judgedByPublisher, [...new Set(byAid.values())]) };
}

function measuredRules(
  judged: readonly Judged[],
  judgedByPublisher: readonly Judged[],
  folds: readonly ReadonlySet<string>[],
): MeasuredRule[] {
  const chosen = folds.flatMap((fold) => {
    const others = (some: readonly Judged[]) => some.filter(({ aid }) => !fold.has(aid.aidId));
    const sure = basicFigures(others(judged), others(judgedByPublisher)).filter(reachesThresholds);
    const isSureThere = ({ suggested: { rule, field, strength } }: Judged) =>
      sure.some((figure) => figure.rule === rule && figure.field === field && strength >= figure.strength);
    return judged.filter((one) => fold.has(one.aid.aidId) && isSureThere(one));
  });
  return basicFigures(judged, judgedByPublisher).map((figure) => {
    const ofRule = chosen.filter(({ suggested }) => suggested.rule === figure.rule && suggested.field === figure.field);
    const longest = longestPerAid(ofRule);
    return { ...figure, chosenN: longest.length, chosenRight: longest.filter(({ right }) => right).length };
  });
}

function basicFigures(some: readonly Judged[], someByPublisher: readonly Judged[]): Omit<MeasuredRule, "chosenN" | "chosenRight">[] {
  const harder = new Map(figuresOf(someByPublisher).map((figure) => [`${figure.field} ${figure.rule} ${figure.strength}`, figure]));
  return figuresOf(some)
    .filter(({ n }) => n > 0)
    .map(({ rule, field, strength, n, right }) => {
      const { n: publisherN = 0, right: publisherRight = 0 } = harder.get(`${field} ${rule} ${strength}`) ?? {};
      const rounded = (share: number) => Math.round(share * 10_000) / 10_000;
      const lower = rounded(wilsonLower(right, n));
      return {
        rule,
        field,
        strength,
        n,
        right,
        lower,
        publisherN,
        publisherRight,
        publisherLower: rounded(wilsonLower(publisherRight, publisherN)),
      };
    })
    .sort(
      (a, b) =>
        aidFields.indexOf(a.field) - aidFields.indexOf(b.field) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.strength - b.strength),
    );
}
