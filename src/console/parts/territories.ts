import { frenchMember, scaleName } from "../../french/values.ts";
import { type Perimeter, PerimeterRef, type PerimeterScale, perimeterScales } from "../../model/territories/perimeter.ts";
import { findPerimeter, findPerimeterByName, territoriesAsked } from "../../model/territories/perimeters.ts";

/** Scales whose names are unique. */
const largest: readonly PerimeterScale[] = ["mainland", "overseas", "country", "continent"];

/**
 * Returns the territories that a line can mean: `Drôme (département, 26)`, `département 26`, `department:26`, or a name. Several if the name
 * exists at several scales (Paris: commune and department); none if it is unknown.
 */
export function readTerritory(line: string): readonly Perimeter[] {
  const coded = codedTerritory(/\(([^()]+)\)\s*$/.exec(line)?.[1] ?? line);
  if (coded !== null) return [coded];
  const large = findPerimeterByName(line, largest);
  return large === undefined ? perimeterScales.flatMap((scale) => findPerimeterByName(line, [scale]) ?? []) : [large];
}

/** Reads `département, 26`, `département 26` or `department:26`; null for anything else. */
function codedTerritory(text: string): Perimeter | null {
  const [, word = "", code = ""] = /^\s*(.+?)\s*[ :,]\s*([\dA-Za-z-]+)\s*$/.exec(text) ?? [];
  const scale = perimeterScales.find((candidate) => candidate === word || scaleName(candidate) === word.toLocaleLowerCase("fr"));
  const ref = PerimeterRef.safeParse({ scale, code });
  return ref.success ? (findPerimeter(ref.data)?.perimeter ?? null) : null;
}

/** Formats the territory code of a URL for a filter field: `Ardèche (département, 07)`. Other texts stay unchanged. */
export function territoryLabel(asked: string): string {
  const [only, ...others] = asked.includes(":") ? territoriesAsked(asked) : [];
  return only === undefined || others.length > 0 ? asked : frenchMember("perimeters", only);
}

/** Returns the territories of a filter: as `territoriesAsked`, and as `territoryLabel` formats one. */
export function requestedTerritories(asked: string): readonly Perimeter[] {
  const written = /\(.+,.+\)\s*$/.test(asked) ? readTerritory(asked) : [];
  return written.length === 1 ? written : territoriesAsked(asked);
}
