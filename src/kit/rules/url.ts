import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { pathsOfExpression } from "../expressions/expression-paths.ts";
import { cleanUrl } from "../values/text/clean-url.ts";
import { readOneText } from "../values/text/read-one-text.ts";
import type { RuleContext } from "./rule-context.ts";

/** An http or https link, repaired by `cleanUrl`. A broken link is an issue. */
export const UrlRule = z.strictObject({ kind: z.literal("url"), of: Expression });
export type UrlRule = Readonly<z.output<typeof UrlRule>>;

/** Reads a link. `url(firstOf("url_teleservice", "url_fiche"))`: "https: //a.fr/été" gives "https://a.fr/%C3%A9t%C3%A9". */
export function url(input: ExpressionInput): UrlRule {
  return { kind: "url", of: toExpression(input) };
}

/** Returns the link, or null. If a cell shows a label, reads the address of its link. Reports the issues of `cleanUrl`. */
export function readUrl(rule: UrlRule, context: RuleContext): string | null {
  const written = readOneText(rule.of, context, " ");
  return written === null
    ? null
    : cleanUrl(looksLikeLink.test(written) ? written : (addressOf(written, rule, context) ?? written), context);
}

const looksLikeLink = /^\s*(?:https?:|www\.)/i;

/** Returns the address that decode stored for a cell with this label, or null. */
function addressOf(label: string, rule: UrlRule, { values }: RuleContext): string | null {
  const path = pathsOfExpression(rule.of).find((read) => values[read] === label && `${read} (link)` in values);
  const address = path === undefined ? null : values[`${path} (link)`];
  return typeof address === "string" ? address : null;
}
