import { communes } from "./communes.ts";
import { epcis } from "./epcis.ts";
import { basins, collectivities, europe, france, mainland, overseas } from "./fixed-territories.ts";
import { findFormer, successorsOf } from "./former-territories.ts";
import type { Perimeter, PerimeterRef, PerimeterScale } from "./perimeter.ts";
import { departments, regions } from "./regions.ts";

/** A found territory. `replaced` is the requested code, if it is the code of a former territory. */
export interface FoundPerimeter {
  readonly perimeter: Perimeter;
  readonly replaced?: string;
}

const collectivityByCode = new Map(collectivities.map((perimeter) => [perimeter.code, perimeter]));
/** Communes of Guadeloupe that became collectivities in 2007. */
const formerCommunes = new Map([
  ["97123", "977"],
  ["97127", "978"],
]);
const basinByCode = new Map(basins.map((perimeter) => [perimeter.code, perimeter]));

/**
 * Returns the territory with this scale and code, or undefined. The same code may mean another territory at another scale: 75 is a
 * department and a region. But an overseas collectivity is found with several scales. For a merged commune, an arrondissement of Paris,
 * Lyon or Marseille, or an EPCI that one other replaces, returns the current territory and `replaced`. A former territory that several
 * others replace is found as it was: see `inToday`.
 */
export function findPerimeter(ref: PerimeterRef): FoundPerimeter | undefined {
  const code = ref.code.trim().toUpperCase();
  if (ref.scale === "commune") return findCommune(code);
  const perimeter = findAbove(ref.scale, code);
  return perimeter === undefined ? findReplaced({ scale: ref.scale, code }) : { perimeter };
}

function findReplaced(ref: PerimeterRef): FoundPerimeter | undefined {
  const former = findFormer(ref);
  if (former === undefined) return undefined;
  const [successor, ...others] = successorsOf(ref);
  if (successor !== undefined && others.length === 0) return { perimeter: successor, replaced: ref.code };
  return { perimeter: { scale: former.scale, code: former.code, name: former.name } };
}

function findAbove(scale: Exclude<PerimeterRef["scale"], "commune">, code: string): Perimeter | undefined {
  switch (scale) {
    case "epci": {
      const epci = epcis().get(code);
      return epci && { scale, code, name: epci.name };
    }
    case "basin":
      return basinByCode.get(code);
    case "department":
      return departments().get(code)?.perimeter ?? collectivityByCode.get(code);
    case "region":
      return regions().get(code) ?? collectivityByCode.get(code);
    case "collectivity":
      return collectivityByCode.get(code);
    default:
      return [mainland, overseas, france, europe].find((perimeter) => perimeter.scale === scale && perimeter.code === code);
  }
}

function findCommune(code: string): FoundPerimeter | undefined {
  const collectivity = collectivityByCode.get(code);
  if (collectivity !== undefined) return { perimeter: collectivity };
  const today = collectivityByCode.get(formerCommunes.get(code) ?? "");
  if (today !== undefined) return { perimeter: today, replaced: code };
  const { current, successors } = communes();
  const commune = current.get(code);
  if (commune !== undefined) return { perimeter: { scale: "commune", code, name: commune.name } };
  const successor = successors.get(code);
  const name = successor === undefined ? undefined : current.get(successor)?.name;
  if (successor === undefined || name === undefined) return findReplaced({ scale: "commune", code });
  return { perimeter: { scale: "commune", code: successor, name }, replaced: code };
}

/** Lengths of codes whose leading zeros are lost in spreadsheets and JSON numbers ("01", "01004"). */
const codeLengths: Partial<Record<PerimeterScale, number>> = { commune: 5, department: 2, region: 2, basin: 2 };

/** Finds a territory by code in the first scale that has it. Restores lost leading zeros. Undefined if no scale has it. */
export function findPerimeterByCode(code: string, scales: readonly PerimeterScale[]): FoundPerimeter | undefined {
  for (const scale of scales) {
    const found = findPerimeter({ scale, code }) ?? findPerimeter({ scale, code: code.padStart(codeLengths[scale] ?? 0, "0") });
    if (found !== undefined) return found;
  }
  return undefined;
}
