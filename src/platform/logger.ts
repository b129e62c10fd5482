import { type Logger, pino } from "pino";

export type { Logger };

/** Logs go to stderr as JSON lines; nothing below `warn` unless `MOISSON_LOG` says so. A message is constant, what varies is in the object. */
export function createLogger(level = "warn"): Logger {
  return pino(
    { level, base: null, redact: { paths: ["*.password", "*.secret", "*.authorization", "*.databaseUrl"], censor: "[hidden]" } },
    pino.destination(2),
  );
}
