import { cutText } from "./cut-text.ts";
import { readCells } from "./raw-row.ts";

/** Delimiters of tables. */
export const delimiters = [";", ",", "\t", "|"] as const;
/** A delimiter that never occurs in a feed, so that rows have one column. */
const oneColumn = "\u001f";
const maxRows = 100;
/** A lower similarity means that the character is punctuation in a title and not a delimiter. */
const minSimilarity = 0.55;

/**
 * Returns the delimiter that splits the header into several cells, and the rows into about as many cells. Ignores quoted text. Returns
 * `oneColumn` if no delimiter fits. `head` is the text at the start of the feed; unless it is the whole feed (`isWhole`), its last row may
 * be truncated. `headerRow` counts from 1.
 */
export function detectDelimiter(head: string, isWhole: boolean, headerRow: number): string {
  let best = { delimiter: oneColumn as string, similarity: minSimilarity, width: 1 };
  for (const delimiter of delimiters) {
    const [header, ...others] = cellCounts(head, delimiter, isWhole, headerRow);
    if (header === undefined || header < 2) continue;
    const similarity = average(others.map((width) => Math.min(width, header) / Math.max(width, header)));
    if (similarity > best.similarity || (similarity === best.similarity && header > best.width))
      best = { delimiter, similarity, width: header };
  }
  return best.delimiter;
}

/** Returns the titles of the columns that a delimiter separates. `headerRow` counts from 1. */
export function titlesUnder(head: string, delimiter: string, headerRow: number): string[] {
  const { complete, last } = cutText(head, delimiter);
  const header = [...complete, ...(last === null ? [] : [last])].find((row) => row.number >= headerRow && row.text.trim() !== "");
  return header === undefined ? [] : (readCells([header], delimiter)[0] ?? []).map((title) => title.trim());
}

/**
 * Returns the numbers of cells in the header and in the rows below it, except blank rows. If the head ends in the first row below the
 * header, this row may be truncated. It then counts only if it is at least as wide as the header.
 */
function cellCounts(head: string, delimiter: string, isWhole: boolean, headerRow: number): number[] {
  const { complete, last } = cutText(head, delimiter);
  const rows = last !== null && (isWhole || complete.length < 2) ? [...complete, last] : complete;
  const filled = rows.filter((row) => row.number >= headerRow && row.text.trim() !== "" && !row.unterminated).slice(0, maxRows);
  const counts = filled.length === 0 ? [] : readCells(filled, delimiter).map((cells) => cells.length);
  const [header = 0, part = 0, ...others] = counts;
  return !isWhole && complete.length < 2 && others.length === 0 && part < header ? [header] : counts;
}

function average(numbers: readonly number[]): number {
  if (numbers.length === 0) return 1;
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
