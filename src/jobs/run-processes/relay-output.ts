import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Logger } from "../../platform/logger.ts";

/** Number of lines kept to explain the death of a process. */
const keptLines = 30;
const levels = { 10: "trace", 20: "debug", 30: "info", 40: "warn", 50: "error", 60: "fatal" } as const;

/**
 * Passes a process's log lines on to our logger, so that lines of several processes do not mix. Other output, such as Node's messages
 * before it dies or `console.log` in a connector, is logged as `debug`. Returns a function that returns the last lines of such output.
 */
export function relayOutput(streams: readonly (Readable | null)[], logger: Logger): () => readonly string[] {
  const kept: string[] = [];
  const relay = (line: string) => {
    const logged = logLine(line);
    if (logged !== null) return logger[logged.level](logged.fields, logged.message);
    if (line.trim() === "") return;
    kept.push(line);
    if (kept.length > keptLines) kept.shift();
    logger.debug({ output: line }, "output of a run's process");
  };
  for (const stream of streams) {
    if (stream === null) continue;
    // A killed process may leave a broken pipe.
    stream.on("error", () => undefined);
    createInterface({ input: stream })
      .on("line", relay)
      .on("error", () => undefined);
  }
  return () => kept;
}

/** Returns the parts of a line of our logger, or null for any other line. */
function logLine(line: string) {
  if (!line.startsWith('{"level":')) return null;
  try {
    const { level, time, msg, ...fields } = JSON.parse(line) as { level: keyof typeof levels; time: number; msg: string };
    return level in levels ? { level: levels[level], fields, message: msg } : null;
  } catch {
    return null;
  }
}
