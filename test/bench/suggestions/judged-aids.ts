import { type AidContent, type AidField, aidFields, isEmptyValue } from "../../../src/model/aid/aid.ts";
import { emptyValue } from "../../../src/model/aid/canonical-value.ts";
import type { SuggestionRule } from "../../../src/model/aid/suggestion.ts";
import { allSuggestions } from "../../../src/suggest/suggest-for.ts";
import type { Suggested } from "../../../src/suggest/suggested.ts";
import { judge, unjudged, type Verdict } from "./judge.ts";
import type { LabelledAid } from "./labelled-aids.ts";

/** A suggestion for a field that a curator filled, with its verdict. */
export interface Judged extends Verdict {
  readonly aid: LabelledAid;
  readonly suggested: Suggested;
}

/** Fields whose text other rules read. They are blank while a value for them is suggested. */
const readFields: ReadonlySet<AidField> = new Set<AidField>(["description", "eligibility", "contact", "projectExamples"]);

/** Suggests every filled field of each aid as if it were empty, and compares. */
export function judgeAids(aids: readonly LabelledAid[]): Judged[] {
  return aids.flatMap(judgeAid);
}

function judgeAid(aid: LabelledAid): Judged[] {
  const { content } = aid;
  const filled = aidFields.filter((field) => !isEmptyValue(content[field]));
  const suggested = [
    ...allSuggestions(content).filter(({ field }) => !readFields.has(field)),
    ...filled
      .filter((field) => readFields.has(field))
      .flatMap((blank) => allSuggestions({ ...content, [blank]: emptyValue(blank) }).filter(({ field }) => field === blank)),
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

/** Counts right suggestions per rule, field and minimum strength. */
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
    const strengths = [...new Set(members.map(({ suggested }) => suggested.strength))];
    return strengths.map((strength) => {
      const longest = longestPerAid(members.filter(({ suggested }) => suggested.strength >= strength));
      const count = (is: (one: Judged) => boolean) => longest.filter(is).length;
      return { rule, field, strength, n: longest.length, right: count(({ right }) => right), whole: count(({ whole }) => whole) };
    });
  });
}

/** Returns the weakest suggestion of each aid: it has the most terms. */
function longestPerAid(members: readonly Judged[]): Judged[] {
  const longest = new Map<string, Judged>();
  for (const one of members) {
    const known = longest.get(one.aid.aidId);
    if (known === undefined || one.suggested.strength < known.suggested.strength) longest.set(one.aid.aidId, one);
  }
  return [...longest.values()];
}
