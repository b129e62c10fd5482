import { type FoundPerimeter, findPerimeter } from "./find-perimeter.ts";
import type { PerimeterScale } from "./perimeter.ts";

/** Spreadsheets and JSON numbers lose the zero of "01" and "01004". */
const codeLengths: Partial<Record<PerimeterScale, number>> = { commune: 5, department: 2, region: 2, basin: 2 };

/**
 * The territory that a bare code means, in the first of the given scales that knows it ("75" is a region, or a department: the scale is never guessed),
 * lost zeros put back. `undefined` where none knows it.
 */
export function findPerimeterByCode(code: string, scales: readonly PerimeterScale[]): FoundPerimeter | undefined {
  for (const scale of scales) {
    const found = findPerimeter({ scale, code }) ?? findPerimeter({ scale, code: code.padStart(codeLengths[scale] ?? 0, "0") });
    if (found !== undefined) return found;
  }
  return undefined;
}
