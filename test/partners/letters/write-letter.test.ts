import { describe, expect, it } from "vitest";
import { identifier } from "../../../src/kit/rules/identifier.ts";
import type { AidField } from "../../../src/model/aid/aid.ts";
import { faultKindOf, faultKinds, faultRank } from "../../../src/model/letter/fault-kinds.ts";
import type { AnnexLine, LetterCode } from "../../../src/model/letter/letter.ts";
import type { IssueGroup } from "../../../src/model/run/run-report.ts";
import { type Measured, neededFields, scoreOf, sharesOf } from "../../../src/partners/letters/score.ts";
import { type LetterFacts, writeLetter } from "../../../src/partners/letters/write-letter.ts";
import { checkConnector } from "../../../src/registry/check-connector.ts";
import { smallDefinition } from "../../support/harvest.ts";

function definitionOf(changes: Parameters<typeof smallDefinition>[1] = {}) {
  const checked = checkConnector(smallDefinition("region-exemple", changes));
  if (!("connector" in checked)) throw new Error(JSON.stringify(checked.problems));
  return checked.connector;
}

const group = (
  code: IssueGroup["code"],
  field: string | null,
  count: number,
  severity: IssueGroup["severity"] = "warning",
): IssueGroup => ({
  code,
  field,
  severity,
  count,
  examples: [{ locator: "row 3", value: "31/02/2027", params: { from: "fin" } }],
});

const full = Object.fromEntries(neededFields.map((field) => [field, 1]));
const measured = (
  changes: { valid?: number; rejected?: number; issues?: IssueGroup[]; fillRates?: Record<string, number> } = {},
): Measured => ({
  counts: { valid: changes.valid ?? 100, rejected: changes.rejected ?? 0 },
  fillRates: changes.fillRates ?? full,
  issues: changes.issues ?? [],
});

function facts(changes: Partial<LetterFacts> = {}, reading: Parameters<typeof measured>[0] = {}): LetterFacts {
  const { counts, ...rest } = measured(reading);
  return {
    definition: definitionOf(),
    feed: { address: "https://region.example/aides.json", file: null, day: "2026-11-25" },
    reading: { ...rest, counts: { ...counts, received: counts.valid + counts.rejected, skipped: 0 }, unmappedTerms: [] },
    lines: [],
    isWhole: true,
    past: [],
    trouble: null,
    ...changes,
  };
}

const line = (code: LetterCode, place: string, value: string): AnnexLine => ({
  place,
  externalId: place,
  title: `Aide ${place}`,
  code,
  field: "submissionDeadline",
  value,
  params: { from: "fin" },
});

describe("the score of a feed", () => {
  it("is 100 only if nothing is rejected, empty or wrong", () => {
    expect(scoreOf(measured())).toBe(100);
    expect(scoreOf(measured({ valid: 100_000, rejected: 1 }))).toBe(99);
    expect(scoreOf(measured({ valid: 100_000, issues: [group("unreadable-date", "submissionDeadline", 1)] }))).toBe(99);
  });

  it("counts kept records for half, filled fields and correct values for a quarter each", () => {
    const half = measured({ valid: 50, rejected: 50, fillRates: {}, issues: [group("unreadable-date", "submissionDeadline", 25)] });
    expect(sharesOf(half)).toEqual({ kept: 0.5, filled: 0, sound: 0.5 });
    expect(scoreOf(half)).toBe(37);
  });

  it("ignores our limits, unknown words and repaired values", () => {
    const issues = [
      group("unmapped-term", "categories", 100),
      group("text-too-long", "shortTitle", 40),
      group("out-of-scope", null, 90, "info"),
      group("blank-in-url", "originUrl", 12, "info"),
    ];
    expect(scoreOf(measured({ issues, fillRates: { ...full, categories: 0 } }))).toBe(100);
  });

  it("is null without records, and never below 0", () => {
    expect(scoreOf(measured({ valid: 0 }))).toBeNull();
    expect(scoreOf(measured({ valid: 0, rejected: 3, fillRates: {} }))).toBe(0);
    expect(sharesOf(measured({ valid: 1, issues: [group("unreadable-date", "startDate", 9)] }))?.sound).toBe(0);
  });
});

