import { describe, expect, it } from "vitest";
import { parisMidnight } from "../../src/kit/values/dates/paris-midnight.ts";

describe("parisMidnight", () => {
  it.each([
    ["2023-06-02", "2023-06-01T22:00:00.000Z"],
    ["2023-01-01", "2022-12-31T23:00:00.000Z"],
    ["2024-03-31", "2024-03-30T23:00:00.000Z"],
    ["2024-04-01", "2024-03-31T22:00:00.000Z"],
    ["2024-10-27", "2024-10-26T22:00:00.000Z"],
    ["2024-10-28", "2024-10-27T23:00:00.000Z"],
    ["2099-12-31", "2099-12-30T23:00:00.000Z"],
  ])("%s begins at %s", (date, instant) => expect(parisMidnight(date)).toBe(instant));

  it.each(["2023-02-29", "2023-02-31", "2023-04-31", "2023-13-01", "", "demain"])("%j does not roll over to another day", (date) => {
    expect(parisMidnight(date)).toBeUndefined();
  });
});
