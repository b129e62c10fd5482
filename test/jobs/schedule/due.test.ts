import { CronExpressionParser } from "cron-parser";
import fc from "fast-check";
import { expect, it } from "vitest";
import { lastTime, nextTime, timesBetween } from "../../../src/jobs/schedule/due.ts";

/** Returns every time at which a worker that checks each minute (or every `stepMs`) finds a newly due run. */
function seenDue(pattern: string, from: string, to: string, stepMs = 60_000): string[] {
  let last = lastTime(pattern, new Date(from));
  const seen: string[] = [];
  for (let at = Date.parse(from) + stepMs; at <= Date.parse(to); at += stepMs) {
    const due = lastTime(pattern, new Date(at));
    if (due !== null && (last === null || due > last)) seen.push(due.toISOString().slice(0, 16));
    last = due ?? last;
  }
  return seen;
}

// In Paris, 02:00 becomes 03:00 on 29 March 2026 at 01:00 UTC, and 03:00 becomes 02:00 on 25 October 2026 at 01:00 UTC.
const marchNight = ["2026-03-28T22:00:00Z", "2026-03-29T04:00:00Z"] as const;
const octoberNight = ["2026-10-24T21:00:00Z", "2026-10-25T05:00:00Z"] as const;

it.each(["15 2 * * *", "30 2 * * *", "59 2 * * *", "10 3 * * *"])("%s is due once in the night without 02:00 to 03:00", (pattern) => {
  const seen = seenDue(pattern, ...marchNight);
  expect(seen).toHaveLength(1);
  // Not before 01:00 UTC, when the skipped hour starts, and within the next hour.
  expect(seen[0]?.slice(0, 13)).toBe("2026-03-29T01");
});

it.each(["15 2 * * *", "30 2 * * *", "59 2 * * *", "10 3 * * *"])("%s is due once in the night with 02:00 to 03:00 twice", (pattern) => {
  expect(seenDue(pattern, ...octoberNight)).toHaveLength(1);
});

it.each(["15 2 * * *", "30 2 * * *", "59 2 * * *", "10 3 * * *"])("%s is due once in every other night of the year", (pattern) => {
  for (const day of ["2026-03-28", "2026-03-30", "2026-10-24", "2026-10-26", "2026-07-14", "2026-12-31"])
    expect(seenDue(pattern, `${day}T00:00:00Z`, `${day}T06:00:00Z`)).toHaveLength(1);
});

it("every quarter of an hour is due four times in each existing hour, and never twice at one moment", () => {
  for (const [from, to] of [marchNight, octoberNight]) {
    const seen = seenDue("*/15 * * * *", from, to, 5 * 60_000);
    expect(new Set(seen).size).toBe(seen.length);
    const hours = (Date.parse(to) - Date.parse(from)) / 3_600_000;
    expect(seen).toHaveLength(4 * hours);
  }
});

it("is the same whether computed from before or after", () => {
  for (const pattern of ["15 2 * * *", "30 2 * * *", "0 4 * * 1-5"]) {
    for (let at = Date.parse("2026-10-24T12:00:00Z"); at < Date.parse("2026-10-26T12:00:00Z"); at += 53 * 60_000) {
      const next = nextTime(pattern, new Date(at));
      expect(next).not.toBeNull();
      if (next !== null) expect(lastTime(pattern, next)).toEqual(next);
    }
  }
});

it("is not due after more than a day, and never on a day that does not exist", () => {
  expect(lastTime("0 4 * * 1", new Date("2026-11-25T12:00:00Z"))).toBeNull();
  expect(nextTime("0 4 * * 1", new Date("2026-11-25T12:00:00Z"))).toEqual(new Date("2026-11-30T03:00:00Z"));
  expect(lastTime("0 4 30 2 *", new Date("2026-11-25T12:00:00Z"))).toBeNull();
  expect(nextTime("0 4 30 2 *", new Date("2026-11-25T12:00:00Z"))).toBeNull();
});

it("times of a pattern with one minute are those that cron-parser computes, also around both changes of the clock", () => {
  const field = (from: number, to: number) => fc.oneof(fc.integer({ min: from, max: to }).map(String), fc.constantFrom("*", "*/2"));
  const hours = fc.oneof(field(0, 23), fc.constantFrom("1-4", "2,3", "0,12"));
  const nights = fc.constantFrom("2026-03-27T09:00:00Z", "2026-10-23T09:00:00Z", "2026-12-29T22:30:00Z");
  const rare = fc.constantFrom("28", "29", "30", "31");
  const days = fc.tuple(
    fc.oneof(fc.constant("*"), rare),
    fc.oneof(fc.constant("*"), fc.constantFrom("1", "3", "10", "12")),
    fc.oneof(fc.constant("*"), field(0, 6)),
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 59 }), hours, days, nights, (minute, hour, day, from) => {
      const pattern = `${minute} ${hour} ${day.join(" ")}`;
      const [since, until] = [new Date(from), new Date(Date.parse(from) + 4 * 86_400_000)];
      // From noon, as due.ts does: within the hour that occurs twice, cron-parser would begin with the second one.
      const start = new Date(since.getTime() - 86_400_000);
      const asComputed = CronExpressionParser.parse(pattern, { currentDate: start, tz: "Europe/Paris" });
      const times: Date[] = [];
      for (let time = asComputed.next().toDate(); time <= until; time = asComputed.next().toDate()) if (time > since) times.push(time);
      expect(timesBetween(pattern, since, until)).toEqual(times);
    }),
  );
});
