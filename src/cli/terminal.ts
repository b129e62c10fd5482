import pc from "picocolors";

/** Where the command line writes: results to stdout, everything else to stderr. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  readonly colors: ReturnType<typeof pc.createColors>;
  /** Shows how far a long work is, on one line that is written over; nothing where stderr is no terminal. */
  progress(text: string | null): void;
}

/** The process's own terminal. Colours only where stdout is a terminal, and not with `NO_COLOR` or `--no-color`. */
export function createTerminal(argv: readonly string[]): Terminal {
  const wanted = pc.isColorSupported && process.stdout.isTTY === true && !argv.includes("--no-color");
  let shown = false;
  const clear = () => {
    if (shown) process.stderr.write("\r\u001b[2K");
    shown = false;
  };
  return {
    colors: pc.createColors(wanted),
    out(text) {
      clear();
      process.stdout.write(`${text}\n`);
    },
    err(text) {
      clear();
      process.stderr.write(`${text}\n`);
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
