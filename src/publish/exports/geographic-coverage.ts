import type { Perimeter } from "../../model/territories/perimeter.ts";
import { toInseeCode } from "../../model/territories/perimeters.ts";
import { compareCodePoints } from "../../model/text/canonical.ts";

/** The schema's pattern allows no letter in a code. */
const writable = /^[A-Z]+-\d+$/;

/**
 * Returns territories in the national schema, joined by `|`, in code-point order, without duplicates. Both departments of Corsica are
 * written as the region (`REG-94`). Undefined if one has no INSEE code (EPCI, basin, mainland, overseas, Europe) or a letter in it (one
 * Corsican department or commune).
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
