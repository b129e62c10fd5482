import { FeedUnreadable } from "../../../model/run/run-error.ts";

/**
 * Returns the sheet with this name (exact, else ignoring case and blanks) or at this position from 1. Throws `FeedUnreadable`
 * (`no-such-sheet`) with the names of the sheets.
 */
export function chooseSheet<S extends { readonly name: string }>(sheets: readonly S[], wanted: string | number): S {
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
