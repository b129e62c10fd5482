import { describe, expect, test } from "vitest";
import { type AidContent, aidFields } from "../../src/model/aid/aid.ts";
import { askedOfPublisher, missingForDescription, missingForPublication } from "../../src/model/aid/publishable.ts";
import { madeContent } from "../support/made-aids.ts";

const rate = "subventionRateLowerBound";
const none = { description: null, originUrl: null, aidTypes: [], targetedAudiences: [] };
const levelOne = ["description", "originUrl", "aidTypes", "targetedAudiences"];
const described = madeContent({
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

describe("what an aid lacks", () => {
  test.each<[string, Partial<AidContent>, string[], string[]]>([
    ["nothing", {}, [], []],
    ["a title of 180 characters, emoji counted once", { name: "😀".repeat(180) }, [], []],
    ["a title of 181 characters", { name: "x".repeat(181) }, ["name"], ["name"]],
    ["no description, no link, no type, no audience", none, levelOne, levelOne],
    ["a grant without destination", { aidTypes: ["grant"] }, [], ["destinations"]],
    ["a grant with one", { aidTypes: ["grant"], destinations: ["supply"] }, [], []],
    ["neither steps nor categories", { mobilizationSteps: [], categories: [] }, [], ["mobilizationSteps", "categories"]],
    ["no contact", { contact: null }, [], ["contact"]],
    ["a one-off aid without deadline", { recurrence: "oneoff" }, [], ["submissionDeadline"]],
    ["a recurring aid with one", { recurrence: "recurring", submissionDeadline: "2026-12-31" }, [], []],
    ["a start after the deadline", { startDate: "2027-01-01", submissionDeadline: "2026-12-31" }, ["startDate"], ["startDate"]],
    ["a start on the deadline", { startDate: "2026-12-31", submissionDeadline: "2026-12-31" }, [], []],
    ["no financer", { financers: [] }, [], ["financers"]],
    ["a financer that cannot be named", { financers: [], financerSuggestion: "La région" }, [], []],
    ["no territory", { perimeters: [] }, ["perimeters"], ["perimeters"]],
    ["a territory that cannot be named", { perimeters: [], perimeterSuggestion: "Le massif" }, [], []],
    ["rates the wrong way round", { subventionRateLowerBound: 30, subventionRateUpperBound: 20 }, [rate], [rate]],
    ["one rate", { subventionRateUpperBound: 0 }, [], []],
  ])("%s", (_, given, forPublication, forDescription) => {
    const content = { ...described, ...given };
    expect([missingForPublication(content), missingForDescription(content)]).toEqual([forPublication, forDescription]);
  });

  test("an aid with only a name lacks ten fields, of which publication needs five, in canonical order", () => {
    const missing = missingForDescription(madeContent());
    expect([missing.length, missingForPublication(madeContent()).length]).toEqual([10, 5]);
    expect(missing).toEqual(aidFields.filter((field) => missing.includes(field)));
  });

  test("the operator may ask for more before publication, but only for what a full description asks", () => {
    const content = { ...described, contact: null, destinations: [] };
    expect(missingForPublication(content, ["contact", "destinations"])).toEqual(["contact"]);
  });

  test("a publisher is not told that our own words are missing", () => {
    const missing = missingForDescription({ ...described, contact: null, mobilizationSteps: [], categories: [] });
    expect(askedOfPublisher(missing)).toEqual(["contact"]);
  });
});
