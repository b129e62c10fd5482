import { z } from "zod";
import { characterCount, limits, type Organisation } from "../../model/aid/aid.ts";
import { evaluateExpression, isBlank } from "../expressions/evaluate-expression.ts";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { isRecord, valueAt } from "../expressions/field-path.ts";
import { cleanLine, foldTerm } from "../values/text/clean-text.ts";
import { labelsOf } from "../values/text/read-labels.ts";
import { textOfValue } from "../values/text/text-of-value.ts";
import type { RuleContext } from "./rule-context.ts";

/** Financers or instructors, as names or as objects with a name and a SIREN. `financers.csv` maps the names. */
export const OrganisationsRule = z.strictObject({
  kind: z.literal("organisations"),
  of: Expression,
  name: z.string().min(1).optional(),
  /** Key of the SIREN in objects. */
  siren: z.string().min(1).optional(),
  /** Reports names without a row in `financers.csv` as unmapped terms. Use it if the names are numbers of another system. */
  onlyKnown: z.boolean().optional(),
});
export type OrganisationsRule = Readonly<z.output<typeof OrganisationsRule>>;

/** Reads organisations. `organisations("financers")`: "Chambre d’agriculture" gives `{ name: "Chambre d’agriculture", siren: null }`. */
export function organisations(
  input: ExpressionInput,
  options: { name?: string; siren?: string; onlyKnown?: boolean } = {},
): OrganisationsRule {
  return { kind: "organisations", of: toExpression(input), ...options };
}

/** Returns organisations in the publisher's order, without duplicates. Reports unmapped, too long or unexpected values. */
export function readOrganisations(rule: OrganisationsRule, context: RuleContext): Organisation[] {
  const found = new Map<string, Organisation>();
  for (const written of writtenOrganisations(rule, context)) {
    for (const organisation of organisationsNamed(written, rule, context)) {
      const key = foldTerm(organisation.name);
      const before = found.get(key);
      if (before === undefined || (before.siren === null && organisation.siren !== null)) found.set(key, organisation);
    }
  }
  return [...found.values()];
}

function writtenOrganisations(rule: OrganisationsRule, context: RuleContext): Organisation[] {
  if (rule.name === undefined) return labelsOf(rule.of, "financers", context).map((name) => ({ name: cleanLine(name), siren: null }));
  const value = evaluateExpression(rule.of, context);
  const found: Organisation[] = [];
  for (const member of Array.isArray(value) ? value : [value]) {
    if (isBlank(member, context.placeholders)) continue;
    const written = isRecord(member) ? valueAt(member, rule.name) : undefined;
    const name = textOfValue(written);
    if (name !== null && !isBlank(name, context.placeholders)) {
      found.push({ name: cleanLine(name), siren: rule.siren === undefined ? null : sirenOf(valueAt(member, rule.siren), context) });
    } else if (!isRecord(member) || !isBlank(written, context.placeholders)) context.report({ code: "unexpected-value", value: member });
  }
  return found;
}

/** Returns the SIREN, from a SIREN (nine digits) or a SIRET (fourteen digits). */
function sirenOf(value: unknown, context: RuleContext): string | null {
  if (isBlank(value, context.placeholders)) return null;
  const digits = textOfValue(value)?.replace(/[\s.]/g, "") ?? "";
  if (/^(?:\d{9}|\d{14})$/.test(digits)) return digits.slice(0, 9);
  context.report({ code: "unexpected-value", value });
  return null;
}

function organisationsNamed(written: Organisation, rule: OrganisationsRule, context: RuleContext): Organisation[] {
  const { name } = written;
  if (name === "") return [];
  const targets = context.terms.targetsOf("financers", name);
  if (targets !== undefined) return targets.map((target) => organisationOf(target, written.siren));
  if (rule.onlyKnown === true) {
    context.report({ code: "unmapped-term", value: name, params: { vocabulary: "financers" } });
    return [];
  }
  if (characterCount(name) <= limits.line) return [written];
  context.report({ code: "text-too-long", value: name, params: { limit: limits.line } });
  return [];
}

/** Parses `name` or `name|SIREN`, as in `financers.csv`. */
function organisationOf(target: string, siren: string | null): Organisation {
  const [name = "", ownSiren] = target.split("|");
  return { name, siren: ownSiren ?? siren };
}
