import { communes } from "./communes.ts";
import { epcis } from "./epcis.ts";
import { findPerimeter } from "./find-perimeter.ts";
import { findPerimetersByName } from "./find-perimeter-by-name.ts";
import { basins, collectivities, europe, france, mainland, overseas } from "./fixed-territories.ts";
import { foldPlaceName, withoutArticle } from "./fold-place-name.ts";
import { once } from "./once.ts";
import { type Perimeter, type PerimeterScale, perimeterScales } from "./perimeter.ts";
import { departments, regions } from "./regions.ts";

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

/** Suggests at most `most` territories: exact names and codes first, then names with this beginning, larger scales first. */
export function territoriesLike(text: string, most: number): readonly Perimeter[] {
  const exact = territoriesAsked(text);
  const folded = withoutArticle(foldPlaceName(text));
  if (folded === "") return exact.slice(0, most);
  const found = new Map(exact.map((territory) => [`${territory.scale}:${territory.code}`, territory]));
  for (const { territory, name } of named()) {
    if (found.size >= most) break;
    if (name.startsWith(folded)) found.set(`${territory.scale}:${territory.code}`, territory);
  }
  return [...found.values()].slice(0, most);
}

/** All territories with their folded names, larger scales first. */
const named = once(() => {
  const territories: Perimeter[] = [
    ...[europe, france, mainland, overseas],
    ...regions().values(),
    ...collectivities,
    ...[...departments().values()].map(({ perimeter }) => perimeter),
    ...basins,
    ...[...epcis()].map(([code, { name }]) => perimeterOf("epci", code, name)),
    ...[...communes().current].map(([code, { name }]) => perimeterOf("commune", code, name)),
  ];
  return territories.map((territory) => ({ territory, name: withoutArticle(foldPlaceName(territory.name)) }));
});

function perimeterOf(scale: PerimeterScale, code: string, name: string): Perimeter {
  return { scale, code, name };
}
