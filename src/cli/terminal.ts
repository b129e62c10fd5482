import pc from "picocolors";
import { printable } from "./printable.ts";

/** Where the command line writes: results to stdout, everything else to stderr. */
export interface Terminal {
  out(text: string): void;
  /** To stdout, as it is, at the pace of who reads it. Throws `ReaderGone`. */
  write(text: string): Promise<void>;
  err(text: string): void;
  readonly colors: ReturnType<typeof pc.createColors>;
  /** Shows how far a long work is, on one line that is written over; nothing where stderr is no terminal. */
  progress(text: string | null): void;
}

/** Who read our stdout went away before the end, as `head` does: there is nobody left to write for, which is no error. */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";
}

/** The process's own terminal. Colours only where stdout is a terminal, and not with `NO_COLOR` or `--no-color`. */
export function createTerminal(argv: readonly string[]): Terminal {
  const wanted = pc.isColorSupported && process.stdout.isTTY === true && !argv.includes("--no-color");
  // A command goes on without a reader: runs that were asked for are still to be done.
  process.stdout.on("error", (error) => {
    if (!("code" in error) || error.code !== "EPIPE") throw error;
  });
  let shown = false;
  const clear = () => {
    if (shown) process.stderr.write("\r\u001b[2K");
    shown = false;
  };
  return {
    colors: pc.createColors(wanted),
    out(text) {
      clear();
      if (!process.stdout.destroyed) process.stdout.write(`${printable(text)}\n`);
    },
    async write(text) {
      if (process.stdout.destroyed) throw new ReaderGone();
      if (process.stdout.write(text)) return;
      await new Promise<void>((resolve) => {
        const go = () => {
          process.stdout.off("drain", go).off("close", go).off("error", go);
          resolve();
        };
        process.stdout.on("drain", go).on("close", go).on("error", go);
      });
    },
    err(text) {
      clear();
      process.stderr.write(`${printable(text)}\n`);
    },
    progress(text) {
      if (process.stderr.isTTY !== true) return;
      clear();
      if (text === null) return;
      process.stderr.write(text.slice(0, (process.stderr.columns ?? 80) - 1));
      shown = true;
    },
  };
}
