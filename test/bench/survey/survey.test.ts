import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectedDay } from "./expected-day.ts";
import { figuresOf } from "./figures.ts";
import { type Judged, judgeProposal } from "./score.ts";
import { type SurveyedFile, surveyFile } from "./survey-file.ts";
import { pathOf, readTruths, type Truth } from "./truth.ts";

/** Slightly below the values of the rules at the time of writing. Raise them when the rules get better. */
const floors = { precision: 0.93, recall: 0.82 };

describe("the proposals for eleven invented lists of aids", () => {
  let scratch: string;
  const surveyed: SurveyedFile[] = [];
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), "moisson-survey-truth-"));
    for (const truth of readTruths(["made"])) surveyed.push(await surveyFile(truth, await pathOf(truth, scratch)));
  }, 60_000);
  afterAll(() => rm(scratch, { recursive: true }));

  it("are as often right, and find as many fields, as before", () => {
    const { proposed, right, expected, found } = figuresOf(surveyed.flatMap(({ judged }) => judged));
    expect(surveyed).toHaveLength(11);
    expect(right / proposed).toBeGreaterThanOrEqual(floors.precision);
    expect(found / expected).toBeGreaterThanOrEqual(floors.recall);
  });

  it("read no internal value", () => {
    expect(surveyed.flatMap(({ judged }) => judged.flatMap(({ leaks }) => leaks))).toEqual([]);
  });
});

describe("judging a proposal", () => {
  const truth: Truth = {
    name: "x",
    file: "x.csv",
    set: "made",
    publisher: { name: "Région Exemple", kind: "region", territory: { scale: "region", code: "53" } },
    reading: {},
    identifier: [["code"]],
    fields: {
      description: { read: [["texte"]], also: ["chapo"] },
      submissionDeadline: { read: [["fin"]], day: { order: "dmy" } },
      financers: { constant: ["publisher"] },
      keywords: { read: [["tags"]], optional: true },
    },
    never: ["note interne"],
  };
  const paths = ["code", "texte", "chapo", "fin", "tags", "note interne"];
  const proposal = (field: string, from: readonly string[], rule: unknown = { kind: "text" }, certainty = 0.9) =>
    ({ field, from, rule, certainty, evidence: [], examples: [], alternatives: [] }) as never;
  const judge = (proposed: readonly never[], mapped: Parameters<typeof judgeProposal>[2] = []) =>
    new Map(judgeProposal({ fields: proposed }, truth, mapped, paths).map((one): [string, Judged] => [one.field, one]));

  it("accepts the paths of a way with its further paths, and no others", () => {
    expect(judge([proposal("description", ["chapo", "texte"])]).get("description")?.verdict).toBe("right");
    expect(judge([proposal("description", ["chapo"])]).get("description")?.verdict).toBe("wrong");
    expect(judge([proposal("description", ["texte", "tags"])]).get("description")?.verdict).toBe("wrong");
  });

  it("calls a proposal for a field that must stay empty wrong, and an optional field without proposal nothing", () => {
    const judged = judge([proposal("shortTitle", ["code"])]);
    expect(judged.get("shortTitle")).toMatchObject({ verdict: "wrong", isExpected: false });
    expect(judged.has("keywords")).toBe(false);
    expect(judged.get("description")?.verdict).toBe("missed");
  });

  it("ignores paths of a platform that the feed does not have, and proposals without certainty", () => {
    expect(judge([proposal("description", ["texte", "body"])]).get("description")?.verdict).toBe("right");
    expect(judge([proposal("shortTitle", ["acronym"])]).has("shortTitle")).toBe(false);
    expect(judge([proposal("description", ["texte"], {}, 0)]).get("description")?.verdict).toBe("missed");
  });

  it("calls dates right only if the day is", () => {
    const read = (day: string) => [{ values: { fin: "04/07/2027" }, content: { submissionDeadline: day } }];
    const found = [proposal("submissionDeadline", ["fin"])];
    expect(judge(found, read("2027-07-04")).get("submissionDeadline")?.verdict).toBe("right");
    expect(judge(found, read("2027-04-07")).get("submissionDeadline")?.verdict).toBe("wrong");
  });

  it("accepts the publisher as a constant, and reports paths that must not be read", () => {
    const constant = (name: string) => [proposal("financers", [], { kind: "constant", value: [{ name, siren: null }] })];
    expect(judge(constant("Région Exemple")).get("financers")?.verdict).toBe("right");
    expect(judge(constant("Autre")).get("financers")?.verdict).toBe("wrong");
    expect(judge([proposal("contact", ["note interne"])]).get("contact")?.leaks).toEqual(["note interne"]);
  });
});

describe("the day that a careful person reads", () => {
  it.each([
    ["2027-07-04", { order: "dmy" }, "2027-07-04"],
    ["20270704", { order: "ymd" }, "2027-07-04"],
    ["04/07/27", { order: "dmy" }, "2027-07-04"],
    ["04/07/2027", { order: "mdy" }, "2027-04-07"],
    ["avant le 1er août 2027", { order: "dmy" }, "2027-08-01"],
    ["2027-07-03T22:00:00.000Z", { order: "ymd", zone: "Europe/Paris" }, "2027-07-04"],
    ["2027-07-03T22:00:00.000Z", { order: "ymd" }, "2027-07-03"],
    ["31/12/2099", { order: "dmy" }, null],
    ["toute l’année", { order: "dmy" }, null],
  ] as const)("reads %s as %o: %s", (text, day, expected) => {
    expect(expectedDay(text, day)).toBe(expected);
  });
});
