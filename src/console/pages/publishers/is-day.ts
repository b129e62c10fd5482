/** True for a day that there is, `YYYY-MM-DD`, within a century or so: `0202-11-20` is 2026 typed too fast, and year 0 no database takes. */
export function isDay(text: string): boolean {
  const instant = /^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return instant !== null && !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}
