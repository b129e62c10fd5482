const inWords = new Intl.DateTimeFormat("fr-FR", { month: "long", year: "numeric", timeZone: "UTC" });
const short = new Intl.DateTimeFormat("fr-FR", { month: "short", timeZone: "UTC" });

/** A month (`2026-11`) in words: `novembre 2026`. */
export function frenchMonth(month: string): string {
  return inWords.format(new Date(`${month}-01`));
}

/** A month (`2026-11`) in short, without its year: `nov.`. */
export function shortMonth(month: string): string {
  return short.format(new Date(`${month}-01`));
}
