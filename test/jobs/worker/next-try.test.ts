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
  for (const error of [new FeedUnreachable("timed-out"), new WalkStoppedEarly("walk-incomplete"), new RunFailed("storage-failed")])
    expect(nextTry(error, 1, 100)).toMatchObject({ countsAsTry: true });
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
    expect(nextTry(new RunHandedBack("handed-back"), tried, 100)).toEqual({ afterSeconds: 0, countsAsTry: false });
});
