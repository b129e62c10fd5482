import { communes } from "../../../model/territories/communes.ts";
import type { Perimeter } from "../../../model/territories/perimeter.ts";
import {
  basinsOf,
  findPartsOfCommunes,
  findPerimeter,
  suggestTerritories,
  territoriesAround,
} from "../../../model/territories/perimeters.ts";
import { populationOf } from "../../../model/territories/populations.ts";

/** A commune, with what decides which aids it can get. */
export interface Commune {
  /** INSEE code. */
  readonly code: string;
  readonly name: string;
  /** The delegated or former commune that was asked for, now a part of this one; else null. */
  readonly part: string | null;
  /** Null if INSEE does not know it. */
  readonly population: number | null;
  /** Names of its EPCI, department and region. */
  readonly around: readonly string[];
  /** Water basins in which it may lie. */
  readonly basins: readonly Perimeter[];
}

/** Maximum number of communes to choose from. */
export const maxChoices = 20;

/** Returns the text that means this commune and no other: `Crest (26108)`, or `Lomme (59350)` for a part of Lille. */
export function exactName({ name, part, code }: Commune): string {
  return `${part ?? name} (${code})`;
}

/**
 * Returns the communes that a text can mean: an INSEE code, a postal code, a name or its beginning, or `exactName`. The name can be that of a
 * delegated or former commune. A text that is the exact name of one place returns only its commune. At most `maxChoices`.
 */
export function findCommunes(text: string): readonly Commune[] {
  const written = text.trim();
  if (written === "") return [];
  const [, name = "", chosen] = /^(.*)\((\d{5}|2[AB]\d{3})\)$/i.exec(written) ?? [];
  const known = chosen && findPerimeter({ scale: "commune", code: chosen.toUpperCase() })?.perimeter.code;
  if (known) {
    const part = findPartsOfCommunes(name).find(({ commune, name: whole }) => commune.code === known && isSame(whole, name));
    return [communeOf(known, part?.name)];
  }
  const byCode = /^(\d{5}|2[AB]\d{3})$/i.test(written) ? codesOf(written.toUpperCase()) : null;
  if (byCode !== null) return byCode.slice(0, maxChoices).map((code) => communeOf(code));
  const today = suggestTerritories(written, 200).filter(({ scale }) => scale === "commune");
  const places = [
    ...today.map(({ name, code }) => ({ name, code, part: undefined })),
    ...findPartsOfCommunes(written).map(({ name, commune: { code } }) => ({ name, code, part: name })),
  ];
  const same = places.filter((place) => isSame(place.name, written));
  const found = same.length > 0 ? same : places;
  const distinct = found.filter(({ code }, at) => found.findIndex((other) => other.code === code) === at);
  return distinct.slice(0, maxChoices).map(({ code, part }) => communeOf(code, part));
}

function isSame(name: string, written: string): boolean {
  return name.localeCompare(written.trim(), "fr", { sensitivity: "base", ignorePunctuation: true }) === 0;
}

/** A number can be an INSEE code and a postal code: 26400 is the postal code of Crest and the INSEE code of no commune. */
function codesOf(code: string): readonly string[] {
  const own = findPerimeter({ scale: "commune", code })?.perimeter.code;
  const postal = [...communes().current].filter(([, { zipcodes }]) => zipcodes.includes(code)).map(([insee]) => insee);
  return [...new Set([...(own === undefined ? [] : [own]), ...postal])];
}

function communeOf(code: string, part: string | null = null): Commune {
  const ref = { scale: "commune", code } as const;
  const name = communes().current.get(code)?.name ?? code;
  const around = territoriesAround(ref).filter(({ scale }) => scale === "epci" || scale === "department" || scale === "region");
  return {
    code,
    name,
    part,
    population: populationOf(ref),
    around: around.flatMap((territory) => findPerimeter(territory)?.perimeter.name ?? []),
    basins: basinsOf({ ...ref, name }),
  };
}
