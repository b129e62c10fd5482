import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GuardFacts, GuardLimits, PastRun } from "../../../src/ingest/plan/guard-facts.ts";
import { checkGuards } from "../../../src/ingest/plan/guards.ts";
import { aidFields } from "../../../src/model/aid/aid.ts";
import { madeCount, madeFacts } from "../../support/made-facts.ts";
import { propertyRuns } from "../../support/property-runs.ts";

/** Normal changes of a healthy feed: 3 % of the aids, or fewer than 5 that are at most half. */
const fewOf = (aids: number) => fc.nat(Math.max(Math.floor(0.03 * aids), Math.min(4, Math.floor(aids / 2))));

/** Rates within 5 points of each other, with four digits as in reports. */
const ratesAround = (middle: number) =>
  fc.double({ min: -0.025, max: 0.025, noNaN: true }).map((off) => Math.round(Math.min(1, Math.max(0, middle + off)) * 10_000) / 10_000);
const fillRatesAround = (middles: readonly number[]) =>
  fc.tuple(...middles.map(ratesAround)).map((rates) => Object.fromEntries(aidFields.map((field, i) => [field, rates[i] ?? 0])));

const pastRun = (aids: number, middles: readonly number[]): fc.Arbitrary<PastRun> =>
  fc.record({ created: fewOf(aids), rejected: fewOf(aids), unmapped: fc.nat(aids), fillRates: fillRatesAround(middles) }).map((run) => ({
    ...run,
    day: "2026-11-18",
    received: aids + run.rejected,
    valid: aids,
  }));

const evolution = (inLastFeed: number, middles: readonly number[]): fc.Arbitrary<GuardFacts> =>
  fc.tuple(fewOf(inLastFeed), fewOf(inLastFeed)).chain(([gone, created]) => {
    const valid = inLastFeed - gone + created;
    return fc
      .record({
        past: fc.array(pastRun(inLastFeed, middles), { minLength: 1, maxLength: 10 }),
        fillRates: fillRatesAround(middles),
        rejected: fewOf(valid),
        withDeadline: fc.nat(valid),
        closed: fewOf(valid),
        isDormant: fc.boolean(),
        moved: fewOf(inLastFeed - gone),
        renamed: fc.nat(created),
      })
      .map(({ past, fillRates, rejected, withDeadline, closed, isDormant, moved, renamed }) =>
        madeFacts({
          received: valid + rejected,
          rejected,
          valid,
          inLastFeed,
          gone: madeCount(gone),
          newIds: { ...madeCount(created), renamed },
          fillRates,
          // In a dormant feed all deadlines expired by themselves; in others at least one is in the future.
          deadlines: isDormant
            ? { withDeadline, past: madeCount(withDeadline), closed: 0 }
            : { withDeadline, past: madeCount(Math.max(0, withDeadline - 1)), closed },
          links: { compared: inLastFeed - gone, moved: madeCount(moved) },
          past,
        }),
      );
  });

describe("guards and healthy feeds", () => {
  it("no guard holds if a few aids appear, disappear, move or are rejected, and fields are filled as before", () => {
    const feeds = fc
      .tuple(
        fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 41, max: 3000 })),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: aidFields.length, maxLength: aidFields.length }),
      )
      .chain(([inLastFeed, middles]) => evolution(inLastFeed, middles));
    fc.assert(
      fc.property(feeds, (facts) => {
        expect(checkGuards(facts).holds).toEqual([]);
      }),
      { numRuns: propertyRuns(300) },
    );
  });
});

describe("guards on a share, for feeds of any size", () => {
  it("require the share, and 5 aids or more than half of 3 or more", () => {
    const guards: Record<string, [keyof GuardLimits, (found: number, of: number) => Partial<GuardFacts>]> = {
      "aids-gone": ["gone", (found, of) => ({ inLastFeed: of, gone: madeCount(found) })],
      "new-ids": ["newIds", (found, of) => ({ valid: of, newIds: { ...madeCount(found), renamed: 0 } })],
      "records-rejected": ["rejected", (found, of) => ({ received: of, rejected: found })],
      "links-moved": ["linksMoved", (found, of) => ({ links: { compared: of, moved: madeCount(found) } })],
    };
    const counted = fc.integer({ min: 1, max: 300 }).chain((of) => fc.tuple(fc.nat(of), fc.constant(of)));
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(guards)), counted, fc.integer({ min: 0, max: 99 }), (code, [found, of], percent) => {
        const [limit, given] = guards[code] ?? ["gone", () => ({})];
        const { holds } = checkGuards(madeFacts({ ...given(found, of), limits: { [limit]: percent / 100 } }));
        const trips = 100 * found >= percent * of && (found >= 5 || (of >= 3 && 2 * found > of));
        expect(holds.some((finding) => finding.code === code)).toBe(trips);
      }),
      { numRuns: propertyRuns(2000) },
    );
  });
});
