import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { cleanUrl } from "../values/text/clean-url.ts";
import { readOneText } from "../values/text/read-one-text.ts";
import type { RuleContext } from "./rule-context.ts";

/** An http or https link: accents encoded, blanks around `://` removed, relative links resolved. A broken link is an issue. */
export const UrlRule = z.strictObject({ kind: z.literal("url"), of: Expression });
export type UrlRule = Readonly<z.output<typeof UrlRule>>;

/** `url(firstOf("url_teleservice", "url_fiche"))`: "https: //a.fr/été" gives "https://a.fr/%C3%A9t%C3%A9". */
export function url(input: ExpressionInput): UrlRule {
  return { kind: "url", of: toExpression(input) };
}

/** Returns the link, or null with an issue (`unreadable-url`, `text-too-long`). */
export function readUrl(rule: UrlRule, context: RuleContext): string | null {
  const written = readOneText(rule.of, context, " ");
  return written === null ? null : cleanUrl(written, context);
}
