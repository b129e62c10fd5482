/** A link as a spreadsheet writes it. */
export interface LinkFormula {
  readonly target: string;
  /** The shown text: the target if the formula has no label, null if another cell contains it. */
  readonly label: string | null;
}

const quoted = '"((?:[^"]|"")*)"';
const pattern = new RegExp(`^\\s*(?:HYPERLINK|LIEN_HYPERTEXTE)\\(\\s*${quoted}\\s*(?:[,;]\\s*(?:${quoted}\\s*|([\\s\\S]*)))?\\)\\s*$`, "i");

/**
 * Reads `HYPERLINK("https://…","voir")`, also in French and with a semicolon. Returns null for another formula, or if the formula computes
 * the address.
 */
export function readLinkFormula(formula: string): LinkFormula | null {
  const [, target, label, computed] = pattern.exec(formula) ?? [];
  if (target === undefined || target === "") return null;
  const address = target.replaceAll('""', '"');
  if (label !== undefined && label !== "") return { target: address, label: label.replaceAll('""', '"') };
  return { target: address, label: computed === undefined || computed.trim() === "" ? address : null };
}

/** Returns true if `linkOfText` may find a link in a cell of this row. Spreadsheets write functions in capitals. */
export function mayHaveLinkFormula(row: string): boolean {
  return row.includes("HYPER");
}

/** Returns the link if a text is such a formula instead of its result: `=HYPERLINK("https://…";"voir")`. */
export function linkOfText(text: string): LinkFormula | null {
  return text.startsWith("=") ? readLinkFormula(text.slice(1)) : null;
}

/** Returns true if a link differs from the shown text. Ignores a final slash, which Excel adds to a bare host. */
export function leadsElsewhere(target: string, shown: unknown): boolean {
  return target.replace(/\/$/, "") !== String(shown).trim().replace(/\/$/, "");
}
