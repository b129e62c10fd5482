import { Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { createProgressBar, type Progress, runProgress } from "../../src/cli/progress-bar.ts";
import { createTerminal } from "../../src/cli/terminal.ts";

/** A stream that records output, as a terminal of this width or not. */
function stream({ isTTY = true, columns = 120 } = {}) {
  let written = "";
  const writable = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      written += chunk;
      done();
    },
  });
  return Object.assign(writable, { isTTY, columns, written: () => written });
}

/** Shows progress and waits until it is drawn: the library is loaded first. */
async function shown(progress: Progress, columns = 120): Promise<string> {
  const stderr = stream({ columns });
  const bar = createProgressBar(stderr);
  bar.show({ ...progress, done: 0 });
  await expect.poll(() => stderr.written()).not.toBe("");
  await delay(1100); // rate and time left need a second
  bar.show(progress);
  const before = stderr.written().length;
  await expect.poll(() => stderr.written().slice(before).trim()).not.toBe("");
  await delay(250);
  const frames = stderr.written().slice(before).split("\u001b[1G");
  bar.show(null);
  return stripVTControlCharacters(frames.findLast((frame) => frame.includes(progress.title)) ?? "");
}

describe("the progress of a long task", () => {
  it("shows share, rate and time left when the total is known", async () => {
    const line = await shown({ title: "departement-drome", step: "reading", done: 1500, total: 6000, unit: "records" });
    expect(line).toMatch(/departement-drome {2}reading {2}█{6}░{18} {2}25 % {2}1500 of 6000 records {2}\d+ records\/s {2}\d+s left/);
  });

  it("shows the rate alone when the total is unknown", async () => {
    const line = await shown({ title: "departement-drome", step: "fetching", done: 3_200_000, total: null, unit: "bytes" });
    expect(line).toMatch(/departement-drome {2}fetching {2}3\.2 MB {2}\d\.\d MB\/s/);
    expect(line).not.toMatch(/%|left|█/);
  });

  it("fits a narrow terminal", async () => {
    const line = await shown({ title: "region-provence-alpes-cote-d-azur", step: "reading", done: 1, total: 9, unit: "records" }, 50);
    expect(line).toHaveLength(49);
  });

  it("keeps one line for each task when asked to, and erases it otherwise", async () => {
    const stderr = stream();
    const bar = createProgressBar(stderr);
    const kept = { done: 5, total: 5, unit: "records", isKept: true } as const;
    bar.show({ title: "region-a", step: "applied", ...kept });
    await expect.poll(() => stderr.written()).toContain("region-a");
    bar.show({ title: "region-b", step: "applied", ...kept });
    bar.show(null);
    const lines = stripVTControlCharacters(stderr.written()).split("\n");
    expect(lines).toEqual([
      expect.stringMatching(/region-a {2}applied.*100 % {2}5 records$/),
      expect.stringMatching(/region-b {2}applied/),
      "",
    ]);

    const erased = stream();
    const other = createProgressBar(erased);
    other.show({ title: "region-c", done: 1, total: 5, unit: "records" });
    await expect.poll(() => erased.written()).toContain("region-c");
    other.show(null);
    expect(erased.written()).not.toContain("\n");
    expect(erased.written().endsWith("\u001b[2K") || erased.written().includes("\u001b[2K")).toBe(true);
  });

  it("makes way for other output", async () => {
    const stderr = stream();
    const terminal = createTerminal([], { stdout: stream({ isTTY: false }), stderr });
    terminal.progress({ title: "region-a", done: 1, total: 5, unit: "records" });
    await expect.poll(() => stderr.written()).toContain("region-a");
    terminal.err("left out: region-b is a draft");
    terminal.progress(null);
    expect(stderr.written()).toContain("\r\u001b[2Kleft out: region-b is a draft\n");
  });

  it("writes nothing if stderr is not a terminal", async () => {
    const stderr = stream({ isTTY: false });
    const bar = createProgressBar(stderr);
    bar.show({ title: "region-a", done: 1, total: 5, unit: "records" });
    await delay(300);
    bar.show(null);
    expect(stderr.written()).toBe("");
  });
});

it("counts bytes while a run fetches, then records", () => {
  expect(runProgress("region-a", { stage: "fetch", done: 10, of: 20 })).toMatchObject({ step: "fetching", total: 20, unit: "bytes" });
  expect(runProgress("region-a", { stage: "read", done: 1, of: null })).toMatchObject({ step: "reading", total: null, unit: "records" });
});
