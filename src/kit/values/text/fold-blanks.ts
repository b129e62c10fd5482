/** Folds blanks and line breaks into single blanks. */
export function foldBlanks(text: string): string {
  return text.includes("\n") || text.includes("  ") ? text.replace(/ *\n[ \n]*| {2,}/g, " ") : text;
}
