/** Bounds of a number of inhabitants, both included. Null: no bound. */
export interface PopulationBounds {
  readonly minPopulation: number | null;
  readonly maxPopulation: number | null;
}

const count = "(\\d{1,3}(?:[ .]\\d{3})+|\\d+)";
const inhabitants = "\\s*(?:hab(?:itants?|itantes?|\\b\\.?))";
const atMost = "<=|inferieure? ou egale a|≤|jusqu'a|au plus|au maximum|maximum|n'exced(?:e|ant) pas|ne depass(?:e|ant) pas";
const atLeast = ">=|superieure? ou egale a|≥|au moins|au minimum|minimum|a partir de";
const below = "<|moins d[e']|- de|inferieure? a|sous";
const above = ">|plus d[e']|\\+ de|superieure? a|au-dessus de|depass(?:e|ant)";

/** Matches a threshold in folded text, with its numbers: "moins de 2 000 habitants", "de 500 a 5 000 hab.". Has no anchor. */
export const populationThreshold = `(?:(${atMost}|${atLeast}|${below}|${above})\\s*${count}|(?:(?:de|entre)\\s+)?${count}\\s*(?:a|et|-)\\s*${count})${inhabitants}`;

const exact = { atMost: new RegExp(`^(?:${atMost})$`), atLeast: new RegExp(`^(?:${atLeast})$`), below: new RegExp(`^(?:${below})$`) };

/** Reads the four groups of `populationThreshold`. "moins de 2 000 habitants" excludes 2,000, "jusqu'à" includes it. */
export function populationBounds(groups: readonly (string | undefined)[]): PopulationBounds {
  const [words, bound, lowest, highest] = groups;
  if (words === undefined || bound === undefined) return { minPopulation: numberOf(lowest), maxPopulation: numberOf(highest) };
  const limit = Number(bound.replace(/[ .]/g, ""));
  if (exact.atMost.test(words)) return { minPopulation: null, maxPopulation: limit };
  if (exact.atLeast.test(words)) return { minPopulation: limit, maxPopulation: null };
  return exact.below.test(words) ? { minPopulation: null, maxPopulation: limit - 1 } : { minPopulation: limit + 1, maxPopulation: null };
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits.replace(/[ .]/g, ""));
}
