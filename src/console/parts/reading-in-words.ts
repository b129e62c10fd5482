import { french } from "../../french/typography.ts";
import type { RowKind } from "../../kit/definition.ts";
import type { Reading } from "../../survey/survey.ts";

const delimiters: Readonly<Record<string, string>> = { ";": "points-virgules", ",": "virgules", "\t": "tabulations", "|": "barres" };

/** Describes the format of a feed in a few words. */
export function readingInWords(reading: Reading): string {
  switch (reading.format) {
    case "csv": {
      const between = reading.delimiter === undefined ? "" : `, séparé par des ${delimiters[reading.delimiter] ?? reading.delimiter}`;
      return `CSV${between}${reading.encoding === undefined ? "" : ` (${reading.encoding})`}${rowOf(reading.headerRow)}${leftOutOf(reading.leaveOut)}`;
    }
    case "excel":
      return sheetInWords(reading);
    case "json":
      return reading.lines === true ? "JSON, un enregistrement par ligne" : `JSON, ${pathOf(reading.recordPath)}${keyOf(reading.keyField)}`;
    case "yaml":
      return `YAML, ${pathOf(reading.recordPath)}${keyOf(reading.keyField)}${reading.fileField === undefined ? "" : french`, nom du fichier dans « ${reading.fileField} »`}`;
    case "html":
      return french`pages web, une aide par élément « ${reading.records} »`;
    case "xml":
      return `XML, ${pathOf(reading.recordPath)}`;
  }
}

function sheetInWords(reading: Extract<Reading, { format: "excel" }>): string {
  const { sheet = 1, sheetField, headerRow = 1, headerRows = 1, fillDown, leaveOut, bannerField } = reading;
  const titles = headerRows > 1 ? french`, titres sur ${headerRows} lignes à partir de la ligne ${headerRow}` : rowOf(headerRow);
  return [
    Array.isArray(sheet)
      ? french`feuilles ${namesOf(sheet)}, lues à la suite`
      : typeof sheet === "string"
        ? french`feuille « ${sheet} »`
        : `feuille ${sheet}`,
    sheetField === undefined ? "" : french`, nom de la feuille dans « ${sheetField} »`,
    titles,
    fillDown === undefined ? "" : french`, cases vides de ${namesOf(fillDown)} remplies par la case du dessus`,
    leftOutOf(bannerField === undefined ? leaveOut : [...new Set([...(leaveOut ?? []), "banners" as const])]),
    bannerField === undefined ? "" : french`, intertitres dans « ${bannerField} »`,
  ].join("");
}

function namesOf(names: readonly (string | number)[]): string {
  return names.map((name) => french`« ${name} »`).join(", ");
}

const rowKinds: Readonly<Record<RowKind, string>> = { totals: "totaux", banners: "intertitres et notes" };

function leftOutOf(kinds: readonly RowKind[] | undefined): string {
  return kinds === undefined ? "" : `, sans les ${kinds.map((kind) => rowKinds[kind]).join(" ni les ")}`;
}

function keyOf(field: string | undefined): string {
  return field === undefined ? "" : french`, clé de chaque enregistrement dans « ${field} »`;
}

function rowOf(row: number | undefined): string {
  return row === undefined || row === 1 ? "" : `, titres à la ligne ${row}`;
}

function pathOf(path: string | readonly string[] | undefined): string {
  const shown = typeof path === "string" ? path : (path?.join(", ") ?? "");
  return shown === "" ? "liste à la racine" : french`liste « ${shown} »`;
}
