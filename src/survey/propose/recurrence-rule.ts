import type { Condition } from "../../kit/expressions/expression.ts";
import { choose, type Rule } from "../../kit/field-rules.ts";
import { constant } from "../../kit/rules/constant.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { countTexts } from "../profile/field-values.ts";
import { nameWords } from "../profile/name-words.ts";

const maxWithoutDay = 10;

/** Returns the few texts of a deadline that contain no number: "permanent", "au fil de l'eau". */
function withoutDay(feed: FeedAnalysis, deadline: string): readonly string[] {
  const texts = [...countTexts(feed.texts(deadline).filter((text) => !/\d/.test(text))).values()].map(({ text }) => text);
  return texts.length <= maxWithoutDay ? texts : [];
}

/** A rule, and the fields that it reads. */
interface RecurrenceWay {
  readonly rule: Rule;
  readonly from: readonly string[];
}

/**
 * Returns the rule that tells the recurrence from the deadline, or null without a deadline field: an aid with a deadline is a single call,
 * others are permanent. A date that means "no end" does not count as a deadline. A field for a future campaign or a second deadline means
 * that the aid recurs. `deadlines`: the deadline fields, in the order of the campaigns. `areCalls`: all records are calls, which are never
 * permanently open.
 */
export function recurrenceRule(feed: FeedAnalysis, deadlines: readonly string[], areCalls = false): RecurrenceWay | null {
  const [deadline, ...later] = deadlines;
  if (deadline === undefined) return null;
  const { fields } = feed.survey;
  const future = fields.find(({ path, kind }) => (kind === "date" || kind === "empty") && nameWords(path).includes("futur"))?.path;
  const again = [...later, ...(future === undefined ? [] : [future])].map((field): Condition => ({ field, isFilled: true }));
  const noEnd = [...(feed.dates(deadline)?.noEnd ?? []), ...withoutDay(feed, deadline)];
  const hasDeadline: Condition = { field: deadline, isFilled: true };
  const cases = [
    ...(again.length === 0
      ? []
      : [{ when: again.length === 1 && again[0] !== undefined ? again[0] : { any: again }, use: constant("recurring" as const) }]),
    {
      when: noEnd.length === 0 ? hasDeadline : { all: [hasDeadline, { not: { field: deadline, isOneOf: [...noEnd] } }] },
      use: constant("oneoff" as const),
    },
  ];
  return {
    rule: areCalls ? choose(cases) : choose(cases, constant("ongoing" as const)),
    from: [...deadlines, ...(future === undefined ? [] : [future])],
  };
}
