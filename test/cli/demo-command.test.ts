import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { lockHome } from "../../src/catalogue/connection/lock-home.ts";
import { demoHome } from "../../src/cli/everyday/demo-command.ts";
import { projectRoot } from "../support/loaded-connectors.ts";
import { moisson, type Said } from "../support/moisson.ts";

/** Returns the commands in a text (`npm run moisson -- …`), without trailing comments. */
function commandsIn(text: string): string[] {
  return [...text.matchAll(/npm run moisson -- (.+?)(?: {2,}|`|$)/gm)].map(([, command = ""]) => command);
}

function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
}

/** Removes the line about the run itself from a report: id, seconds and memory. */
function sameInEveryRun(report: string): string {
  return report.replace(/^ {2}(run|budget) .*\n/gm, "").trimEnd();
}

function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "moisson-of-the-demo-"));
}

describe("moisson demo", { timeout: 180_000 }, () => {
  let home: string;
  let demo: Said;
  beforeAll(async () => {
    home = await temporaryFolder();
    demo = await moisson(["demo"], { MOISSON_HOME: home });
    return () => rm(home, { recursive: true, force: true });
  }, 180_000);

  it("exits with 0, prints at most 60 lines, and shows a held run and an unreachable feed that it made on purpose", () => {
    expect(demo).toMatchObject({ code: 0, stderr: "" });
    // npm prints four lines of its own.
    expect(demo.stdout.split("\n").length).toBeLessThanOrEqual(56);
    const [night, broken] = demo.stdout.split("made to go wrong on purpose");
    expect(night).toMatch(/\d+ runs: \d+ well, \d+ with rejects or warnings\./);
    expect(broken).toMatch(/region-ile-de-france .*: HELD/);
    expect(broken).toContain("5 of 8 aids are no longer in the feed");
    expect(broken).toContain("no connection to https://this-feed-never-answers.invalid/aides.json");
  });

  it("is followed by the commands of the README, which work in the order shown", async () => {
    const readme = await readFile(join(projectRoot, "README.md"), "utf8");
    const shown = commandsIn(readme);
    const suggested = commandsIn(demo.stdout);
    expect(readme).toContain(`a sample feed of each of ${/(\d+) runs:/.exec(demo.stdout)?.[1]} connectors`);
    expect(shown).toEqual(expect.arrayContaining(suggested.filter((command) => !command.startsWith("runs "))));
    expect(suggested.at(-1)).toBe("console");
    // Without `--help` alone and `console`, which runs until it is stopped.
    const ending = shown.filter((command) => command !== "console" && command !== "--help");
    expect(ending).toHaveLength(5);
    const said: Said[] = [];
    for (const command of ending) said.push(await moisson(wordsOf(command), { MOISSON_HOME: home }));
    expect(said.map(({ code, stderr }) => ({ code, stderr }))).toEqual(said.map(() => ({ code: 0, stderr: "" })));
    expect(said.map(({ stdout }) => stdout)).toEqual([
      expect.stringContaining("unreachable"),
      expect.stringContaining("{+et sur les toits+}"),
      expect.stringContaining("discarded: 1 update not applied"),
      expect.stringContaining("5 unchanged"),
      expect.stringContaining("departement-drome"),
    ]);
    expect(sameInEveryRun(said[3]?.stdout ?? "")).toBe(sameInEveryRun(/```\n(departement-drome [^`]+)```/.exec(readme)?.[1] ?? ""));
  });

  it("refuses to empty a catalogue that another process works on", async () => {
    const unlock = await lockHome(home);
    onTestFinished(unlock);
    const { code, stderr } = await moisson(["demo"], { MOISSON_HOME: home });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("is in use by process") });
    expect(demoHome(home)).toBe(home);
  });
});

it("does not touch a catalogue that the demo did not create", async () => {
  const home = await temporaryFolder();
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  await writeFile(join(home, "notes.txt"), "");
  expect(demoHome(home)).toBe(home);
  await mkdir(join(home, "catalogue"));
  expect(demoHome(home)).toMatch(/moisson-demo-/);
  expect(demoHome(home)).not.toBe(home);
});
