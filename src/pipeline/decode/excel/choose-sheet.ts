import { FeedUnreadable } from "../../../aid/run-error.ts";
import type { Sheet } from "./read-workbook.ts";

/** The sheet of that name (as it stands, else without case and blanks), or at that position from 1; else `no-such-sheet` with those there are. */
export function chooseSheet(sheets: readonly Sheet[], wanted: string | number): Sheet {
  const chosen =
    typeof wanted === "number"
      ? sheets[wanted - 1]
      : (sheets.find(({ name }) => name === wanted) ?? sheets.find(({ name }) => folded(name) === folded(wanted)));
  if (chosen !== undefined) return chosen;
  throw new FeedUnreadable("no-such-sheet", { sheet: wanted, found: sheets.map(({ name }) => name).join(", ") });
}

function folded(name: string): string {
  return name.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
}
