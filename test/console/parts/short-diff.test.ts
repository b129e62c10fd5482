import { describe, expect, it } from "vitest";
import { ShortDifference } from "../../../src/console/parts/short-diff.tsx";
import type { AidField } from "../../../src/model/aid/aid.ts";

const shown = (field: AidField, before: unknown, after: unknown) =>
  String(ShortDifference({ field, before, after, language: "fr" }))
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ");

describe("the difference on one line", () => {
  const sentence = (rate: string) =>
    `${"Pour toutes les communes de la région. ".repeat(8)}Le taux est de ${rate} du coût. ${"Et cela dure. ".repeat(12)}`;

  it("shows a change in the middle of a long text with the words around it, and nothing of its ends", () => {
    const text = shown("description", `<p>${sentence("30 %")}</p>`, `<p>${sentence("80 %")}</p>`);
    expect(text).toContain("Le taux est de");
    expect(text).toMatch(/30.*80.*du coût/);
    expect(text.length).toBeLessThan(120);
  });

  it("shows whole values that have little in common, and that a value becomes empty", () => {
    expect(shown("name", "Planter", null)).toContain("devient vide");
    expect(shown("submissionDeadline", "2026-12-31", "2027-03-31")).toMatch(/2026.*2027/);
  });
});
