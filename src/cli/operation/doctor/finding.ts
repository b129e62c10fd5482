/** The result of one check. */
export interface Finding {
  /** Name of the check, such as `redis`. */
  readonly check: string;
  readonly state: "ok" | "warning" | "error";
  readonly message: string;
  /** What to do; null if all is well, or if the message says it. */
  readonly advice: string | null;
}

/** Returns a finding without a fault. */
export function fine(check: string, message: string): Finding {
  return { check, state: "ok", message, advice: null };
}

/** Returns a finding that can wait. */
export function warning(check: string, message: string, advice: string): Finding {
  return { check, state: "warning", message, advice };
}

/** Returns a finding because of which something does not work. */
export function fault(check: string, message: string, advice: string | null = null): Finding {
  return { check, state: "error", message, advice };
}

/** Shows the first of some names, and how many there are more. */
export function some(names: readonly string[], shown = 5): string {
  const more = names.length - shown;
  return `${names.slice(0, shown).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
