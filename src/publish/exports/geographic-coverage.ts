import type { Perimeter } from "../../model/territories/perimeter.ts";
import { toInseeCode } from "../../model/territories/perimeters.ts";
import { compareCodePoints } from "../../model/text/canonical.ts";

/** What the schema's pattern takes: it knows no letter in a number. */
const writable = /^[A-Z]+-\d+$/;

/**
 * Territories as the national schema writes them, joined by `|`, in code-point order, none twice. Both departments of Corsica together are
 * the region (`REG-94`). `undefined` where one of them cannot be written: no INSEE code (EPCI, basin, mainland, overseas, Europe), or a
 * letter in it (one Corsican department or commune).
 */
export function geographicCoverage(perimeters: readonly Perimeter[]): string | undefined {
  const codes = new Set(perimeters.map((perimeter) => toInseeCode(perimeter)));
  if (codes.has("DEP-2A") && codes.has("DEP-2B")) {
    codes.delete("DEP-2A");
    codes.delete("DEP-2B");
    codes.add("REG-94");
  }
  const written: string[] = [];
  for (const code of codes) {
    if (code === null || !writable.test(code)) return undefined;
    written.push(code);
  }
  return written.sort(compareCodePoints).join("|");
}
