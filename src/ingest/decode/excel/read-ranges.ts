import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { type CellRange, rangeOf } from "./cell-reference.ts";
import type { OfficePackage } from "./open-package.ts";
import { readRelationships } from "./read-relationships.ts";
import { relationshipIdOf } from "./read-workbook.ts";
import { readXml } from "./read-xml.ts";

/** Cells that lead somewhere. */
export interface LinkedRange extends CellRange {
  readonly target: string;
}

/** What a sheet says of its cells behind its rows. */
export interface SheetRanges {
  /** Merged cells, two at least. */
  readonly merges: readonly CellRange[];
  /** Links to outside the workbook. */
  readonly links: readonly LinkedRange[];
}

/** Most merges and links of a sheet that are held; Excel itself stops at 65,530 links. */
const mostRanges = 1_000_000;

/**
 * Reads merges and links, which stand behind the rows: a pass of its own, before the rows. The sheet is parsed only where its bytes
 * speak of either; that look can be wrong only by parsing for nothing.
 */
export async function readRanges(file: OfficePackage, part: string, decompressedBytes: number): Promise<SheetRanges> {
  const merges: CellRange[] = [];
  const links: LinkedRange[] = [];
  if (!(await speaksOfRanges(file.read(part, decompressedBytes)))) return { merges, links };
  const relationships = await readRelationships(file, part);
  await readXml(file.read(part, decompressedBytes), part, {
    open(element, attributes) {
      if (element !== "mergeCell" && element !== "hyperlink") return;
      const range = rangeOf(attributes.ref ?? "");
      if (range === null) return;
      if (merges.length + links.length >= mostRanges) throw tooManyRanges(part);
      if (element === "mergeCell" && (range.top < range.bottom || range.left < range.right)) merges.push(range);
      const target = element === "hyperlink" ? relationships.get(relationshipIdOf(attributes))?.target : undefined;
      if (target !== undefined) links.push({ ...range, target: attributes.location ? `${target}#${attributes.location}` : target });
    },
  });
  return { merges, links };
}

function tooManyRanges(part: string): FeedUnreadable {
  return new FeedUnreadable("malformed", { at: part, reason: `more than ${mostRanges} merges and links` });
}

const names = [Buffer.from("mergeCell"), Buffer.from("hyperlink")];
const overlap = 16;

async function speaksOfRanges(bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
  let end: Uint8Array = new Uint8Array();
  for await (const chunk of bytes) {
    const window = Buffer.concat([end, chunk]);
    // UTF-16 writes a zero beside every letter: the names are not found in it, so it is always parsed.
    if (window.includes(0) || names.some((name) => window.includes(name))) return true;
    end = window.subarray(-overlap);
  }
  return false;
}
