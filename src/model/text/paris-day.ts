const inParis = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris", year: "numeric", month: "2-digit", day: "2-digit" });

/** Returns the calendar day of an instant in Paris, `YYYY-MM-DD`. */
export function parisDay(instant: Date): string {
  return inParis.format(instant);
}
