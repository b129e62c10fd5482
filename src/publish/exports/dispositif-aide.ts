import type { Aid } from "../../model/aid/aid.ts";
import { openLicences } from "../../model/aid/open-licences.ts";
import { compareCodePoints } from "../../model/text/canonical.ts";
import { dispositifAideRow } from "./dispositif-aide-row.ts";
import { type DispositifAideRow, dispositifAideColumns } from "./dispositif-aide-schema.ts";
import { type AidSource, eachAid } from "./each-aid.ts";
import { isExported } from "./is-exported.ts";
import { type LeftOut, type LeftOutReason, reasonOf } from "./left-out.ts";
import { validateDispositifAide } from "./validate-dispositif-aide.ts";

/** A file that is being written. */
export interface DispositifAideExport {
  /** The file, piece by piece; to be read to its end once. */
  readonly pieces: AsyncGenerator<string>;
  /** What is not in it, and why; complete when `pieces` has ended. */
  readonly leftOut: LeftOut;
  /** Where what is in it comes from, in the order of the aids: what whoever passes the file on has to say; complete when `pieces` has ended. */
  readonly sources: ReadonlyMap<string, OpenDataSource>;
  /** Number of aids in it whose texts are not French, by language: the schema has no column for it; complete when `pieces` has ended. */
  readonly languages: ReadonlyMap<string, number>;
}

/** The aids of a file that came through one connector under one licence: the schema has no column for either. */
export interface OpenDataSource {
  readonly connector: string;
  readonly licence: Aid["importShareLicence"];
  readonly aids: number;
  /** Day of the publisher's last change of any of them. */
  readonly updated: string | null;
}

/**
 * The catalogue's open data as CSV of the national schema (`schema-dispositif-aide` v0.2.0, core): UTF-8 without BOM, comma, every cell in
 * quotes, `\n`, rows in code-point order of `id`. Reading the file with a connector of that schema into an empty catalogue and writing it
 * again gives the same file, so the order cannot depend on who brought an aid; the rows are therefore held until the last aid is known
 * (about 3 KB each), the aids are not.
 *
 * Values are written as they are, also where a spreadsheet would take them for a formula (`=`, `+`, `-`, `@`: every Markdown list begins
 * with a dash). The file is made for programs; a quote put in front would change what the publisher said, and the next reader would import it.
 * A row that the schema would refuse is left out with its reason, never written.
 */
export function exportDispositifAide(
  aids: AidSource,
  options: { readonly anyLicence: boolean; readonly publishedOnly: boolean },
): DispositifAideExport {
  const leftOut = new Map<LeftOutReason, string[]>();
  const sources = new Map<string, OpenDataSource>();
  const languages = new Map<string, number>();
  return { pieces: writePieces(aids, options, { leftOut, sources, languages }), leftOut, sources, languages };
}

async function* writePieces(
  aids: AidSource,
  options: { readonly anyLicence: boolean; readonly publishedOnly: boolean },
  told: { leftOut: Map<LeftOutReason, string[]>; sources: Map<string, OpenDataSource>; languages: Map<string, number> },
): AsyncGenerator<string> {
  // Bytes, not texts: half the memory for French, and none of it in the heap of the garbage collector.
  const lines = new Map<string, Buffer>();
  for await (const aid of eachAid(aids)) {
    if (!isExported(aid, options.publishedOnly)) continue;
    const row = rowOrReason(aid, options.anyLicence, lines);
    if (typeof row === "string") {
      leave(told.leftOut, row, aid);
      continue;
    }
    lines.set(keyOf(row), Buffer.from(csvLine(dispositifAideColumns.map((column) => row[column.name]))));
    credit(told.sources, aid);
    const { language } = aid;
    if (language !== null && language !== "fr") told.languages.set(language, (told.languages.get(language) ?? 0) + 1);
  }
  yield csvLine(dispositifAideColumns.map((column) => column.name));
  for (const key of [...lines.keys()].sort(compareCodePoints)) yield lines.get(key)?.toString() ?? "";
}

function rowOrReason(aid: Aid, anyLicence: boolean, written: ReadonlyMap<string, unknown>): DispositifAideRow | LeftOutReason {
  if (!anyLicence && !openLicences.has(aid.importShareLicence)) return "licence";
  const row = validRow(aid);
  if (typeof row === "string") return row;
  return written.has(keyOf(row)) ? "duplicate-id" : row;
}

/** The row of an aid, valid against the schema, or why it has none. */
export function validRow(aid: Aid): DispositifAideRow | LeftOutReason {
  const row = dispositifAideRow(aid);
  if (typeof row === "string") return row;
  const fault = validateDispositifAide(row);
  return fault === undefined ? row : reasonOf(fault);
}

/** Two spellings of one UUID are one identifier. */
export function keyOf(row: DispositifAideRow): string {
  return row.id.toLowerCase();
}

function leave(leftOut: Map<LeftOutReason, string[]>, reason: LeftOutReason, aid: Aid): void {
  const aids = leftOut.get(reason);
  if (aids === undefined) leftOut.set(reason, [`${aid.connector}/${aid.externalId}`]);
  else aids.push(`${aid.connector}/${aid.externalId}`);
}

function credit(sources: Map<string, OpenDataSource>, { connector, importShareLicence: licence, sourceUpdatedDate }: Aid): void {
  const key = `${connector} ${licence}`;
  const known = sources.get(key);
  const before = known?.updated ?? null;
  const isLater = before === null || (sourceUpdatedDate !== null && sourceUpdatedDate > before);
  sources.set(key, { connector, licence, aids: (known?.aids ?? 0) + 1, updated: isLater ? sourceUpdatedDate : before });
}

/** A line of a file of the schema, every cell in quotes. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\n`;
}
