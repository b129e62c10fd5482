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

/** Output streams of a command line: the process's own, or those of a test. */
export interface Streams {
  readonly stdout: NodeJS.WritableStream & { readonly destroyed?: boolean; readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
}

/** Writes to these streams. Colours only where stdout is a terminal, and not with `NO_COLOR` or `--no-color`. */
export function createTerminal(args: readonly string[], { stdout, stderr }: Streams): Terminal {
  const wanted = pc.isColorSupported && stdout.isTTY === true && !args.includes("--no-color");
  // A command goes on without a reader: runs that were asked for are still to be done.
  stdout.on("error", (error) => {
    if (!("code" in error) || error.code !== "EPIPE") throw error;
  });
  let shown = false;
  const clear = () => {
    if (shown) stderr.write("\r\u001b[2K");
    shown = false;
  };
  return {
    colors: pc.createColors(wanted),
    out(text) {
      clear();
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
      clear();
      stderr.write(`${printable(text)}\n`);
    },
    progress(text) {
      if (stderr.isTTY !== true) return;
      clear();
      if (text === null) return;
      stderr.write(text.slice(0, (stderr.columns ?? 80) - 1));
      shown = true;
    },
  };
}
