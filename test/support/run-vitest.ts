import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How the tests of a file ended. */
export interface FileEnd {
  /** From the project's root. */
  readonly file: string;
  readonly isPassed: boolean;
  readonly seconds: number;
  /** Titles and messages of the failed tests. */
  readonly failures: readonly string[];
}

/** How a run of vitest ended. `files` lacks those that did not run, because of `bail` or because vitest could not start. */
export interface VitestEnd {
  readonly kind: "passed" | "failed" | "endless";
  readonly files: readonly FileEnd[];
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/**
 * Runs test files of a project in a process group of its own, so that servers of the tests end with it. After `limitMinutes` it is killed,
 * because an endless loop in a test can only be ended from outside.
 */
export async function runVitest(root: string, files: readonly string[], options: readonly string[], limitMinutes = 30): Promise<VitestEnd> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-vitest-"));
  const report = join(folder, "report.json");
  const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--reporter=json", `--outputFile=${report}`, ...options, ...files];
  const child = spawn(process.execPath, args, { cwd: root, stdio: "ignore", detached: true });
  const kill = () => void (child.pid !== undefined && process.kill(-child.pid, "SIGKILL"));
  process.once("exit", kill);
  let isEndless = false;
  const limit = setTimeout(() => {
    isEndless = true;
    kill();
  }, limitMinutes * 60_000);
  const code = await new Promise((resolve) => child.once("exit", resolve));
  clearTimeout(limit);
  process.off("exit", kill);
  const ended = existsSync(report) ? endsIn(JSON.parse(await readFile(report, "utf8")), root) : [];
  await rm(folder, { recursive: true, force: true });
  return { kind: isEndless ? "endless" : code === 0 ? "passed" : "failed", files: ended };
}

function endsIn({ testResults }: Report, root: string): FileEnd[] {
  return testResults.map(({ name, status, startTime, endTime, message, assertionResults }) => ({
    file: name.slice(join(root, "/").length),
    isPassed: status === "passed",
    seconds: Math.round((endTime - startTime) / 100) / 10,
    failures: [
      ...(message === "" ? [] : [message]),
      ...assertionResults
        .filter((test) => test.status === "failed")
        .map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages[0]?.split("\n")[0] ?? ""}`),
    ],
  }));
}
