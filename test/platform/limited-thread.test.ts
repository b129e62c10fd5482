import { expect, it, onTestFinished } from "vitest";
import type { functions as sampleFunctions } from "../../src/console/sample-worker.ts";
import type { functions as xlsFunctions } from "../../src/ingest/decode/xls/xls-thread.ts";
import { LimitedThread, type ThreadLimits } from "../../src/platform/limited-thread.ts";

const usual: ThreadLimits = { timeoutMs: 60_000, maxMemoryMb: 512 };
/** A text is no workbook. */
const text = Buffer.from("Titre;Description");

function xlsThread(limits: ThreadLimits) {
  const thread = new LimitedThread<typeof xlsFunctions>(new URL("../../src/ingest/decode/xls/xls-thread.ts", import.meta.url), limits);
  onTestFinished(() => thread.close());
  return thread;
}

function sampleThread(limits: ThreadLimits) {
  const thread = new LimitedThread<typeof sampleFunctions>(new URL("../../src/console/sample-worker.ts", import.meta.url), limits);
  onTestFinished(() => thread.close());
  return thread;
}

it("answers requests in order, with one thread", async () => {
  const thread = xlsThread(usual);
  const answers = await Promise.all([thread.ask("convert", text), thread.ask("convert", text)]);
  expect(answers).toMatchObject([{ refused: "no-workbook" }, { refused: "no-workbook" }]);
});

it("shares the answer of equal requests, and refuses a request if too many wait, so that reloading a heavy page does not block others", async () => {
  const thread = xlsThread({ ...usual, maxQueued: 2 });
  const first = thread.ask("convert", text);
  expect(thread.ask("convert", text)).toBe(first);
  const second = thread.ask("convert", Buffer.from("other"));
  await expect(thread.ask("convert", Buffer.from("third"))).rejects.toMatchObject({ limit: "queue" });
  await Promise.all([first, second]);
  expect(await thread.ask("convert", Buffer.from("third"))).toMatchObject({ refused: "no-workbook" });
});

it("ends a thread that takes too long, for each request anew", async () => {
  const thread = xlsThread({ ...usual, timeoutMs: 1 });
  for (let time = 0; time < 2; time++) await expect(thread.ask("convert", text)).rejects.toMatchObject({ limit: "time" });
});

it("ends a thread that takes too much memory", async () => {
  // Below about 8 MB, Node 24 ends the process instead of the thread.
  await expect(xlsThread({ ...usual, maxMemoryMb: 10 }).ask("convert", text)).rejects.toMatchObject({ limit: "memory" });
});

it("throws the error of a function, and answers the next request in a new thread", async () => {
  const thread = sampleThread(usual);
  const file = { path: "/nowhere/aides.html", name: "aides.html", contentType: null, bytes: 1 };
  const nowhere = { files: [file], address: "https://example.org/" };
  await expect(thread.ask("look", nowhere)).rejects.toThrow("ENOENT");
  await expect(thread.askOnce("look", nowhere)).rejects.toThrow("ENOENT");
});
