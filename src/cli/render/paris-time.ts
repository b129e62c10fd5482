/** Formats an instant as `2026-11-25 02:14`, Paris time. */
export function parisTime(instant: Date | string): string {
  return new Date(instant).toLocaleString("sv-SE", { timeZone: "Europe/Paris" }).slice(0, 16);
}
