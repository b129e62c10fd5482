import { describe, expect, it } from "vitest";
import { filledBits, validateDraft } from "../../../src/ingest/validate/validate-draft.ts";
import type { AidField } from "../../../src/model/aid/aid.ts";
import { madeContent } from "../../support/made-aids.ts";

function check(changes: Partial<Record<AidField, unknown>>, externalId: string | null = "1") {
  const scope = { territory: { scale: "country", code: "FRA" }, hasTerritories: false } as const;
  const checked = validateDraft({ externalId, content: { ...madeContent(), ...changes } }, "row 7", scope);
  return { ...checked, codes: checked.issues.map(({ code, field, locator }) => `${code} ${field} ${locator}`) };
}

describe("required fields: an identifier and a title", () => {
  it("a record without either is rejected, with both reasons", () => {
    expect(check({ name: null }, null)).toMatchObject({
      valid: false,
      codes: ["missing-external-id externalId row 7", "missing-name name row 7"],
    });
  });
  it("a title over 255 characters is rejected (2024-04-02: a SQL error lost the run); characters count, not bytes or UTF-16 units", () => {
    expect(check({ name: "é".repeat(256) })).toMatchObject({ valid: false, codes: ["name-too-long name row 7"] });
    expect(check({ name: "🎭".repeat(255) })).toMatchObject({ valid: true, codes: ["name-too-long-to-publish name row 7"] });
    expect(check({ name: "🎭".repeat(180) })).toMatchObject({ valid: true, codes: [] });
    expect(check({ name: "é".repeat(181) })).toMatchObject({ valid: true, codes: ["name-too-long-to-publish name row 7"] });
  });
  it("an identifier over 255 characters counts as missing", () => {
    expect(check({}, "x".repeat(256))).toMatchObject({ valid: false, codes: ["external-id-too-long externalId row 7"] });
  });
});

describe("lengths: a value that is too long is an issue and the field stays empty", () => {
  const cases: [AidField, number][] = [
    ["nameInitial", 255],
    ["shortTitle", 64],
    ["originUrl", 700],
    ["applicationUrl", 700],
    ["subventionComment", 255],
    ["contactPhone", 35],
    ["importDataMention", 900],
  ];
  it.each(cases)("%s holds %i characters", (field, limit) => {
    const fits = "é".repeat(limit);
    expect(check({ [field]: fits })).toMatchObject({ codes: [], content: { [field]: fits } });
    expect(check({ [field]: `${fits}é` })).toMatchObject({
      valid: true,
      codes: [`text-too-long ${field} row 7`],
      content: { [field]: null },
    });
  });
  it("HTML has no limit of its own", () => {
    const description = `<p>${"é".repeat(100_000)}</p>`;
    expect(check({ description })).toMatchObject({ codes: [], content: { description } });
  });
  it("only the texts of a list that are too long are dropped", () => {
    expect(check({ keywords: ["eau", "x".repeat(256)] })).toMatchObject({
      codes: ["text-too-long keywords row 7"],
      content: { keywords: ["eau"] },
    });
  });
});

describe("checks across fields", () => {
  it("a deadline before the opening is an issue; both are kept", () => {
    const dates = { startDate: "2024-07-15", submissionDeadline: "2024-07-01" };
    expect(check(dates)).toMatchObject({ codes: ["deadline-before-start submissionDeadline row 7"], content: dates });
    expect(check({ startDate: "2024-07-01", submissionDeadline: "2024-07-01" }).codes).toEqual([]);
  });
  it("inverted rates are an issue; both are kept", () => {
    const rates = { subventionRateLowerBound: 60, subventionRateUpperBound: 20 };
    expect(check(rates)).toMatchObject({ codes: ["rate-bounds-inverted subventionRateLowerBound row 7"], content: rates });
  });
});

it("a value that does not fit the schema empties only its field", () => {
  expect(check({ startDate: "2024-02-31x", aidTypes: ["grnt"], loanAmount: -3, description: "<p>x</p>" })).toMatchObject({
    valid: true,
    content: { startDate: null, aidTypes: [], loanAmount: null, description: "<p>x</p>" },
  });
});

it("filled fields are reported as bits", () => {
  expect(filledBits(madeContent({ name: "x" }))).toBe(filledBits(madeContent({ name: "y" })));
  expect(filledBits(madeContent({ keywords: ["x"] }))).not.toBe(filledBits(madeContent()));
  expect(BigInt(`0x${filledBits(madeContent())}`) & 1n).toBe(1n);
});
