import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { projectRoot } from "../support/loaded-connectors.ts";

// Other tests replace both functions with compiled ones (vitest.config.ts).
const source = pathToFileURL(`${projectRoot}src/`).href;
const script = `
const { startProcess, startThread } = await import("${source}platform/start-module.ts");
const child = startProcess(new URL("${source}jobs/run-processes/process-main.ts"));
child.once("message", ({ kind }) => {
  child.kill("SIGKILL");
  const thread = startThread(new URL("${source}console/sample-worker.ts"));
  thread.once("message", ({ failed }) => {
    console.log(kind, failed.split("\\n")[0]);
    process.exit();
  });
  thread.postMessage(null);
});`;

it("a checkout starts its processes and threads as TypeScript", async () => {
  const folder = await mkdtemp(join(tmpdir(), "moisson-start-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "start.mjs"), script);
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", join(folder, "start.mjs")], { cwd: projectRoot });
  expect(stdout).toMatch(/^ready TypeError: /);
});

it.each(["--eval", "--print"])("a process that node %s starts does not run the code of its parent again", async (option) => {
  // If it did, it would start a process too, and so on. This code runs once more at most.
  const code = `
    if (process.env.MOISSON_TEST_NESTED) process.exit(7);
    process.env.MOISSON_TEST_NESTED = "yes";
    import("${source}platform/start-module.ts").then(({ startProcess }) => {
      const child = startProcess(new URL("${source}jobs/run-processes/process-main.ts"));
      child.once("exit", (exitCode) => console.log("ended", exitCode));
      child.once("message", ({ kind }) => {
        console.log(kind);
        child.removeAllListeners("exit").kill("SIGKILL");
        process.exit();
      });
    }); void 0;`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", option, code], { cwd: projectRoot, timeout: 60_000 });
  expect(stdout.replace("undefined\n", "")).toBe("ready\n");
});
