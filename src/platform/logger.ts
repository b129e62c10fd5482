import { type Logger, pino } from "pino";

export type { Logger };

/**
 * Returns a logger that writes JSON lines to stderr, from `warn` by default (`MOISSON_LOG`). Messages are constant; variable parts are in
 * the object.
 */
export function createLogger(level = "warn"): Logger {
  return pino(
    { level, base: null, redact: { paths: ["*.password", "*.secret", "*.authorization", "*.databaseUrl"], censor: "[hidden]" } },
    pino.destination(2),
  );
}
