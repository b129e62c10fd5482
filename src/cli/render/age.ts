const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago an instant was, in the one unit that says it best. */
export function age(instant: Date, now: Date): string {
  const passed = now.getTime() - instant.getTime();
  if (passed < minute) return "just now";
  if (passed < 2 * hour) return ago(passed / minute, "minute");
  return passed < 2 * day ? ago(passed / hour, "hour") : ago(passed / day, "day");
}

function ago(count: number, unit: string): string {
  const whole = Math.floor(count);
  return `${whole} ${unit}${whole === 1 ? "" : "s"} ago`;
}
