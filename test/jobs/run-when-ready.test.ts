import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { type IdleWorker, runWhenReady } from "../../src/jobs/queue/bullmq-queue.ts";
import { until } from "../support/until.ts";

const pauseMs = 50;

/** Returns workers, of which the first ones fail to connect, and their states. */
function workers(breaking: number) {
  const seen: string[] = [];
  let opened = 0;
  const open = (): IdleWorker => {
    const number = ++opened;
    const tell = async (what: string) => void seen.push(`${what} ${number}`);
    const waitUntilReady = async () => {
      if (number <= breaking) throw new Error("the connection broke");
    };
    return { waitUntilReady, run: () => tell("run"), pause: () => tell("pause"), resume: () => tell("resume"), close: () => tell("close") };
  };
  return { seen, open };
}

it("closes a worker that cannot start, reports it, and starts another", async () => {
  const { seen, open } = workers(1);
  const troubles: string[] = [];
  const worker = runWhenReady(open, (error) => troubles.push(error.message), pauseMs);
  await until("one runs", () => seen.includes("run 2"));
  await worker.close();
  expect(seen).toEqual(["close 1", "run 2", "close 2"]);
  expect(troubles).toEqual(["the connection broke"]);
});

it("starts no other worker after closing", async () => {
  const { seen, open } = workers(9);
  const worker = runWhenReady(open, () => undefined, pauseMs);
  await until("the first is given up", () => seen.includes("close 1"));
  await worker.close();
  await delay(5 * pauseMs);
  expect(new Set(seen)).toEqual(new Set(["close 1"]));
});

it("stays paused while it cannot start, and runs on resume", async () => {
  const { seen, open } = workers(1);
  const worker = runWhenReady(open, () => undefined, pauseMs);
  await worker.pause();
  await until("the second is ready", () => seen.includes("run 2"));
  await worker.resume();
  await worker.close();
  expect(seen).toEqual(["close 1", "pause 2", "run 2", "resume 2", "close 2"]);
});
