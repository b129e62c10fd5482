import { communes } from "./communes.ts";
import { formerInUse } from "./edition.ts";
import { epcis } from "./epcis.ts";
import { findPerimeter } from "./find-perimeter.ts";
import { findPerimetersByName } from "./find-perimeter-by-name.ts";
import { basins, collectivities, europe, france, mainland, overseas } from "./fixed-territories.ts";
import { foldPlaceName, withoutArticle } from "./fold-place-name.ts";
import { perEdition } from "./per-edition.ts";
import { distinctPlaces, type Perimeter, type PerimeterScale, perimeterScales } from "./perimeter.ts";
import { departments, regions } from "./regions.ts";

/** Scales of a name, the most likely first. */
const likelyScales: readonly PerimeterScale[] = [
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

/** Finds the territories that a person may mean by a name (`Drôme`), a code (`26`, `26362`, a SIREN) or `scale:code`. */
export function findTerritories(text: string): readonly Perimeter[] {
  const query = text.trim();
  const [, scale, code] = /^([a-z]+):(\S+)$/.exec(query) ?? [];
  if (scale !== undefined && code !== undefined)
    return found(perimeterScales.filter((known) => known === scale).map((known) => [known, code]));
  if (/^(?:\d{1,3}|2[ab])$/i.test(query)) {
    const padded = query.padStart(2, "0");
    return found((["department", "region", "collectivity"] as const).map((known) => [known, padded]));
  }
  if (/^(?:\d{5}|2[ab]\d{3})$/i.test(query)) return found([["commune", query]]);
  if (/^\d{3} ?\d{3} ?\d{3}$/.test(query)) return found([["epci", query.replaceAll(" ", "")]]);
  return distinctPlaces(likelyScales.flatMap((known) => findPerimetersByName(query, known)));
}

function found(refs: readonly (readonly [PerimeterScale, string])[]): readonly Perimeter[] {
  return distinctPlaces(refs.flatMap(([scale, code]) => findPerimeter({ scale, code })?.perimeter ?? []));
}

/** Suggests at most `limit` territories: first exact names and codes, then names that begin with the text, with larger scales first. */
export function suggestTerritories(text: string, limit: number): readonly Perimeter[] {
  const exact = findTerritories(text);
  const folded = withoutArticle(foldPlaceName(text));
  if (folded === "") return exact.slice(0, limit);
  const found = new Map(exact.map((territory) => [`${territory.scale}:${territory.code}`, territory]));
  for (const { territory, name } of named()) {
    if (found.size >= limit) break;
    if (name.startsWith(folded)) found.set(`${territory.scale}:${territory.code}`, territory);
  }
  return [...found.values()].slice(0, limit);
}

/** Returns all territories, larger scales first. */
export const allTerritories = perEdition((): readonly Perimeter[] => [
  ...[europe, france, mainland, overseas],
  ...regions().values(),
  ...collectivities,
  ...[...departments().values()].map(({ perimeter }) => perimeter),
  ...basins,
  ...[...epcis()].map(([code, { name }]) => perimeterOf("epci", code, name)),
  ...[...communes().current].map(([code, { name }]) => perimeterOf("commune", code, name)),
]);

/** Returns all territories with their folded names. */
const named = perEdition(() => allTerritories().map((territory) => ({ territory, name: withoutArticle(foldPlaceName(territory.name)) })));

/** A place that is no commune today, with the commune that contains it. */
export interface PartOfCommune {
  readonly name: string;
  readonly commune: Perimeter;
}

/** Delegated and associated communes, arrondissements, and communes of earlier editions, with folded names. A commune's own name is not one of them. */
const parts = perEdition(() => {
  const { current, parts } = communes();
  const former = formerInUse().flatMap(({ scale, name, by }) =>
    scale === "commune" ? by.map(({ code }) => ({ name, commune: code })) : [],
  );
  return [...parts, ...former].flatMap(({ name, commune }) => {
    const today = current.get(commune)?.name;
    const folded = withoutArticle(foldPlaceName(name));
    if (today === undefined || folded === withoutArticle(foldPlaceName(today))) return [];
    return [{ name, folded, commune: perimeterOf("commune", commune, today) }];
  });
});

/** Returns the parts of communes with this name; if there are none, those whose names begin with it. */
export function findPartsOfCommunes(text: string): readonly PartOfCommune[] {
  const wanted = withoutArticle(foldPlaceName(text));
  if (wanted === "") return [];
  const begun = parts().filter(({ folded }) => folded.startsWith(wanted));
  const same = begun.filter(({ folded }) => folded === wanted);
  return same.length > 0 ? same : begun;
}

function perimeterOf(scale: PerimeterScale, code: string, name: string): Perimeter {
  return { scale, code, name };
}
