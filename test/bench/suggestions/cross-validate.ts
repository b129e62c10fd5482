import { type AidContent, type AidField, aidFields, isEmptyValue } from "../../../src/model/aid/aid.ts";
import { emptyValue } from "../../../src/model/aid/canonical-value.ts";
import type { SuggestionRule } from "../../../src/model/aid/suggestion.ts";
import { NeighbourIndex } from "../../../src/suggest/neighbours/neighbour-index.ts";
import type { LabelledAid, Neighbourhood } from "../../../src/suggest/neighbours/neighbourhood.ts";
import { allSuggestions, measuredShares } from "../../../src/suggest/suggest-for.ts";
import type { Suggested } from "../../../src/suggest/suggested.ts";
import { judge, unjudged, type Verdict } from "./judge.ts";

/** A suggestion for a field that a curator filled, with its verdict. */
export interface Judged extends Verdict {
  readonly aid: LabelledAid;
  readonly suggested: Suggested;
}

/** Fields whose text other rules read. They are blank while a value for them is suggested. */
const readFields: ReadonlySet<AidField> = new Set<AidField>(["description", "eligibility", "contact", "projectExamples"]);

/**
 * Suggests every filled field of each aid as if it were empty, and compares. The aids of a fold, and the likely duplicates of each, never
 * help an aid of the fold. `foldOf`: aid -> ids of its fold.
 */
export function crossValidate(
  aids: readonly LabelledAid[],
  foldOf: ReadonlyMap<string, ReadonlySet<string>>,
  duplicates: ReadonlyMap<string, ReadonlySet<string>>,
): Judged[] {
  return [...new Set(foldOf.values())].flatMap((fold) => {
    const excluded = new Set([...fold].flatMap((id) => [id, ...(duplicates.get(id) ?? [])]));
    const neighbourhood = new NeighbourIndex(aids.filter(({ aidId }) => !excluded.has(aidId)));
    return aids.filter(({ aidId }) => fold.has(aidId)).flatMap((aid) => judgeAid(aid, neighbourhood));
  });
}

function judgeAid(aid: LabelledAid, neighbourhood: Neighbourhood): Judged[] {
  const { content } = aid;
  const filled = aidFields.filter((field) => !isEmptyValue(content[field]));
  const suggested = [
    ...allSuggestions(content, neighbourhood).filter(({ field }) => !readFields.has(field)),
    ...filled
      .filter((field) => readFields.has(field))
      .flatMap((blank) => allSuggestions({ ...content, [blank]: emptyValue(blank) }, null).filter(({ field }) => field === blank)),
  ];
  return suggested
    .filter(({ field }) => filled.includes(field) && !unjudged.has(field))
    .map((one) => ({ aid, suggested: one, ...judge(one.field, one.value, content[one.field] as AidContent[AidField]) }));
}

/** Figures of a rule for a field, on suggestions with at least a strength. */
export interface RuleFigures {
  readonly rule: SuggestionRule;
  readonly field: AidField;
  readonly strength: number;
  readonly n: number;
  readonly right: number;
  readonly whole: number;
}

/** Counts right suggestions per rule, field and minimum strength. Rules without votes have only the strengths that occur. */
export function figuresOf(judged: readonly Judged[]): RuleFigures[] {
  const groups = new Map<string, Judged[]>();
  for (const one of judged) {
    const key = `${one.suggested.field} ${one.suggested.rule}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const { rule, field } = first.suggested;
    const isVoted = rule.startsWith("neighbours");
    const strengths = isVoted ? measuredShares : [...new Set(members.map(({ suggested }) => suggested.strength))];
    return strengths.map((strength) => {
      const longest = longestPerAid(members.filter(({ suggested }) => suggested.strength >= strength));
      const count = (is: (one: Judged) => boolean) => longest.filter(is).length;
      return { rule, field, strength, n: longest.length, right: count(({ right }) => right), whole: count(({ whole }) => whole) };
    });
  });
}

/** Returns the weakest suggestion of each aid: it has the most terms. */
export function longestPerAid(members: readonly Judged[]): Judged[] {
  const longest = new Map<string, Judged>();
  for (const one of members) {
    const known = longest.get(one.aid.aidId);
    if (known === undefined || one.suggested.strength < known.suggested.strength) longest.set(one.aid.aidId, one);
  }
  return [...longest.values()];
}
