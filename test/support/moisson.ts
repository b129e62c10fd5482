import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { projectRoot } from "./loaded-connectors.ts";

/** What a command said, and how it ended. */
export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line in a process of its own, with these variables and none of ours: as it was built before the tests, else its TypeScript. */
export function startMoisson(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const { PATH = "", HOME = "", TMPDIR = "/tmp", MOISSON_TEST_COMMAND_LINE: built } = process.env;
  const program = built === undefined ? ["--import", "tsx", "src/cli/main.ts"] : [built];
  return spawn(process.execPath, [...program, ...args], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH, HOME, TMPDIR, ...environment },
  });
}

/** Runs a command to its end. */
export async function moisson(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Said> {
  const child = startMoisson(args, environment);
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}

/** Two at a time, one for each core: a start is mostly work. Results in the order of the commands. */
export async function eachMoisson(
  commands: readonly { args: readonly string[]; environment?: Readonly<Record<string, string>> }[],
): Promise<Said[]> {
  const results: Said[] = [];
  const queue = commands.entries();
  const worker = async () => {
    for (const [index, { args, environment }] of queue) results[index] = await moisson(args, environment);
  };
  await Promise.all([worker(), worker()]);
  return results;
}

/** The lines of a text that hold something. */
export function linesOf(written: string): string[] {
  return written.split("\n").filter((line) => line.trim() !== "");
}
