import { communes } from "./communes.ts";
import { formerInUse } from "./edition.ts";
import { epcis } from "./epcis.ts";
import { findPerimeter } from "./find-perimeter.ts";
import { basins, collectivities, europe, france, mainland, otherNames, overseas } from "./fixed-territories.ts";
import { foldPlaceName, withoutArticle } from "./fold-place-name.ts";
import { perEdition } from "./per-edition.ts";
import { type Perimeter, type PerimeterRef, type PerimeterScale, perimeterScales } from "./perimeter.ts";
import { departments, regions } from "./regions.ts";

/** Folded name -> codes. A name with several codes is ambiguous. */
type NameIndex = ReadonlyMap<string, ReadonlySet<string>>;

/** Names of one scale, with and without their articles. */
interface ScaleNames {
  readonly exact: NameIndex;
  readonly loose: NameIndex;
}

const namesByScale = new Map<PerimeterScale, () => ScaleNames>(
  perimeterScales.map((scale) => [scale, perEdition(() => indexNames(namesOfScale(scale)))]),
);
/** Names in earlier editions. */
const formerNamesByScale = new Map<PerimeterScale, () => ScaleNames>(
  perimeterScales.map((scale) => [scale, perEdition(() => indexNames(formerNamesOfScale(scale)))]),
);

/**
 * Finds a territory by name, in the first of the scales that has the name. Compares names by `foldPlaceName`. A leading article may be
 * missing or added ("Réunion", "l'Hérault"), and "région" or "département" may precede the name. Returns undefined for an unknown or
 * ambiguous name (Saint-Denis).
 */
export function findPerimeterByName(name: string, scales: readonly PerimeterScale[]): Perimeter | undefined {
  const folded = foldPlaceName(name);
  if (folded === "") return undefined;
  for (const scale of scales) {
    const codes = codesOf(folded, scale) ?? codesOf(folded.replace(kinds[scale] ?? /^$/, ""), scale);
    if (codes === undefined) continue;
    const [code, ...others] = codes;
    if (code === undefined || others.length > 0) return undefined;
    return findPerimeter({ scale, code })?.perimeter;
  }
  return undefined;
}

/** Returns all territories of a scale with this name. An ambiguous name has several. */
export function findPerimetersByName(name: string, scale: PerimeterScale): readonly Perimeter[] {
  const folded = foldPlaceName(name);
  if (folded === "") return [];
  const codes = codesOf(folded, scale) ?? codesOf(folded.replace(kinds[scale] ?? /^$/, ""), scale) ?? [];
  return [...codes].flatMap((code) => findPerimeter({ scale, code })?.perimeter ?? []);
}

/** Folded words that may precede the name of a region or department: "Région Bretagne", "Département de la Drôme". */
const kinds: Partial<Record<PerimeterScale, RegExp>> = {
  region: /^(?:la )?region (?:(?:de|du|des|d) )?/,
  department: /^(?:le )?departement (?:(?:de|du|des|d) )?/,
};

/**
 * A name of the edition in use comes before the same name in an earlier one, so a merged commune does not make the name of another one
 * ambiguous. An exact name comes before one with another article: Crest is not Le Crest.
 */
function codesOf(folded: string, scale: PerimeterScale): ReadonlySet<string> | undefined {
  const names = namesByScale.get(scale)?.();
  const former = formerNamesByScale.get(scale)?.();
  const loose = withoutArticle(folded);
  return names?.exact.get(folded) ?? former?.exact.get(folded) ?? names?.loose.get(loose) ?? former?.loose.get(loose);
}

function* formerNamesOfScale(scale: PerimeterScale): Generator<readonly [string, string]> {
  for (const former of formerInUse()) {
    if (former.scale !== scale) continue;
    for (const name of scale === "epci" ? namesOfEpci(former) : [former.name]) yield [name, former.code];
  }
}

/** Yields `[name, code]` for the territories of a scale, including alternative names. */
function* namesOfScale(scale: PerimeterScale): Generator<readonly [string, string]> {
  for (const { code, name } of territoriesOf(scale)) {
    yield [name, code];
    for (const other of otherNames[`${scale}:${code}`] ?? []) yield [other, code];
  }
  if (scale !== "epci") return;
  for (const [code, epci] of epcis()) {
    for (const name of namesOfEpci(epci)) yield [name, code];
  }
}

function territoriesOf(scale: PerimeterScale): Iterable<Pick<PerimeterRef, "code"> & { readonly name: string }> {
  switch (scale) {
    case "commune":
      return [...communes().current].map(([code, { name }]) => ({ code, name }));
    case "epci":
      return [];
    case "department":
      return [...departments().values()].map((department) => department.perimeter);
    case "region":
      return regions().values();
    default:
      return [...basins, ...collectivities, mainland, overseas, france, europe].filter((perimeter) => perimeter.scale === scale);
  }
}

function indexNames(names: Iterable<readonly [string, string]>): ScaleNames {
  const exact = new Map<string, Set<string>>();
  const loose = new Map<string, Set<string>>();
  for (const [name, code] of names) {
    const folded = foldPlaceName(name);
    add(exact, folded, code);
    add(loose, withoutArticle(folded), code);
  }
  return { exact, loose };
}

function add(index: Map<string, Set<string>>, name: string, code: string): void {
  const codes = index.get(name);
  if (codes === undefined) index.set(name, new Set([code]));
  else codes.add(code);
}

const longForms: Readonly<Record<string, string>> = {
  CC: "Communauté de communes",
  CA: "Communauté d'agglomération",
  CU: "Communauté urbaine",
};

/** Returns the names of a grouping of communes: official, without initials in brackets, and with its type spelled out. */
function namesOfEpci({ name }: { readonly name: string }): readonly string[] {
  const bare = name.replace(/\s*\([^()]*\)$/, "");
  const [, type = "", rest = ""] = /^(\S+) (.+)$/.exec(bare) ?? [];
  const long = longForms[type];
  return [name, bare, ...(long === undefined ? [] : [`${long} ${rest}`])];
}
