import { type Expression, split } from "../../kit/expressions/expression.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import { type PerimeterScale, perimeterScales } from "../../model/territories/perimeter.ts";
import { findPerimeterByCode, findPerimeterByName, parseInseeCode } from "../../model/territories/perimeters.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { labelsIn } from "../profile/feed-labels.ts";
import { shareOf } from "../profile/field-values.ts";
import { nameWords } from "../profile/name-words.ts";

const separators = ["<|>", "|||", ",", ";", "|", "/"];

export interface TerritoryWay {
  /** Expression for the labels: the field, or the field split at a separator. */
  readonly of: Expression;
  readonly written: "insee" | "code" | "name";
  readonly scales?: PerimeterScale[];
  /** Share of the labels that are territories. */
  readonly share: number;
}

/** Returns how a field names territories, or null if less than a fifth of its labels are territories. */
export function wayOfTerritory(profile: FieldProfile, feed: FeedAnalysis): TerritoryWay | null {
  const { path } = profile;
  const lists: Expression[] = [feed.listOf(profile), ...separators.map((separator) => split(path, separator))];
  const ways = lists.flatMap((of) => waysOf(of, path, feed));
  const best = ways.reduce((one, other) => (other.share > one.share + 0.02 ? other : one));
  return best.share >= 0.2 ? best : null;
}

function waysOf(of: Expression, path: string, feed: FeedAnalysis): TerritoryWay[] {
  const labels = labelsIn(feed.survey.records, of, "perimeters", feed.context.terms).map(({ label }) => label);
  const named = labels.filter((label) => findPerimeterByName(label, namedScales) !== undefined);
  return [
    { of, written: "insee", share: shareOf(labels, (label) => parseInseeCode(label) !== undefined) },
    { of, written: "name", scales: scalesOf(named), share: labels.length === 0 ? 0 : named.length / labels.length },
    ...codeScales(path).map((scale) => ({
      of,
      written: "code" as const,
      scales: [scale],
      share: shareOf(labels, (label) => /^\d{1,2}[AB]?\d{0,3}$/i.test(label) && findPerimeterByCode(label, [scale]) !== undefined),
    })),
  ];
}

/** Scales by likelihood. A name that several scales share belongs to the first of them. */
const namedScales: readonly PerimeterScale[] = [
  "region",
  "collectivity",
  "department",
  "overseas",
  "mainland",
  "country",
  "continent",
  "basin",
  "epci",
  "commune",
];

function scalesOf(names: readonly string[]): PerimeterScale[] {
  const used = new Set(names.map((name) => findPerimeterByName(name, namedScales)?.scale));
  // Publishers that name regions also name the country at times, and vice versa.
  if (used.has("region") || used.has("country")) used.add("region").add("collectivity").add("country");
  return namedScales.filter((scale) => used.has(scale));
}

/** Returns the scales that the name of a field contains. A code such as "75" has no meaning without its scale. */
function codeScales(path: string): PerimeterScale[] {
  const words = nameWords(path);
  const named: readonly (readonly [string, PerimeterScale])[] = [
    ["region", "region"],
    ["reg", "region"],
    ["departement", "department"],
    ["department", "department"],
    ["dep", "department"],
    ["dept", "department"],
    ["commune", "commune"],
    ["insee", "commune"],
    ["epci", "epci"],
  ];
  return perimeterScales.filter((scale) => named.some(([word, means]) => means === scale && words.includes(word)));
}
