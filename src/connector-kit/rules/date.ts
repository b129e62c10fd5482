import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expression.ts";

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
