import { z } from "zod";
import type { IssueCode } from "../../model/issue.ts";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { type DateReading, readDateText } from "../values/dates/read-date.ts";
import type { RuleContext } from "./rule-context.ts";
import { isPlaceholder, valuesOf } from "./rule-values.ts";

/**
 * Formats of a date. Tokens: `dd` `d` `MM` `M` `MMMM` (French month) `yyyy` `yy` `HH` `mm` `ss`; anything else stands for itself.
 * `iso`: ISO 8601 with or without time; an instant (Z or offset) is the calendar date where the publisher is.
 * `iso-local`: the same, but Z or offset is ignored: the date is the one written.
 * `french`: "1er mars 2024", "15 août 2022". `rfc822`: "Sat, 21 Dec 19 11:00:28 +0100".
 */
export type DateFormat = string;

/** A calendar date where the publisher is. No format read: an issue, never today, never rolled over. */
export interface DateRule {
  readonly kind: "date";
  readonly of: Expression;
  readonly formats: readonly DateFormat[];
  /** Takes the latest of several dates (a list, or joined expressions) instead of the first. */
  readonly pick?: "latest";
}
export const DateRule = z.strictObject({
  kind: z.literal("date"),
  of: Expression,
  formats: z.array(z.string().min(2)).min(1),
  pick: z.literal("latest").optional(),
});

/** `date("date_fin", ["dd/MM/yyyy"])`: "31/12/2024" gives "2024-12-31", "31/02/2024" an issue. */
export function date(input: ExpressionInput, formats: DateFormat[], options: { pick?: "latest" } = {}): DateRule {
  return { kind: "date", of: toExpression(input), formats, ...options };
}

/** The hour of a date where it matters, HH:MM where the publisher is; midnight and 23:59 are none. */
export interface TimeRule {
  readonly kind: "time";
  readonly of: Expression;
  readonly formats: readonly DateFormat[];
}
export const TimeRule = z.strictObject({ kind: z.literal("time"), of: Expression, formats: z.array(z.string().min(2)).min(1) });

/** `time("date_fin", ["iso"])`: "2023-02-27T15:00:00+01:00" gives "15:00". */
export function time(input: ExpressionInput, formats: DateFormat[]): TimeRule {
  return { kind: "time", of: toExpression(input), formats };
}

/** YYYY-MM-DD where the publisher is, or null. Says `impossible-date`, `unreadable-date`, `text-for-date`, `blank-in-date`. */
export function readDate(rule: DateRule, context: RuleContext): string | null {
  let latest: string | null = null;
  for (const value of datesOf(rule, context)) {
    const reading = readDateText(value, rule.formats, context.timeZone);
    const day = reading.kind === "moment" ? reading.day : null;
    if (reading.kind === "empty") continue;
    if (reading.kind === "moment" && reading.hadBlanks) context.report({ code: "blank-in-date", value });
    if (day === null) context.report({ code: unreadCodes[reading.kind], value });
    if (rule.pick !== "latest") return day;
    if (day !== null && (latest === null || day > latest)) latest = day;
  }
  return latest;
}

const unreadCodes = {
  impossible: "impossible-date",
  text: "text-for-date",
  unreadable: "unreadable-date",
  // An hour without a day.
  moment: "unreadable-date",
} as const satisfies Partial<Record<DateReading["kind"], IssueCode>>;

/** HH:MM where the publisher is, or null. Silent: what cannot be read is said by the rule of the date. */
export function readTime(rule: TimeRule, context: RuleContext): string | null {
  for (const value of datesOf(rule, { ...context, report: () => undefined })) {
    const reading = readDateText(value, rule.formats, context.timeZone);
    if (reading.kind === "empty") continue;
    if (reading.kind !== "moment" || reading.hour === "00:00" || reading.hour === "23:59") return null;
    return reading.hour;
  }
  return null;
}

/** The texts to read. To pick the latest, joined expressions are read one by one. */
function datesOf(rule: DateRule | TimeRule, context: RuleContext): string[] {
  const members = rule.kind === "date" && rule.pick === "latest" && rule.of.kind === "join" ? rule.of.of : [rule.of];
  return members.flatMap((member) => valuesOf(member, context)).filter((value) => !isPlaceholder(value, context));
}
