import { describe, expect, it } from "vitest";
import { ShiftTally } from "../../../src/ingest/plan/shifts.ts";
import type { AidContent } from "../../../src/model/aid/aid.ts";
import type { ShiftKind } from "../../../src/model/plan/guard.ts";
import { exampleAid } from "../../support/example-aid.ts";

const exampleContent = exampleAid();

const french = "Cette aide finance les travaux de rénovation des bâtiments publics de la commune et de ses groupements. ";
const english = "This grant supports renovation works on public buildings owned by municipalities and their associations across Europe. ";
const stored: Partial<AidContent> = {
  name: "Rénovation des bâtiments",
  description: `<p>${french.repeat(3)}</p>`,
  eligibility: "<p>Communes de moins de 3 500 habitants, sous conditions.</p>",
  submissionDeadline: "2026-03-12",
};

/** Returns the kinds, with their fields, of the change from `stored`. */
function shiftsOf(incoming: Partial<AidContent>, before: Partial<AidContent> = stored): Record<string, readonly string[]> {
  const tally = new ShiftTally();
  tally.add("a", { ...exampleContent, ...before }, { ...exampleContent, ...before, ...incoming });
  return Object.fromEntries(Object.entries(tally.shifts).map(([kind, { fields }]) => [kind, fields]));
}

describe("a shift", () => {
  it.each<[ShiftKind, Partial<AidContent>, readonly string[]]>([
    ["titles-changed", { name: "Agriculture biologique" }, ["name"]],
    ["texts-shrunk", { description: "<p>Voir le site de la région.</p>" }, ["description"]],
    ["texts-shrunk", { description: `<p>${french.repeat(2).slice(0, 150)}…</p>` }, ["description"]],
    ["values-moved", { eligibility: "<p>Rénovation des bâtiments</p>" }, ["eligibility"]],
    [
      "markup-appeared",
      { eligibility: "<p>&lt;p&gt;Communes de moins de 3 500 habitants, sous conditions.&lt;/p&gt;</p>" },
      ["eligibility"],
    ],
    ["markup-appeared", { name: "<p>Rénovation des bâtiments</p>" }, ["name"]],
    ["characters-broken", { name: "RÃ©novation des bÃ¢timents" }, ["name"]],
    ["characters-broken", { name: "R\uFFFDnovation des b\uFFFDtiments" }, ["name"]],
    ["language-changed", { description: `<p>${english.repeat(3)}</p>` }, ["description"]],
    ["dates-swapped", { submissionDeadline: "2026-12-03" }, ["submissionDeadline"]],
  ])("%s", (kind, incoming, fields) => {
    expect(shiftsOf(incoming)).toEqual({ [kind]: fields });
  });

  it("title and text swapped", () => {
    const swapped = shiftsOf(
      { name: french.trim(), description: "<p>Rénovation des bâtiments</p>" },
      { ...stored, description: `<p>${french}</p>` },
    );
    expect(swapped["values-moved"]).toEqual(["name", "description"]);
  });
});

describe("an ordinary change is no shift", () => {
  it.each<[string, Partial<AidContent>]>([
    ["a title of the next year", { name: "Rénovation des bâtiments publics 2027" }],
    ["a text rewritten at the same length", { description: `<p>${french.replace("finance", "soutient").repeat(3)}</p>` }],
    ["a text that gets longer", { description: `<p>${french.repeat(5)}</p>` }],
    ["a short text that gets shorter", { eligibility: "<p>Communes</p>" }],
    ["a text that disappears, which changes no stored aid", { description: null }],
    ["a comparison", { eligibility: "<p>Communes de moins de 3 500 habitants (&lt; 3 500), sous conditions.</p>" }],
    ["another day", { submissionDeadline: "2026-03-31" }],
    ["a symmetric date", { submissionDeadline: "2026-03-03" }],
  ])("%s", (_, incoming) => {
    expect(shiftsOf(incoming)).toEqual({});
  });
});
