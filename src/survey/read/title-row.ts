import { isKnownTitle } from "../profile/match-name.ts";

/** Maximum number of rows above the header, for an introduction or groups of columns. */
export const maxRowsAbove = 15;
const maxTitle = 90;

/** Scores a row as header of aids: 3 for a usual title, 1 for another, -1 for numbers, dates, links, sentences and repetitions. */
export function titleScore(cells: readonly string[]): number {
  const titles = new Set(cells.map((cell) => cell.trim()).filter(mayBeTitle));
  const known = [...titles].filter(isKnownTitle).length;
  return titles.size + 2 * known - (cells.filter((cell) => cell.trim() !== "").length - titles.size);
}

/** Returns true for a short text with letters that is no number, date, link or mail address. */
export function mayBeTitle(cell: string): boolean {
  if (cell === "" || cell.length > maxTitle || /^column \d+$/.test(cell)) return false;
  if (/^[\d\s.,/:%€-]+$/.test(cell) || /^\d{4}-\d{2}-\d{2}/.test(cell)) return false;
  return !/^(?:https?:|www\.|mailto:)|@\w/i.test(cell) && /\p{L}/u.test(cell);
}

/** Words in instructions for filling in a cell. */
const hints = [
  "obligatoire|facultatif|optionnel|texte libre|format|exemple|ex ?\\.? ?:",
  "jj/mm|aaaa|dd/mm|yyyy|caract[èe]res|s[ée]par[ée]s? par",
  "liste d[ée]roulante|choisir|choix|s[ée]lectionner|indiquer|pr[ée]ciser|renseigner",
];
const hint = new RegExp(hints.join("|"), "i");

/** Returns true if a row below the header contains instructions instead of a record. */
export function isHintRow(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== "");
  return filled.length > 0 && filled.filter((cell) => cell.length < 400 && hint.test(cell)).length >= Math.max(2, filled.length * 0.4);
}
