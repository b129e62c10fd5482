import { z } from "zod";
import { foldPlaceName } from "../../model/territories/fold-place-name.ts";
import {
  distinctPlaces,
  type Perimeter,
  type PerimeterRef,
  type PerimeterScale,
  perimeterScales,
} from "../../model/territories/perimeter.ts";
import {
  type FoundPerimeter,
  findPerimeter,
  findPerimeterByCode,
  findPerimeterByName,
  inToday,
  parseInseeCode,
} from "../../model/territories/perimeters.ts";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { decodeEntities } from "../values/text/clean-text.ts";
import { labelsOf } from "../values/text/read-labels.ts";
import type { RuleContext } from "./rule-context.ts";
import { valuesOf } from "./rule-values.ts";

export const PerimetersRule = z.strictObject({
  kind: z.literal("perimeters"),
  of: Expression,
  /**
   * How the feed writes territories.
   *
   * - `insee`: codes of the national schema, COM-29019, DEP-2A, REG-53, PAYS-99100.
   * - `ref`: scale and code, `department:26`, as in the records of another Moisson.
   * - `code`: bare INSEE codes of one scale.
   * - `name`: names in one of the scales.
   * - `terms`: only terms of `perimeters.csv`. `insee` and `name` look there first.
   * - `mention`: capitalised names of the scales in a free text. A text without a name reports nothing.
   */
  written: z.enum(["insee", "ref", "code", "name", "terms", "mention"]),
  /** Scale of bare codes, or scales in which a name is looked up. The first match wins. */
  scales: z.array(z.enum(perimeterScales)).min(1).optional(),
  /** With `mention`: the territory to use if the text names none. */
  otherwise: z.strictObject({ scale: z.enum(perimeterScales), code: z.string().min(1) }).optional(),
});
export type PerimetersRule = Readonly<z.output<typeof PerimetersRule>>;

/** Reads territories. `perimeters("regions", { written: "code", scales: ["region"] })`: ["75"] gives Nouvelle-Aquitaine, never Paris. */
export function perimeters(
  input: ExpressionInput,
  options: { written: PerimetersRule["written"]; scales?: PerimeterScale[]; otherwise?: PerimeterRef },
): PerimetersRule {
  return { kind: "perimeters", of: toExpression(input), ...options };
}

/** Returns territories in the publisher's order, without duplicates. Reports unknown and unmapped ones, and old codes. */
export function readPerimeters(rule: PerimetersRule, context: RuleContext): Perimeter[] {
  if (rule.written === "mention") return mentioned(rule, context);
  return distinctPlaces(labelsOf(rule.of, "perimeters", context).flatMap((label) => perimetersOf(label, rule, context)));
}

function mentioned({ of, scales = [], otherwise }: PerimetersRule, context: RuleContext): Perimeter[] {
  const found = valuesOf(of, context).flatMap((text) => placesMentioned(decodeEntities(text), scales));
  if (found.length > 0) return distinctPlaces(found);
  const perimeter = otherwise && findPerimeter(otherwise)?.perimeter;
  return perimeter === undefined ? [] : [...inToday(perimeter)];
}

function perimetersOf(label: string, rule: PerimetersRule, context: RuleContext): Perimeter[] {
  const targets = rule.written === "code" ? undefined : context.terms.targetsOf("perimeters", label);
  if (targets !== undefined) return targets.flatMap((target) => resolved(refOf(target), label, context) ?? []).flatMap(inToday);
  if (rule.written === "terms") {
    context.report({ code: "unmapped-term", value: label, params: { vocabulary: "perimeters" } });
    return [];
  }
  const perimeter = lookedUp(label, rule, context);
  if (perimeter !== undefined) return [...inToday(perimeter)];
  context.report({ code: "unknown-perimeter", value: label });
  return [];
}

function lookedUp(label: string, rule: PerimetersRule, context: RuleContext): Perimeter | undefined {
  const scales = rule.scales ?? perimeterScales;
  if (rule.written === "name") return findPerimeterByName(label, scales);
  if (rule.written === "insee") return resolved(parseInseeCode(label), label, context);
  if (rule.written === "ref") return resolved(refOf(label), label, context);
  return current(findPerimeterByCode(label, scales), label, context);
}

function resolved(ref: PerimeterRef | undefined, label: string, context: RuleContext): Perimeter | undefined {
  return current(ref && findPerimeter(ref), label, context);
}

/** Returns the territory of today. Reports a code that has been replaced. */
function current(found: FoundPerimeter | undefined, label: string, context: RuleContext): Perimeter | undefined {
  if (found?.replaced !== undefined) context.report({ code: "old-commune-code", value: label, params: { code: found.perimeter.code } });
  return found?.perimeter;
}

/** Parses `scale:code`, as in `perimeters.csv`. Returns undefined for anything else. */
export function refOf(target: string): PerimeterRef | undefined {
  const [written, code = ""] = target.split(":");
  const scale = perimeterScales.find((known) => known === written);
  return scale === undefined || code === "" ? undefined : { scale, code };
}

/** Maximum number of words in a name. "Provence-Alpes-Côte d'Azur" has five. */
const maxWords = 6;
/** Maximum length of the searched text, in characters. */
const maxTextLength = 2_000;
const articles = new Set(["le", "la", "les", "l"]);

/** Finds full, capitalised names of territories in a text. "La Réunion" matches; "réunion" and "Réunion d'information" do not. */
function placesMentioned(text: string, scales: readonly PerimeterScale[]): Perimeter[] {
  const searched = text.slice(0, maxTextLength);
  const words = [...searched.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((found) => ({
    text: found[0],
    start: found.index,
    end: found.index + found[0].length,
  }));
  const found: Perimeter[] = [];
  for (let first = 0; first < words.length; ) {
    let length = Math.min(maxWords, words.length - first);
    let place: Perimeter | undefined;
    for (; length > 0; length--) {
      const run = words.slice(first, first + length);
      place = placeNamed(
        searched.slice(run[0]?.start, run.at(-1)?.end),
        run.map((word) => word.text),
        scales,
      );
      if (place !== undefined) break;
    }
    if (place !== undefined) found.push(place);
    first += Math.max(1, length);
  }
  return found;
}

function placeNamed(name: string, words: readonly string[], scales: readonly PerimeterScale[]): Perimeter | undefined {
  const firstWord = words.find((word) => !articles.has(word.toLowerCase()));
  if (firstWord === undefined || !/^\p{Lu}/u.test(firstWord)) return undefined;
  const place = findPerimeterByName(name, scales);
  return place !== undefined && foldPlaceName(place.name) === foldPlaceName(name) ? place : undefined;
}
