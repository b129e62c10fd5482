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
  const thread = startThread(new URL("${source}console/sample/sample-worker.ts"));
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
