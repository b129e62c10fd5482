import { describe, expect, it } from "vitest";
import { compareFigures, type Figure, figureOf, type QuickFigures } from "./quick-figures.ts";

const figures = (wall: Figure, cpu: Figure | null = null): QuickFigures => ({
  machine: "m",
  records: 20_000,
  figures: { "tidy, first": { wall, cpu } },
});
const isSlower = (stored: Figure, now: Figure) => compareFigures(figures(stored), figures(now)).map((one) => one.isSlower);

describe("figureOf", () => {
  it("returns the median and half of the relative range", () => {
    expect(figureOf([4, 1, 2])).toEqual({ median: 2, noise: 0.75 });
    expect(figureOf([2, 4])).toEqual({ median: 3, noise: 1 / 3 });
  });
});

describe("compareFigures", () => {
  it("accepts 5 % and the noise, and no more", () => {
    expect(isSlower({ median: 1, noise: 0 }, { median: 0.951, noise: 0 })).toEqual([false]);
    expect(isSlower({ median: 1, noise: 0 }, { median: 0.949, noise: 0 })).toEqual([true]);
    expect(isSlower({ median: 1, noise: 0.1 }, { median: 0.86, noise: 0.02 })).toEqual([false]);
    expect(isSlower({ median: 1, noise: 0.02 }, { median: 0.86, noise: 0.1 })).toEqual([false]);
    expect(isSlower({ median: 1, noise: 0.02 }, { median: 0.86, noise: 0.05 })).toEqual([true]);
    expect(isSlower({ median: 1, noise: 0 }, { median: 2, noise: 0 })).toEqual([false]);
  });

  it("compares CPU time where both have it", () => {
    const quiet = { median: 1, noise: 0 };
    expect(
      compareFigures(figures(quiet, quiet), figures(quiet, { median: 0.9, noise: 0 })).map(({ by, isSlower }) => [by, isSlower]),
    ).toEqual([
      ["wall", false],
      ["cpu", true],
    ]);
    expect(compareFigures(figures(quiet, quiet), figures(quiet)).map(({ by }) => by)).toEqual(["wall"]);
  });

  it("refuses figures that lack a run", () => {
    const stored = { machine: "m", records: 20_000, figures: {} };
    expect(() => compareFigures(stored, figures({ median: 1, noise: 0 }))).toThrow("tidy, first");
  });
});
