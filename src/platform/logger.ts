import { type Logger, pino } from "pino";

export type { Logger };

/**
 * Returns a logger that writes JSON lines to stderr. `level` is `MOISSON_LOG`. Callers pass constant messages, and put variable parts into
 * the object.
 */
export function createLogger(level = "warn"): Logger {
  return pino(
    { level, base: null, redact: { paths: ["*.password", "*.secret", "*.authorization", "*.databaseUrl"], censor: "[hidden]" } },
    pino.destination(2),
  );
}
