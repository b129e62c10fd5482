import { type FoundPerimeter, findPerimeter } from "./find-perimeter.ts";
import type { PerimeterScale } from "./perimeter.ts";

/** Spreadsheets and JSON numbers drop the leading zero of "01" and "01004". */
const codeLengths: Partial<Record<PerimeterScale, number>> = { commune: 5, department: 2, region: 2, basin: 2 };

/**
 * Finds the territory of a bare code in the first of the given scales that has it, restoring lost zeros. The scale is never guessed: "75"
 * is a region or a department. Returns undefined if no scale has it.
 */
export function findPerimeterByCode(code: string, scales: readonly PerimeterScale[]): FoundPerimeter | undefined {
  for (const scale of scales) {
    const found = findPerimeter({ scale, code }) ?? findPerimeter({ scale, code: code.padStart(codeLengths[scale] ?? 0, "0") });
    if (found !== undefined) return found;
  }
  return undefined;
}
