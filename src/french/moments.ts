const timeZone = "Europe/Paris";
const weekday = new Intl.DateTimeFormat("fr-FR", { weekday: "long", day: "numeric", month: "long", timeZone });
const withYear = new Intl.DateTimeFormat("fr-FR", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone });
const clock = new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone });
const noBreak = "\u00a0";

/** Returns the day of an ISO instant in Paris: `mercredi 25 novembre 2026`. */
export function longDay(instant: string): string {
  return first(withYear.format(new Date(instant)));
}

/** Returns `mercredi 25 novembre à 6 h 30`. */
export function momentOf(instant: string): string {
  return `${first(weekday.format(new Date(instant)))} à ${hourOf(instant)}`;
}

/** Returns `6 h 30`. */
export function hourOf(instant: string): string {
  const parts = clock.formatToParts(new Date(instant));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return `${Number(part("hour"))}${noBreak}h${noBreak}${part("minute")}`;
}

function first(day: string): string {
  return day.replace(/ 1 /, " 1er ");
}
