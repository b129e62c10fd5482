/** An instant as `2026-11-25 02:14`, where the publishers are. */
export function parisTime(instant: Date | string): string {
  return new Date(instant).toLocaleString("sv-SE", { timeZone: "Europe/Paris" }).slice(0, 16);
}
