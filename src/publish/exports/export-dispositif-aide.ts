import type { Aid } from "../../model/aid/aid.ts";
import type { LeftOutReason } from "../../model/aid/left-out-reason.ts";
import { openLicences } from "../../model/aid/open-data.ts";
import type { PublicAid } from "../../model/aid/public-aid.ts";
import { dispositifAideRow } from "./dispositif-aide-row.ts";
import { type DispositifAideRow, dispositifAideColumns } from "./dispositif-aide-schema.ts";
import { type AidSource, eachAid, isExported } from "./is-exported.ts";
import { type LeftOut, type LeftOutAids, reasonOf } from "./left-out.ts";
import { validateDispositifAide } from "./validate-dispositif-aide.ts";

/** Options of an export. `changeDays`: days on which aids last changed in our catalogue, by their id (see `validRow`). */
interface ExportOptions {
  readonly anyLicence: boolean;
  readonly publishedOnly: boolean;
  readonly changeDays?: ReadonlyMap<string, string> | undefined;
}

/** A file being written. */
export interface DispositifAideExport {
  /** The file in pieces, to be read to the end once. */
  readonly pieces: AsyncGenerator<string>;
  /** Aids left out, with reasons. Complete when `pieces` has ended. */
  readonly leftOut: LeftOut;
  /** Sources of the aids in order, for attribution. Complete when `pieces` has ended. */
  readonly sources: ReadonlyMap<string, OpenDataSource>;
  /** Number of aids in other languages than French, for which the schema has no column. Complete when `pieces` has ended. */
  readonly languages: ReadonlyMap<string, number>;
}

/** Aids from one connector under one licence, for which the schema has no columns. */
export interface OpenDataSource {
  readonly connector: string;
  readonly licence: Aid["importShareLicence"];
  readonly aids: number;
  /** Day of the publisher's last change. */
  readonly updated: string | null;
}

/**
 * Writes the open data as CSV of the national schema (`schema-dispositif-aide` v0.2.0, core): UTF-8 without BOM, comma, every cell quoted,
 * `\n`, rows in code-point order of `id`. Importing the file into an empty catalogue and exporting it again gives the same file, so the
 * order cannot depend on the connector: the aids must come in the order of their identifiers (`AidRepository.inSchemaOrder`). Values that a
 * spreadsheet would read as formulas (every Markdown list begins with a dash) are unchanged: the file is for programs, and an added quote
 * would be imported by the next reader. Invalid rows are left out with their reason. Reading `pieces` throws if the order is wrong.
 */
export function exportDispositifAide(aids: AidSource<PublicAid>, options: ExportOptions): DispositifAideExport {
  const leftOut = new Map<LeftOutReason, LeftOutAids>();
  const sources = new Map<string, OpenDataSource>();
  const languages = new Map<string, number>();
  return { pieces: writePieces(aids, options, { leftOut, sources, languages }), leftOut, sources, languages };
}

async function* writePieces(
  aids: AidSource<PublicAid>,
  options: ExportOptions,
  totals: { leftOut: Map<LeftOutReason, LeftOutAids>; sources: Map<string, OpenDataSource>; languages: Map<string, number> },
): AsyncGenerator<string> {
  yield csvLine(dispositifAideColumns.map((column) => column.name));
  let lastKey = "";
  for await (const aid of eachAid(aids)) {
    if (!isExported(aid, options.publishedOnly)) continue;
    const row = rowOrReason(aid, options, lastKey);
    if (typeof row === "string") {
      leave(totals.leftOut, row, aid);
      continue;
    }
    if (keyOf(row) < lastKey) throw new RangeError(`${row.id} comes after ${lastKey}: the aids are not in the order of their identifiers`);
    lastKey = keyOf(row);
    yield csvLine(dispositifAideColumns.map((column) => row[column.name]));
    credit(totals.sources, aid);
    const { language } = aid;
    if (language !== null && language !== "fr") totals.languages.set(language, (totals.languages.get(language) ?? 0) + 1);
  }
}

function rowOrReason(aid: PublicAid, { anyLicence, changeDays }: ExportOptions, lastKey: string): DispositifAideRow | LeftOutReason {
  if (!anyLicence && !openLicences.has(aid.importShareLicence)) return "licence";
  const row = validRow(aid, changeDays?.get(aid.aidId) ?? null);
  if (typeof row === "string") return row;
  return keyOf(row) === lastKey ? "duplicate-id" : row;
}

/**
 * Returns an aid's valid row, or why it has none. `changedOn`: day on which it last changed in our catalogue, for publishers who do not state
 * the day of their last change, because the schema requires one.
 */
export function validRow(aid: Aid, changedOn: string | null): DispositifAideRow | LeftOutReason {
  const row = dispositifAideRow({ ...aid, sourceUpdatedDate: aid.sourceUpdatedDate ?? changedOn });
  if (typeof row === "string") return row;
  const fault = validateDispositifAide(row);
  return fault === undefined ? row : reasonOf(fault);
}

/** Returns the key of a row: UUIDs that differ in case are the same identifier. */
export function keyOf(row: DispositifAideRow): string {
  return row.id.toLowerCase();
}

/** Maximum number of aids named per reason. */
const maxNamed = 3;

function leave(leftOut: Map<LeftOutReason, LeftOutAids>, reason: LeftOutReason, aid: Aid): void {
  const { count, first } = leftOut.get(reason) ?? { count: 0, first: [] };
  leftOut.set(reason, { count: count + 1, first: count < maxNamed ? [...first, `${aid.connector}/${aid.externalId}`] : first });
}

function credit(sources: Map<string, OpenDataSource>, { connector, importShareLicence: licence, sourceUpdatedDate }: Aid): void {
  const key = `${connector} ${licence}`;
  const known = sources.get(key);
  const before = known?.updated ?? null;
  const isLater = before === null || (sourceUpdatedDate !== null && sourceUpdatedDate > before);
  sources.set(key, { connector, licence, aids: (known?.aids ?? 0) + 1, updated: isLater ? sourceUpdatedDate : before });
}

/** Writes a line with every cell quoted. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\n`;
}
