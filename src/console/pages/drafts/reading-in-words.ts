import { french } from "../../../french/typography.ts";
import type { Reading } from "../../../registry/survey/survey.ts";

const delimiters: Readonly<Record<string, string>> = { ";": "points-virgules", ",": "virgules", "\t": "tabulations", "|": "barres" };

/** Describes the format of a feed in a few words. */
export function readingInWords(reading: Reading): string {
  switch (reading.format) {
    case "csv": {
      const between = reading.delimiter === undefined ? "" : `, séparé par des ${delimiters[reading.delimiter] ?? reading.delimiter}`;
      return `CSV${between}${reading.encoding === undefined ? "" : ` (${reading.encoding})`}${rowOf(reading.headerRow)}`;
    }
    case "excel":
      return `${typeof reading.sheet === "string" ? french`feuille « ${reading.sheet} »` : `feuille ${reading.sheet ?? 1}`}${rowOf(reading.headerRow)}`;
    case "json":
      return reading.lines === true ? "JSON, un enregistrement par ligne" : `JSON, ${pathOf(reading.recordPath)}`;
    case "xml":
      return `XML, ${pathOf(reading.recordPath)}`;
  }
}

function rowOf(row: number | undefined): string {
  return row === undefined || row === 1 ? "" : `, titres à la ligne ${row}`;
}

function pathOf(path: string | readonly string[] | undefined): string {
  const shown = typeof path === "string" ? path : (path?.join(", ") ?? "");
  return shown === "" ? "liste à la racine" : french`liste « ${shown} »`;
}
