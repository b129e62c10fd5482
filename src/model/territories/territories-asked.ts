import { findPerimeter } from "./find-perimeter.ts";
import { findPerimetersByName } from "./find-perimeter-by-name.ts";
import { type Perimeter, type PerimeterScale, perimeterScales } from "./perimeter.ts";

/** Most likely meaning first. */
const scalesAsked: readonly PerimeterScale[] = [
  "department",
  "region",
  "collectivity",
  "commune",
  "epci",
  "basin",
  "mainland",
  "overseas",
  "country",
  "continent",
];

/**
 * Finds the territories that a person may mean, by name (`Drôme`), code (`26`, `26362`, a SIREN) or `scale:code`. Empty if nothing
 * matches.
 */
export function territoriesAsked(text: string): readonly Perimeter[] {
  const asked = text.trim();
  const [, scale, code] = /^([a-z]+):(\S+)$/.exec(asked) ?? [];
  if (scale !== undefined && code !== undefined)
    return found(perimeterScales.filter((known) => known === scale).map((known) => [known, code]));
  if (/^(?:\d{1,3}|2[ab])$/i.test(asked)) {
    const two = asked.length === 1 ? `0${asked}` : asked;
    return found((["department", "region", "collectivity"] as const).map((known) => [known, two]));
  }
  if (/^(?:\d{5}|2[ab]\d{3})$/i.test(asked)) return found([["commune", asked]]);
  if (/^\d{3} ?\d{3} ?\d{3}$/.test(asked)) return found([["epci", asked.replaceAll(" ", "")]]);
  return distinct(scalesAsked.flatMap((known) => findPerimetersByName(asked, known)));
}

function found(refs: readonly (readonly [PerimeterScale, string])[]): readonly Perimeter[] {
  return distinct(refs.flatMap(([scale, code]) => findPerimeter({ scale, code })?.perimeter ?? []));
}

/** A collectivity is found under any scale. */
function distinct(territories: readonly Perimeter[]): readonly Perimeter[] {
  return [...new Map(territories.map((territory) => [`${territory.scale}:${territory.code}`, territory])).values()];
}
