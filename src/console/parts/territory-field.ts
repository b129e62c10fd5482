import { frenchMember, scaleNames } from "../../french/values.ts";
import { type Perimeter, PerimeterRef, type PerimeterScale, perimeterScales } from "../../model/territories/perimeter.ts";
import { findPerimeter, findPerimeterByName, findTerritories } from "../../model/territories/perimeters.ts";

/** Scales whose names no smaller territory has. */
const largest: readonly PerimeterScale[] = ["mainland", "overseas", "country", "continent"];

/**
 * Returns the territories that a line can mean. It can be `Drôme (département, 26)`, `département 26`, `department:26` or a name.
 * A name can exist at several scales: Paris is a commune and a department.
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
  const scale = perimeterScales.find((candidate) => candidate === word || scaleNames[candidate] === word.toLocaleLowerCase("fr"));
  const ref = PerimeterRef.safeParse({ scale, code });
  return ref.success ? (findPerimeter(ref.data)?.perimeter ?? null) : null;
}

/** Converts a territory code of a URL for the filter field: `Ardèche (département, 07)`. Returns other texts unchanged. */
export function territoryLabel(text: string): string {
  const [only, ...others] = text.includes(":") ? findTerritories(text) : [];
  return only === undefined || others.length > 0 ? text : frenchMember("perimeters", only);
}

/** Returns the territories of a filter. Also reads the format of `territoryLabel`. */
export function requestedTerritories(text: string): readonly Perimeter[] {
  const labelled = /\(.+,.+\)\s*$/.test(text) ? readTerritory(text) : [];
  return labelled.length === 1 ? labelled : findTerritories(text);
}
