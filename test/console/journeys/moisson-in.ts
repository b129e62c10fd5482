import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

/** A process of the command line. */
export type MoissonProcess = ChildProcessByStdio<null, Readable, Readable>;

/** Starts a command in a copy of the project, with these variables only. */
export function startIn(copy: string, args: readonly string[], environment: Readonly<Record<string, string>>): MoissonProcess {
  const { PATH = "", HOME = "" } = process.env;
  return spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", ...args], {
    cwd: copy,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH, HOME, ...environment },
  });
}

/** Runs a command and returns its output. Throws if it fails. */
export async function sayIn(copy: string, args: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
  const child = startIn(copy, args, environment);
  const [said, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  if (code !== 0) throw new Error(`moisson ${args.join(" ")} ended with ${String(code)}:\n${said}${errors}`);
  return said;
}

/** Waits until a process's output matches, and returns the first group. Throws if it ends before. Later output is discarded. */
export async function saidBy(child: MoissonProcess, wanted: RegExp): Promise<string> {
  const said: string[] = [];
  child.stdout.resume();
  const lines = createInterface({ input: child.stderr });
  return new Promise((resolve, reject) => {
    lines.on("line", (line) => {
      said.push(line);
      const found = wanted.exec(line);
      if (found !== null) resolve(found[1] ?? found[0]);
    });
    lines.once("close", () => reject(new Error(`it ended without saying ${wanted}:\n${said.join("\n")}`)));
  });
}

/** Stops a process and waits for its end. */
export async function endOf(child: MoissonProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
