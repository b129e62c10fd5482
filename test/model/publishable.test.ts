import { describe, expect, test } from "vitest";
import { type AidContent, aidFields } from "../../src/model/aid/aid.ts";
import { missingForPublication } from "../../src/model/aid/publishable.ts";
import { madeContent } from "../support/made-aids.ts";

const publishable = madeContent({
  description: "<p>x</p>",
  contact: "<p>x</p>",
  originUrl: "https://example.org",
  recurrence: "ongoing",
  targetedAudiences: ["commune"],
  aidTypes: ["technical-engineering"],
  mobilizationSteps: ["preop"],
  categories: ["eau-potable"] as unknown as AidContent["categories"],
  financers: [{ name: "Région", siren: null }],
  perimeters: [{ scale: "country", code: "FRA", name: "France" }],
});

describe("missing fields of an aid that is to be published", () => {
  test.each<[string, Partial<AidContent>, string[]]>([
    ["nothing", {}, []],
    ["a title of 180 characters, emoji counted once", { name: "😀".repeat(180) }, []],
    ["a title of 181 characters", { name: "x".repeat(181) }, ["name"]],
    ["a grant without destination", { aidTypes: ["grant"] }, ["destinations"]],
    ["a grant with one", { aidTypes: ["grant"], destinations: ["supply"] }, []],
    ["a one-off aid without deadline", { recurrence: "oneoff" }, ["submissionDeadline"]],
    ["a recurring aid with one", { recurrence: "recurring", submissionDeadline: "2026-12-31" }, []],
    ["no financer", { financers: [] }, ["financers"]],
    ["a financer that cannot be named", { financers: [], financerSuggestion: "La région" }, []],
    ["no territory", { perimeters: [] }, ["perimeters"]],
    ["a territory that cannot be named", { perimeters: [], perimeterSuggestion: "Le massif" }, []],
    ["rates the wrong way round", { subventionRateLowerBound: 30, subventionRateUpperBound: 20 }, ["subventionRateLowerBound"]],
    ["one rate", { subventionRateUpperBound: 0 }, []],
  ])("%s", (_, given, missing) => {
    expect(missingForPublication({ ...publishable, ...given })).toEqual(missing);
  });

  test("an aid with only a name lacks the ten required fields, in canonical order", () => {
    const missing = missingForPublication(madeContent());
    expect(missing).toHaveLength(10);
    expect(missing).toEqual(aidFields.filter((field) => missing.includes(field)));
  });
});
