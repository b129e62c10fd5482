import { z } from "zod";
import { type Perimeter, type PerimeterRef, type PerimeterScale, perimeterScales } from "../../aid/perimeter.ts";
import { findPerimeter, findPerimeterByName, parseInseeCode } from "../../aid/perimeters.ts";
import { decodeEntities } from "../clean-text.ts";
import { Expression, type ExpressionInput, toExpression } from "../expression.ts";
import { placesMentioned } from "../places-mentioned.ts";
import { labelsOf } from "../read-labels.ts";
import type { RuleContext } from "../rule-context.ts";
import { valuesOf } from "../rule-values.ts";

/** Territories. `written` says how the feed writes them. */
export interface PerimetersRule {
  readonly kind: "perimeters";
  readonly of: Expression;
  /**
   * `insee`: COM-29019, DEP-2A, REG-53, PAYS-99100 (national schema). `code`: a bare INSEE code of the given scale.
   * `name`: a name of one of the given scales. `terms`: by `perimeters.csv` only. `insee` and `name` go through `perimeters.csv` first.
   * `mention`: names of the given scales that stand in a free text, whole and with a capital; none is no issue.
   */
  readonly written: "insee" | "code" | "name" | "terms" | "mention";
  /** The scale of a bare code; the scales in which a name is looked up, first found wins. */
  readonly scales?: readonly PerimeterScale[];
}
export const PerimetersRule = z.strictObject({
  kind: z.literal("perimeters"),
  of: Expression,
  written: z.enum(["insee", "code", "name", "terms", "mention"]),
  scales: z.array(z.enum(perimeterScales)).min(1).optional(),
});

/** `perimeters("regions", { written: "code", scales: ["region"] })`: ["75"] gives Nouvelle-Aquitaine, never Paris. */
export function perimeters(
  input: ExpressionInput,
  options: { written: PerimetersRule["written"]; scales?: PerimeterScale[] },
): PerimetersRule {
  return { kind: "perimeters", of: toExpression(input), ...options };
}

/** Territories, none twice, in the publisher's order. Says `unknown-perimeter`, `unmapped-term` (written `terms`), `old-commune-code`. */
export function readPerimeters(rule: PerimetersRule, context: RuleContext): Perimeter[] {
  if (rule.written === "mention") {
    const texts = valuesOf(rule.of, context).map(decodeEntities);
    return distinct(texts.flatMap((text) => placesMentioned(text, rule.scales ?? [])));
  }
  return distinct(labelsOf(rule.of, "perimeters", context).flatMap((label) => perimetersOf(label, rule, context)));
}

function distinct(perimeters: readonly Perimeter[]): Perimeter[] {
  return [...new Map(perimeters.map((perimeter) => [`${perimeter.scale}:${perimeter.code}`, perimeter])).values()];
}

function perimetersOf(label: string, rule: PerimetersRule, context: RuleContext): Perimeter[] {
  const targets = rule.written === "code" ? undefined : context.terms.targetsOf("perimeters", label);
  if (targets !== undefined) return targets.flatMap((target) => resolved(refOf(target), label, context) ?? []);
  if (rule.written === "terms") {
    context.report({ code: "unmapped-term", value: label, params: { vocabulary: "perimeters" } });
    return [];
  }
  const perimeter = lookedUp(label, rule, context);
  if (perimeter !== undefined) return [perimeter];
  context.report({ code: "unknown-perimeter", value: label });
  return [];
}

function lookedUp(label: string, rule: PerimetersRule, context: RuleContext): Perimeter | undefined {
  const scales = rule.scales ?? perimeterScales;
  if (rule.written === "name") return findPerimeterByName(label, scales);
  if (rule.written === "insee") return resolved(parseInseeCode(label), label, context);
  for (const scale of scales) {
    for (const code of new Set([label, label.padStart(codeLengths[scale] ?? 0, "0")])) {
      const perimeter = resolved({ scale, code }, label, context);
      if (perimeter !== undefined) return perimeter;
    }
  }
  return undefined;
}

/** Spreadsheets and JSON numbers lose the zero of "01" and "01004". */
const codeLengths: Partial<Record<PerimeterScale, number>> = { commune: 5, department: 2, region: 2, basin: 2 };

function resolved(ref: PerimeterRef | undefined, label: string, context: RuleContext): Perimeter | undefined {
  const known = ref === undefined ? undefined : findPerimeter(ref);
  if (known?.replaced !== undefined) context.report({ code: "old-commune-code", value: label, params: { code: known.perimeter.code } });
  return known?.perimeter;
}

/** `scale:code`, as `perimeters.csv` writes it; undefined where it is not written so. */
export function refOf(target: string): PerimeterRef | undefined {
  const [written, code = ""] = target.split(":");
  const scale = perimeterScales.find((known) => known === written);
  return scale === undefined || code === "" ? undefined : { scale, code };
}
