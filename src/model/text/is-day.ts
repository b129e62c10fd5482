/** Returns true for a day of the calendar, `YYYY-MM-DD`, from 1900 to 2199. Other years are typing errors, such as `0202-11-20`. */
export function isDay(text: string): boolean {
  return /^(19|20|21)\d\d-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}
