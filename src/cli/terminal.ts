import pc from "picocolors";
import { printable } from "./printable.ts";
import { createProgressBar, type Progress } from "./progress-bar.ts";

/** Output of the command line: results to stdout, everything else to stderr. */
export interface Terminal {
  out(text: string): void;
  /** Writes to stdout unchanged and waits for a slow reader. Throws `ReaderGone`. */
  write(text: string): Promise<void>;
  err(text: string): void;
  readonly colors: ReturnType<typeof pc.createColors>;
  /** Width of stdout in characters; 120 if it is not a terminal. */
  readonly columns: number;
  /** Shows the progress of a long task on one line of stderr, or removes it (null). Does nothing if stderr is not a terminal. */
  progress(progress: Progress | null): void;
}

/** The reader of stdout has closed it early, as `head` does. Ends the command without an error. */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";
}

/** Output streams of a command line: the process's own, or those of a test. */
export interface Streams {
  readonly stdout: NodeJS.WritableStream & { readonly destroyed?: boolean; readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
}

/** Creates a terminal on these streams. Colours its output only if stdout is a terminal, without `NO_COLOR` and `--no-color`. */
export function createTerminal(args: readonly string[], { stdout, stderr }: Streams): Terminal {
  const wanted = pc.isColorSupported && stdout.isTTY === true && !args.includes("--no-color");
  // The command continues without a reader, so that requested runs are still done.
  stdout.on("error", (error) => {
    if (!("code" in error) || error.code !== "EPIPE") throw error;
  });
  const bar = createProgressBar(stderr);
  return {
    colors: pc.createColors(wanted),
    columns: stdout.columns ?? 120,
    out(text) {
      bar.clear();
      if (!stdout.destroyed) stdout.write(`${printable(text)}\n`);
    },
    async write(text) {
      if (stdout.destroyed) throw new ReaderGone();
      if (stdout.write(text)) return;
      await new Promise<void>((resolve) => {
        const go = () => {
          stdout.off("drain", go).off("close", go).off("error", go);
          resolve();
        };
        stdout.on("drain", go).on("close", go).on("error", go);
      });
    },
    err(text) {
      bar.clear();
      stderr.write(`${printable(text)}\n`);
    },
    progress: (progress) => bar.show(progress),
  };
}
