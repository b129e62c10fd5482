import { expect, it } from "vitest";
import { patternOf } from "../../../src/jobs/schedule/pattern.ts";

it("spreads connectors over the minutes of the night", () => {
  const minutes = new Map<number, number>();
  for (let number = 0; number < 500; number++) {
    const [minute, hour] =
      patternOf({ id: `departement-${number}`, state: "active" })
        ?.split(" ")
        .map(Number) ?? [];
    const ofNight = (hour ?? 0) * 60 + (minute ?? 0);
    minutes.set(ofNight, (minutes.get(ofNight) ?? 0) + 1);
  }
  expect(Math.min(...minutes.keys())).toBeGreaterThanOrEqual(2 * 60);
  expect(Math.max(...minutes.keys())).toBeLessThan(5 * 60);
  // 2.8 on average.
  expect(Math.max(...minutes.values())).toBeLessThanOrEqual(12);
  expect(minutes.size).toBeGreaterThan(150);
});

it("gives a connector the same minute every night, or its own schedule", () => {
  expect(patternOf({ id: "departement-drome", state: "active" })).toBe(patternOf({ id: "departement-drome", state: "active" }));
  expect(patternOf({ id: "departement-drome", state: "active", schedule: "0 4 * * 1" })).toBe("0 4 * * 1");
});

it("gives none to inactive connectors", () => {
  for (const state of ["draft", "paused", "retired"] as const)
    expect(patternOf({ id: "departement-drome", state, schedule: "0 4 * * 1" })).toBeNull();
});
