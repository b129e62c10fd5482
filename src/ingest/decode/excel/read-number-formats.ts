import { builtInFormat, formatOfCode, type NumberFormat } from "./number-format.ts";
import type { OfficePackage } from "./open-package.ts";
import { smallPartLimit } from "./read-relationships.ts";
import { readXml } from "./read-xml.ts";

/** Returns the number format of each cell style, by its position (`s` of a cell). */
export async function readNumberFormats(file: OfficePackage, part: string | null): Promise<readonly NumberFormat[]> {
  const styles: number[] = [];
  const codes = new Map<number, string>();
  if (part === null || !file.has(part)) return [];
  let inCellStyles = false;
  await readXml(file.read(part, smallPartLimit), part, {
    open(element, attributes) {
      if (element === "numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
      if (element === "cellXfs") inCellStyles = true;
      if (element === "xf" && inCellStyles) styles.push(Number(attributes.numFmtId ?? 0));
    },
    close(element) {
      if (element === "cellXfs") inCellStyles = false;
    },
  });
  const formats = new Map<number, NumberFormat>();
  for (const [id, code] of codes) formats.set(id, formatOfCode(code));
  return styles.map((id) => formats.get(id) ?? builtInFormat(id));
}