describe("a letter", () => {
  it("lists rejected records first, then wrong values, and asks about doubtful cases", () => {
    const issues = [
      group("text-too-long", "shortTitle", 9),
      group("wrong-encoding", null, 8),
      group("unreadable-date", "submissionDeadline", 2),
      group("impossible-date", "startDate", 5),
      group("missing-name", "name", 1, "error"),
      group("out-of-scope", null, 50, "info"),
      group("computed-failed", "description", 3),
    ];
    const letter = writeLetter(facts({}, { issues, rejected: 1 }));
    expect(letter.faults.map(({ code }) => code)).toEqual(["missing-name", "impossible-date", "unreadable-date", "wrong-encoding"]);
    expect(letter.questions.map(({ code }) => code)).toEqual(["text-too-long"]);
    expect(letter.faults[1]).toMatchObject({ column: "fin", count: 5 });
  });

  it("prefers examples with different values, with their places", () => {
    const issues = [group("unreadable-date", "submissionDeadline", 6)];
    const values = ["bientôt", "bientôt", "bientôt", "bientôt", "fin mars", "à venir"];
    const lines = values.map((value, index) => line("unreadable-date", `row ${index + 2}`, value));
    const [fault] = writeLetter(facts({ lines }, { issues })).faults;
    expect(fault?.examples.map(({ value }) => value)).toEqual(["bientôt", "fin mars", "à venir", "bientôt"]);
    expect(fault?.examples[1]).toMatchObject({ place: "row 6", title: "Aide row 6" });
  });

  it("uses the report's examples if there are no lines", () => {
    const [fault] = writeLetter(facts({ isWhole: false }, { issues: [group("impossible-date", "submissionDeadline", 3)] })).faults;
    expect(fault?.examples).toEqual([{ place: "row 3", title: null, value: "31/02/2027", params: { from: "fin" } }]);
  });

  it("reports dead links, which runs do not check", () => {
    const lines = [{ ...line("dead-link", "row 2", "https://region.example/velo"), field: "originUrl" }];
    const letter = writeLetter(facts({ lines }));
    expect(letter.faults).toMatchObject([{ code: "dead-link", field: "originUrl", count: 1 }]);
    expect(letter.good).not.toContainEqual({ code: "links-sound" });
  });

  it("begins with the good points", () => {
    const past = [
      { day: "2026-11-01", report: measured({ valid: 50, rejected: 50 }) },
      { day: "2026-11-10", report: measured({ valid: 0 }) },
    ];
    const letter = writeLetter(facts({ past }, { fillRates: { ...full, submissionDeadline: 0.4 } }));
    expect(letter.good.map(({ code }) => code)).toEqual([
      "all-kept",
      "all-identified",
      "always-filled",
      "dates-sound",
      "links-sound",
      "better",
      "no-fault",
    ]);
    expect(letter.trend).toEqual([
      { day: "2026-11-01", score: 75 },
      { day: "2026-11-25", score: 100 },
    ]);
  });

  it("does not praise a field that has an anomaly", () => {
    const letter = writeLetter(facts({}, { fillRates: { ...full, originUrl: 0.99 }, issues: [group("unreadable-url", "originUrl", 1)] }));
    expect(letter.faults).toMatchObject([{ code: "unreadable-url", field: "originUrl" }]);
    const [filled] = letter.good.flatMap((one) => (one.code === "always-filled" ? [one.fields] : []));
    expect(filled).toEqual(neededFields.filter((field) => field !== "originUrl"));
  });

  it("lists fields that are often empty, and asks for missing ones", () => {
    const fillRates = { ...full, description: 0.25, contact: 0, aidTypes: 0 };
    const letter = writeLetter(facts({}, { fillRates }));
    expect(letter.seldomFilled).toEqual([{ field: "description", filled: 25, of: 100 }]);
    expect(letter.notFound).toEqual(["contact", "aidTypes"] satisfies AidField[]);
  });

  it("lists thirty words of each vocabulary, most frequent first", () => {
    const unmappedTerms = Array.from({ length: 40 }, (_, index) => ({ vocabulary: "categories", term: `mot ${index}`, count: index }));
    const given = facts();
    const [words] = writeLetter({ ...given, reading: { ...given.reading, unmappedTerms } }).words;
    expect(words?.terms).toHaveLength(30);
    expect(words?.terms[0]).toEqual({ term: "mot 39", count: 39 });
    expect(words?.more).toBe(10);
  });

  it("asks for an identifier if aids are identified by link, title or a shared value", () => {
    const by = (path: string) => definitionOf({ fields: { externalId: identifier(path) } as never });
    expect(writeLetter(facts()).identifier).toBeNull();
    expect(writeLetter(facts({ definition: by("lien") })).identifier).toEqual({ from: ["lien"], code: "is-link" });
    expect(writeLetter(facts({ definition: by("titre") })).identifier).toEqual({ from: ["titre"], code: "is-title" });
    const shared = writeLetter(facts({}, { issues: [group("duplicate-id", "externalId", 20, "error")], rejected: 20 }));
    expect(shared.identifier).toEqual({ from: ["id"], code: "shared" });
    const slips = writeLetter(facts({}, { issues: [group("duplicate-id", "externalId", 2, "error")], rejected: 2 }));
    expect(slips.identifier).toBeNull();
  });
});

it("every chapter has anomalies, and our own problems have no chapter", () => {
  expect(faultKindOf("computed-failed")).toBeNull();
  expect(faultKinds).toContain(faultKindOf("broken-record"));
  expect(faultRank("broken-record")).toBeLessThan(faultRank("unreadable-date"));
  expect(faultRank("unmapped-term")).toBe(faultKinds.length);
});
