import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { type CellRange, rangeOf } from "./cell-ranges.ts";
import type { OfficePackage } from "./open-package.ts";
import { readRelationships, relationshipIdOf } from "./read-workbook.ts";
import { readXml } from "./read-xml.ts";

/** Cells with a link. */
export interface LinkedRange extends CellRange {
  readonly target: string;
}

/** Merges and links of a sheet. */
export interface SheetRanges {
  /** Merges of at least two cells. */
  readonly merges: readonly CellRange[];
  /** Links to outside the workbook. */
  readonly links: readonly LinkedRange[];
}

/** Maximum number of merges and links; Excel allows 65,530 links. */
const maxRanges = 1_000_000;

/**
 * Reads the merges and links of a sheet. The file has them after the rows, but rows need them first. Parses the sheet only if its bytes
 * contain the name of such an element.
 */
export async function readRanges(file: OfficePackage, part: string, decompressedBytes: number): Promise<SheetRanges> {
  const merges: CellRange[] = [];
  const links: LinkedRange[] = [];
  if (!(await mentionsRanges(file.read(part, decompressedBytes)))) return { merges, links };
  const relationships = await readRelationships(file, part);
  await readXml(file.read(part, decompressedBytes), part, {
    open(element, attributes) {
      if (element !== "mergeCell" && element !== "hyperlink") return;
      const range = rangeOf(attributes.ref ?? "");
      if (range === null) return;
      if (merges.length + links.length >= maxRanges)
        throw new FeedUnreadable("malformed", { at: part, reason: `more than ${maxRanges} merges and links` });
      if (element === "mergeCell" && (range.top < range.bottom || range.left < range.right)) merges.push(range);
      const target = element === "hyperlink" ? relationships.get(relationshipIdOf(attributes))?.target : undefined;
      if (target !== undefined) links.push({ ...range, target: attributes.location ? `${target}#${attributes.location}` : target });
    },
  });
  return { merges, links };
}

const names = [Buffer.from("mergeCell"), Buffer.from("hyperlink")];
const overlap = 16;

async function mentionsRanges(bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
  let end: Uint8Array = new Uint8Array();
  for await (const chunk of bytes) {
    const window = Buffer.concat([end, chunk]);
    // A sheet in UTF-16 is always parsed, because the search for ASCII names would fail. Only its bytes contain zeros.
    if (window.includes(0) || names.some((name) => window.includes(name))) return true;
    end = window.subarray(-overlap);
  }
  return false;
}
