import { communes } from "./communes.ts";
import { epcis } from "./epcis.ts";
import { basins, collectivities, europe, france, mainland, overseas } from "./fixed-territories.ts";
import { foldPlaceName, withoutArticle } from "./fold-place-name.ts";
import { once } from "./once.ts";
import type { Perimeter, PerimeterScale } from "./perimeter.ts";
import { departments, regions } from "./regions.ts";
import { territoriesAsked } from "./territories-asked.ts";

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
