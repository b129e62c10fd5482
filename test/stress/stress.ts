import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "../support/loaded-connectors.ts";
import { type FileEnd, runVitest } from "../support/run-vitest.ts";

const help = `npm run stress -- [options] [files]: runs the test files with clocks, queues or processes again and again on a busy machine.

  --times N   rounds (30)
  --load N    busy processes beside the tests (10)
  --log FILE  one line of JSON for each file and round (stress.log). The rounds in it are not repeated: stop with Ctrl-C, and go on later
  --list      lists the files
  --help
`;

/** Signs that a test depends on time, on a queue or on another process. */
const depends =
  /\buntil\(|useFakeTimers|\bsetTimeout\b|timers\/promises|child_process|worker_threads|support\/(queues|moisson|server-process)|\/job-setup|ReaderThreads|clock\b.*elapsed/;
/** Files of one start of vitest. An interruption loses the results of at most this many. */
const atOnce = 10;

interface Line extends FileEnd {
  readonly round: number;
  readonly commit: string;
  /** Mean number of processes that ran or waited in the last minute. */
  readonly load: number;
  readonly at: string;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: "string", default: "30" },
    load: { type: "string", default: "10" },
    log: { type: "string", default: "stress.log" },
    list: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const print = (line: string) => process.stdout.write(`${line}\n`);
const git = (...args: string[]) => execFileSync("git", args, { cwd: projectRoot, encoding: "utf8" }).trim();

function stressedFiles(): string[] {
  if (positionals.length > 0) return positionals;
  return git("ls-files", "test")
    .split("\n")
    .filter((file) => file.endsWith(".test.ts") && !file.endsWith(".long.test.ts"))
    .filter((file) => existsSync(join(projectRoot, file)) && depends.test(readFileSync(join(projectRoot, file), "utf8")));
}

function linesOf(log: string): Line[] {
  if (!existsSync(log)) return [];
  return readFileSync(log, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
}

/** Starts processes that never wait. They end with this one. */
function keepBusy(count: number): void {
  for (let started = 0; started < count; started++) {
    const child = spawn(process.execPath, ["--eval", "for (;;);"], { stdio: "ignore" });
    process.once("exit", () => child.kill("SIGKILL"));
  }
}

async function runRounds(files: readonly string[]): Promise<void> {
  const commit = git("rev-parse", "--short", "HEAD");
  const done = new Set(linesOf(values.log).map(({ round, file }) => `${round} ${file}`));
  for (let round = 1; round <= Number(values.times); round++) {
    const left = files.filter((file) => !done.has(`${round} ${file}`));
    for (let from = 0; from < left.length; from += atOnce) {
      const batch = left.slice(from, from + atOnce);
      const { kind, files: ended } = await runVitest(projectRoot.replace(/\/$/, ""), batch, [], 120);
      const missing = batch.filter((file) => !ended.some((end) => end.file === file));
      const failures = [kind === "endless" ? "the tests do not end" : "vitest reports no result"];
      for (const end of [...ended, ...missing.map((file) => ({ file, isPassed: false, seconds: 0, failures }))]) {
        const line: Line = { round, ...end, commit, load: Math.round(loadavg()[0] ?? 0), at: new Date().toISOString() };
        appendFileSync(values.log, `${JSON.stringify(line)}\n`);
        if (!end.isPassed) print(`failed: round ${round}, ${end.file}: ${end.failures.join("; ")}`);
      }
    }
    print(`round ${round} of ${values.times}: ${summaryOf(linesOf(values.log).filter((line) => line.round === round))}`);
  }
}

function summaryOf(lines: readonly Line[]): string {
  const failed = lines.filter(({ isPassed }) => !isPassed).length;
  const load = Math.round(lines.reduce((sum, line) => sum + line.load, 0) / Math.max(1, lines.length));
  return `${lines.length - failed} passed, ${failed} failed, mean load ${load}`;
}

const files = stressedFiles();
if (values.help) process.stdout.write(help);
else if (values.list) for (const file of files) print(file);
else {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  print(`${files.length} files, ${values.times} rounds, ${availableParallelism()} cores, load ${values.load}, log ${values.log}`);
  keepBusy(Number(values.load));
  await runRounds(files);
  const lines = linesOf(values.log).filter(({ round }) => round <= Number(values.times));
  print(`all: ${summaryOf(lines)}`);
  process.exit(lines.every(({ isPassed }) => isPassed) ? 0 : 1);
}
