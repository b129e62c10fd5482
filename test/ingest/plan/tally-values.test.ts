import { describe, expect, it } from "vitest";
import { ValueTally } from "../../../src/ingest/plan/tally-values.ts";
import { checkValues } from "../../../src/ingest/plan/value-guards.ts";
import type { AidContent } from "../../../src/model/aid/aid.ts";

/** Returns the codes and fields of the findings on these aids. */
function foundIn(contents: readonly Partial<AidContent>[]): string[] {
  const tally = new ValueTally();
  for (const [place, content] of contents.entries()) tally.add(`a${place}`, content);
  return checkValues(tally.figures("2026-11-25")).map(({ code, field }) => `${code} ${field ?? ""}`.trim());
}

const aids = (count: number, content: (place: number) => Partial<AidContent>) =>
  Array.from({ length: count }, (_, place) => content(place));
const two = (number: number) => String(number).padStart(2, "0");

describe("values that can hardly be right in a file as a whole", () => {
  it("finds days and months that changed places, and accepts the right order", () => {
    const early = (place: number) => ({ startDate: `2027-${two((place % 28) + 1).slice(0, 2)}-${two((place % 11) + 2)}` });
    expect(foundIn(aids(30, early))).toEqual(["dates-month-first startDate"]);
    expect(foundIn(aids(30, (place) => ({ startDate: `2027-03-${two((place % 28) + 1)}` })))).toEqual([]);
  });

  it("finds a text that most aids have, dates that are all conventional, and deadlines that are all past", () => {
    expect(foundIn(aids(10, () => ({ description: "<p>Le même texte</p>" })))).toEqual(["content-repeated description"]);
    expect(foundIn(aids(10, (place) => ({ description: `<p>Texte ${place}</p>`, contact: "<p>Accueil</p>" })))).toEqual([]);
    expect(foundIn(aids(24, (place) => ({ startDate: `2027-${two((place % 12) + 1)}-01` })))).toEqual(["dates-conventional startDate"]);
    expect(foundIn(aids(12, (place) => ({ submissionDeadline: `2025-03-${two(place + 10)}` })))).toEqual(["deadlines-expired"]);
  });
});
