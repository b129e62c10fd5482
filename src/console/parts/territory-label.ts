import { frenchMember } from "../../french/values.ts";
import type { Perimeter } from "../../model/territories/perimeter.ts";
import { territoriesAsked } from "../../model/territories/perimeters.ts";
import { readTerritory } from "../curation/read-territory.ts";

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
