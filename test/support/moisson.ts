import { spawn } from "node:child_process";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { runCommandLine } from "../../src/cli/command-line.ts";
import { testDatabase } from "./catalogues.ts";
import { fillHome } from "./embedded-template.ts";
import { projectRoot } from "./loaded-connectors.ts";

/** Output of a command, and its exit code. */
export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

/** Runs a command in this process, with these variables only. A separate process would take a second to start. */
export async function moisson(args: readonly string[], environment: Environment = {}): Promise<Said> {
  const [stdout, stderr] = [collector(), collector()];
  const before = process.exitCode;
  try {
    const code = await runCommandLine(args, environment, { stdout: stdout.stream, stderr: stderr.stream });
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    process.exitCode = before;
  }
}

/** Runs several commands one after the other. */
export async function eachMoisson(commands: readonly { args: readonly string[]; environment?: Environment }[]): Promise<Said[]> {
  const results: Said[] = [];
  for (const { args, environment } of commands) results.push(await moisson(args, environment));
  return results;
}

/** Starts a command as a process with these variables only. Uses the compiled JavaScript if it exists, otherwise the TypeScript. */
export function startMoisson(args: readonly string[], environment: Environment) {
  const { PATH = "", HOME = "", TMPDIR = "/tmp", MOISSON_TEST_COMMAND_LINE: built } = process.env;
  const program = built === undefined ? ["--import", "tsx", "src/cli/main.ts"] : [built];
  return spawn(process.execPath, [...program, ...args], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH, HOME, TMPDIR, ...environment },
  });
}

/** Runs a command as a process. */
export async function moissonProcess(args: readonly string[], environment: Environment = {}): Promise<Said> {
  const child = startMoisson(args, environment);
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}

/** Location of an empty catalogue for commands: a database, or the home folder on PGlite. */
export interface CommandPlace {
  readonly environment: Environment;
  drop(): Promise<void>;
}

/** Creates a catalogue for commands. On PGlite it is removed with the folder. */
export async function commandPlace(home: string): Promise<CommandPlace> {
  if (testDatabase.kind === "embedded") {
    await fillHome(home);
    return { environment: { MOISSON_HOME: home }, drop: async () => undefined };
  }
  const { databaseUrl, drop } = await testDatabase.create();
  return { environment: { MOISSON_HOME: home, DATABASE_URL: databaseUrl ?? "" }, drop };
}

/** Returns the lines of a text that are not blank. */
export function linesOf(written: string): string[] {
  return written.split("\n").filter((line) => line.trim() !== "");
}

function collector(): { readonly stream: Writable; text(): string } {
  let collected = "";
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      collected += chunk;
      done();
    },
  });
  return { stream, text: () => collected };
}
