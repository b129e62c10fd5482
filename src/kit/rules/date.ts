import { z } from "zod";
import type { IssueCode } from "../../model/issue.ts";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { type DateReading, readDateText } from "../values/dates/read-date.ts";
import type { RuleContext } from "./rule-context.ts";
import { isPlaceholder, valuesOf } from "./rule-values.ts";

/**
 * Format of a date: tokens, or one of these names. The tokens are `dd` `d` `MM` `M` `MMMM` (French month) `yyyy` `yy` `HH` `mm` `ss`; other
 * characters match themselves.
 *
 * - `iso`: ISO 8601 with or without a time. A date with `Z` or an offset is converted to the publisher's time zone.
 * - `iso-local`: the same, but `Z` and offset are ignored.
 * - `french`: "1er mars 2024", "15 août 2022".
 * - `rfc822`: "Sat, 21 Dec 19 11:00:28 +0100".
 */
export type DateFormat = string;

/** A calendar date in the publisher's time zone. A text that matches no format is an issue. */
export const DateRule = z.strictObject({
  kind: z.literal("date"),
  of: Expression,
  formats: z.array(z.string().min(2)).min(1),
  /** Takes the latest date of a list or of joined expressions. Default: the first date. */
  pick: z.literal("latest").optional(),
});
export type DateRule = Readonly<z.output<typeof DateRule>>;

/** Reads a date. `date("date_fin", ["dd/MM/yyyy"])`: "31/12/2024" gives "2024-12-31", "31/02/2024" an issue. */
export function date(input: ExpressionInput, formats: DateFormat[], options: { pick?: "latest" } = {}): DateRule {
  return { kind: "date", of: toExpression(input), formats, ...options };
}

/** The time of a date, HH:MM in the publisher's time zone. Midnight and 23:59 count as no time. */
export const TimeRule = z.strictObject({ kind: z.literal("time"), of: Expression, formats: z.array(z.string().min(2)).min(1) });
export type TimeRule = Readonly<z.output<typeof TimeRule>>;

/** Reads a time. `time("date_fin", ["iso"])`: "2023-02-27T15:00:00+01:00" gives "15:00". */
export function time(input: ExpressionInput, formats: DateFormat[]): TimeRule {
  return { kind: "time", of: toExpression(input), formats };
}

/** Returns the date as YYYY-MM-DD, or null. Reports `impossible-date`, `unreadable-date`, `text-for-date`, `blank-in-date`. */
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
  // The format contains a time but no day.
  moment: "unreadable-date",
} as const satisfies Partial<Record<DateReading["kind"], IssueCode>>;

/** Returns the time as HH:MM, or null. Reports no issues, because the rule `date` reports them. */
export function readTime(rule: TimeRule, context: RuleContext): string | null {
  for (const value of datesOf(rule, { ...context, report: () => undefined })) {
    const reading = readDateText(value, rule.formats, context.timeZone);
    if (reading.kind === "empty") continue;
    if (reading.kind !== "moment" || reading.hour === "00:00" || reading.hour === "23:59") return null;
    return reading.hour;
  }
  return null;
}

/** Returns the texts to read, without placeholders. With `pick: "latest"`, each joined expression is read as a separate text. */
function datesOf(rule: DateRule | TimeRule, context: RuleContext): string[] {
  const members = rule.kind === "date" && rule.pick === "latest" && rule.of.kind === "join" ? rule.of.of : [rule.of];
  return members.flatMap((member) => valuesOf(member, context)).filter((value) => !isPlaceholder(value, context));
}
