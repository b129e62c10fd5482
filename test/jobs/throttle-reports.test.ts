import { expect, it } from "vitest";
import { throttledReports } from "../../src/jobs/queue/throttle-reports.ts";
import { until } from "../support/until.ts";

it("logs the first of a hundred complaints a second at once, then their number", async () => {
  const messages: [message: string, more: number][] = [];
  const report = throttledReports((error, more) => messages.push([error.message, more]), 300);
  for (let times = 0; times < 130; times++) report(new Error("the database system is starting up"));
  report(new Error("connect ECONNREFUSED"));
  expect(messages).toEqual([
    ["the database system is starting up", 0],
    ["connect ECONNREFUSED", 0],
  ]);
  await until("the rest is logged", () => messages.length === 3);
  expect(messages[2]).toEqual(["the database system is starting up", 129]);
});

it("logs trouble at once after a quiet period", async () => {
  const messages: number[] = [];
  const report = throttledReports((_, more) => messages.push(more), 10);
  await until("it was reported twice", () => {
    report(new Error("gone"));
    return messages.length === 2;
  });
  expect(messages).toEqual([0, 0]);
});
