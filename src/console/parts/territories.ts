import { frenchMember, scaleName } from "../../french/values.ts";
import { type Perimeter, PerimeterRef, type PerimeterScale, perimeterScales } from "../../model/territories/perimeter.ts";
import { findPerimeter, findPerimeterByName, territoriesAsked } from "../../model/territories/perimeters.ts";

/** Scales of which there are few territories: their names are nobody else's. */
const largest: readonly PerimeterScale[] = ["mainland", "overseas", "country", "continent"];

/**
 * The territories that a line may mean: `Drôme (département, 26)`, `département 26`, `department:26`, or a name. One: that is it; several: the name is
 * borne at several scales (Paris, commune and department), and nothing is guessed; none: nobody knows it.
 */
export function readTerritory(line: string): readonly Perimeter[] {
  const coded = codedTerritory(/\(([^()]+)\)\s*$/.exec(line)?.[1] ?? line);
  if (coded !== null) return [coded];
  const large = findPerimeterByName(line, largest);
  return large === undefined ? perimeterScales.flatMap((scale) => findPerimeterByName(line, [scale]) ?? []) : [large];
}

/** `département, 26`, `département 26`, `department:26`; null for anything else. */
function codedTerritory(text: string): Perimeter | null {
  const [, word = "", code = ""] = /^\s*(.+?)\s*[ :,]\s*([\dA-Za-z-]+)\s*$/.exec(text) ?? [];
  const scale = perimeterScales.find((candidate) => candidate === word || scaleName(candidate) === word.toLocaleLowerCase("fr"));
  const ref = PerimeterRef.safeParse({ scale, code });
  return ref.success ? (findPerimeter(ref.data)?.perimeter ?? null) : null;
}

/** A territory that an address names by its code, as the field of a filter shows it: `Ardèche (département, 07)`. What was written otherwise stays. */
export function territoryLabel(asked: string): string {
  const [only, ...others] = asked.includes(":") ? territoriesAsked(asked) : [];
  return only === undefined || others.length > 0 ? asked : frenchMember("perimeters", only);
}

/** The territories that a filter asks for: as `territoriesAsked`, and as `shownTerritory` shows one. */
export function requestedTerritories(asked: string): readonly Perimeter[] {
  const written = /\(.+,.+\)\s*$/.test(asked) ? readTerritory(asked) : [];
  return written.length === 1 ? written : territoriesAsked(asked);
}
