import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AidField } from "../../src/model/aid/aid.ts";
import { type FunnelGroup, funnelOf, funnelSteps, sumOfFunnels } from "../../src/model/aid/funnel.ts";

const waiting = (aids: number, ...missing: AidField[]): FunnelGroup => ({
  connector: "a",
  isPublished: false,
  isOpen: false,
  missing,
  aids,
});
const live = (aids: number, isOpen: boolean): FunnelGroup => ({ connector: "a", isPublished: true, isOpen, missing: [], aids });
const of = (...groups: FunnelGroup[]) => funnelOf("a", groups, { last: { received: 300, valid: 290 }, canConfirm: true });

describe("the funnel of a connector", () => {
  test("counts each step and names what blocks", () => {
    const { counts, blocking } = of(
      live(10, true),
      live(118, false),
      waiting(40),
      waiting(252, "mobilizationSteps"),
      waiting(5, "contact", "mobilizationSteps"),
    );
    expect(counts).toEqual({ received: 300, valid: 290, held: 425, publishable: 425, fullyDescribed: 168, published: 128, open: 10 });
    expect(blocking).toEqual([
      { field: "mobilizationSteps", aids: 257, alone: 252 },
      { field: "contact", aids: 5, alone: 0 },
    ]);
  });

  test("puts the act that frees most aids first", () => {
    const { acts } = of(live(118, false), waiting(40), waiting(252, "mobilizationSteps"));
    expect(acts).toEqual([
      { kind: "publish", connector: "a", frees: 292 },
      { kind: "answer", connector: "a", fields: ["mobilizationSteps"], lack: 252, frees: 0, describes: 252 },
      { kind: "confirm-basis", connector: "a", frees: 118 },
    ]);
    expect(funnelOf("a", [live(3, false)], { last: null, canConfirm: false }).acts).toEqual([
      { kind: "ask-licence", connector: "a", frees: 3 },
    ]);
  });

  test("names several questions together if one alone frees nothing", () => {
    const groups = [waiting(50, "mobilizationSteps", "perimeters"), waiting(3, "contact", "mobilizationSteps", "perimeters")];
    expect(of(...groups).acts).toEqual([{ kind: "answer", connector: "a", fields: ["perimeters"], lack: 53, frees: 53, describes: 0 }]);
    expect(of(waiting(50, "mobilizationSteps", "destinations")).acts).toContainEqual({
      ...{ kind: "answer", connector: "a", fields: ["destinations", "mobilizationSteps"], lack: 50, frees: 0, describes: 50 },
    });
  });

  const group = fc.record({
    connector: fc.constant("a"),
    isPublished: fc.boolean(),
    isOpen: fc.boolean(),
    missing: fc.uniqueArray(fc.constantFrom<AidField>("contact", "categories", "destinations", "mobilizationSteps")),
    aids: fc.integer({ min: 1, max: 1000 }),
  });

  test("each step contains the next; no act frees more aids than are stuck; sums add up", () => {
    fc.assert(
      fc.property(fc.array(group), fc.array(group), (one, other) => {
        const [first, second] = [of(...one), of(...other)];
        for (const { counts, acts } of [first, second]) {
          const steps = funnelSteps
            .slice(2)
            .filter((step) => step !== "fullyDescribed")
            .map((step) => counts[step]);
          expect([...steps].sort((a, b) => b - a)).toEqual(steps);
          expect(counts.fullyDescribed).toBeLessThanOrEqual(counts.publishable);
          for (const { frees } of acts) expect(frees).toBeLessThanOrEqual(counts.held - counts.open);
        }
        const sum = sumOfFunnels([first, second]);
        for (const step of funnelSteps) expect(sum.counts[step]).toBe(first.counts[step] + second.counts[step]);
        expect(sum.blocking.reduce((total, { aids }) => total + aids, 0)).toBe(
          [...first.blocking, ...second.blocking].reduce((total, { aids }) => total + aids, 0),
        );
      }),
    );
  });
});
