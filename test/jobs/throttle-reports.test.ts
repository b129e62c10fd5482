import { expect, it } from "vitest";
import { throttledReports } from "../../src/jobs/queue/throttle-reports.ts";
import { until } from "../support/until.ts";

it("logs the first of a hundred complaints a second at once, then their number", async () => {
  const said: [message: string, more: number][] = [];
  const hear = throttledReports((error, more) => said.push([error.message, more]), 300);
  for (let times = 0; times < 130; times++) hear(new Error("the database system is starting up"));
  hear(new Error("connect ECONNREFUSED"));
  expect(said).toEqual([
    ["the database system is starting up", 0],
    ["connect ECONNREFUSED", 0],
  ]);
  await until("the rest is told", () => said.length === 3);
  expect(said[2]).toEqual(["the database system is starting up", 129]);
});

it("logs trouble at once after a quiet period", async () => {
  const said: number[] = [];
  const hear = throttledReports((_, more) => said.push(more), 10);
  await until("it was heard twice", () => {
    hear(new Error("gone"));
    return said.length === 2;
  });
  expect(said).toEqual([0, 0]);
});
