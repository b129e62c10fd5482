/** Returns true for a day, `YYYY-MM-DD`, from 1900 to 2199. Other years are typing errors, such as `0202-11-20`. */
export function isDay(text: string): boolean {
  const instant = /^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return instant !== null && !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}
