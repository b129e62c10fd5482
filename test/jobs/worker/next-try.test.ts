import { expect, it } from "vitest";
import { nextTry } from "../../../src/jobs/worker/next-try.ts";
import {
  FeedRefused,
  FeedUnreachable,
  FeedUnreadable,
  RunCancelled,
  RunDisplaced,
  RunFailed,
  RunHandedBack,
  WalkStoppedEarly,
} from "../../../src/model/run/run-error.ts";

const leastPause = () => 0;
const longestPause = () => 1;
const busy = (seconds: number | null) => Object.assign(new FeedUnreachable("server-busy"), { retryAfterSeconds: seconds });

it("retries only errors that may be temporary", () => {
  for (const error of [new FeedUnreachable("timed-out"), new WalkStoppedEarly("walk-incomplete"), new RunFailed("internal")])
    expect(nextTry(error, 1, 100)).toMatchObject({ because: "failed" });
  for (const error of [
    new FeedRefused("http-refused"),
    new FeedUnreadable("html-page"),
    new RunCancelled("cancelled"),
    new RunDisplaced("token-taken-over"),
  ])
    expect(nextTry(error, 1, 100)).toBeNull();
});

it("doubles the delay each time, half of it random, and gives up after the third", () => {
  const bounds = [1, 2].map((tried) => [
    nextTry(busy(null), tried, 100, leastPause)?.afterSeconds,
    nextTry(busy(null), tried, 100, longestPause)?.afterSeconds,
  ]);
  expect(bounds).toEqual([
    [50, 150],
    [100, 300],
  ]);
  expect(nextTry(busy(null), 3, 100)).toBeNull();
});

it("randomises delays, so that runs that failed together do not return together", () => {
  const pauses = new Set(Array.from({ length: 50 }, () => nextTry(busy(null), 1, 100)?.afterSeconds));
  expect(pauses.size).toBe(50);
});

it("never retries earlier than the server asked, and not this night if it asks for hours", () => {
  expect(nextTry(busy(900), 1, 100, longestPause)?.afterSeconds).toBe(900);
  expect(nextTry(busy(10), 1, 100, leastPause)?.afterSeconds).toBe(50);
  expect(nextTry(busy(3 * 3600 + 1), 1, 100)).toBeNull();
});

it("requeues at once what a worker hands back, any number of times, without counting it", () => {
  for (const tried of [1, 3, 5])
    expect(nextTry(new RunHandedBack("handed-back"), tried, 100)).toEqual({ because: "handed-back", afterSeconds: 0 });
});

it("waits for the machine, whatever was tried, and tells a full disk from a wrong statement", () => {
  const failed = (reason: string) => nextTry(new RunFailed("storage-failed", { reason }), 5, 120);
  for (const reason of ["53100", "ENOSPC", "53300", "57P03", "connection-lost", "42P01", "staged-aids-lost"])
    expect(failed(reason)).toEqual({ because: "machine", afterSeconds: 15 });
  for (const reason of ["23505", "42601", "snapshot-damaged", "unknown"]) expect(failed(reason)).toBeNull();
});

it("tells a run whose process was killed or silent from one that ended its process itself", () => {
  for (const error of [new RunFailed("process-ended", { signal: "SIGKILL" }), new RunFailed("process-silent", { seconds: 30 })])
    expect(nextTry(error, 5, 120)).toEqual({ because: "lost", afterSeconds: 15 });
  for (const error of [new RunFailed("process-ended", { exitCode: 1 }), new RunFailed("out-of-memory")])
    expect(nextTry(error, 1, 120)).toMatchObject({ because: "failed" });
});
