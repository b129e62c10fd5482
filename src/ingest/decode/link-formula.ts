/** A link as a spreadsheet writes it. */
export interface LinkFormula {
  /** The address; null if it is computed. */
  readonly target: string | null;
  /** The shown text: the target if the formula has no label, null if it is computed. */
  readonly label: string | null;
}

const call = /^\s*(?:HYPERLINK|LIEN_HYPERTEXTE)\(([\s\S]*)\)\s*$/i;
/** An argument, up to the next separator outside quotes and brackets. Nested calls are one argument. */
const argument = /(?:"(?:[^"]|"")*"|\([^()]*\)|[^",;()])+|(?<=[,;])/g;
const term = /\s*(?:"((?:[^"]|"")*)"|(\$?[A-Z]{1,3}\$?\d{1,7}))\s*(?:&(?=\s*\S)|$)/gy;

/** Returns the text of a cell, by its reference (`B2`), or null if it is unknown. */
type CellTexts = (reference: string) => string | null;

/**
 * Reads `HYPERLINK("https://…","voir")`, also in French and with a semicolon. Joins texts and cells (`"https://a.fr/"&B2`) if `textOf` knows
 * the cells. Returns null for another formula, and a null target or label if the formula computes it in another way.
 */
export function readLinkFormula(formula: string, textOf: CellTexts = () => null): LinkFormula | null {
  const inside = call.exec(formula)?.[1];
  if (inside === undefined) return null;
  const parts = inside.match(argument) ?? [];
  const [first = "", second] = parts;
  if (parts.length > 2 || parts.join("_").length !== inside.length) return null;
  const target = joinedText(first, textOf) || null;
  if (second === undefined || second.trim() === "" || second.trim() === '""') return { target, label: target };
  return { target, label: joinedText(second, textOf) };
}

/** Returns the text of `"a"&B2`, or null if it contains anything else. */
function joinedText(expression: string, textOf: CellTexts): string | null {
  let text = "";
  let end = 0;
  for (const [whole, literal, reference] of expression.matchAll(term)) {
    const part = reference === undefined ? (literal ?? "").replaceAll('""', '"') : textOf(reference.replaceAll("$", ""));
    if (part === null) return null;
    text += part;
    end += whole.length;
  }
  return end === expression.length ? text : null;
}

const reference = /"(?:[^"]|"")*"|(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(])/g;

/** Returns a formula as it reads in a cell some rows further down. Moves relative references, not those with `$`. */
export function formulaBelow(formula: string, rows: number): string {
  return formula.replace(reference, (whole, absolute: string, column: string, fixed: string, row: string) =>
    row === undefined || fixed !== "" ? whole : `${absolute}${column}${Number(row) + rows}`,
  );
}

/** Returns true if `linkOfText` may find a link in a cell of this row. Spreadsheets write functions in capitals. */
export function mayHaveLinkFormula(row: string): boolean {
  return row.includes("HYPER");
}

/** Returns the link if a text is such a formula instead of its result: `=HYPERLINK("https://…";"voir")`. */
export function linkOfText(text: string): (LinkFormula & { readonly target: string }) | null {
  const link = text.startsWith("=") ? readLinkFormula(text.slice(1)) : null;
  return link === null || link.target === null ? null : { ...link, target: link.target };
}

/** Returns true if a link differs from the shown text. Ignores a final slash, which Excel adds to a bare host. */
export function leadsElsewhere(target: string, shown: unknown): boolean {
  return target.replace(/\/$/, "") !== String(shown).trim().replace(/\/$/, "");
}
