import { describe, expect, it } from "vitest";
import type { IssueGroup } from "../../src/model/run/run-report.ts";
import { asideOfSilence, asidesIn, type SetAside } from "../../src/model/run/set-aside.ts";
import { madeReport } from "../support/made-aids.ts";

const connector = "region-exemple";
const run = { runId: "r", connector, token: 1 };
const group = (code: IssueGroup["code"], field: string, count: number): IssueGroup => ({
  code,
  field,
  severity: "warning",
  count,
  examples: [],
});
const aside = (given: Partial<SetAside>): SetAside => ({
  id: "a",
  connector,
  what: "issue",
  issueCode: "unreadable-url",
  field: "originUrl",
  upTo: 3,
  until: "2026-12-01",
  reason: "told them",
  by: "marie",
  at: "2026-11-25T03:00:00.000Z",
  ...given,
});

describe("an issue that is set aside", () => {
  const asideOn = (day: string, given: Partial<SetAside>, ...issues: IssueGroup[]) => {
    const report = { ...madeReport(run, "applied"), issues };
    return [...asidesIn(report, [aside(given)], day).keys()].map(({ code, field }) => `${code}:${field}`);
  };

  it("comes back on its day", () => {
    expect(asideOn("2026-11-30", {}, group("unreadable-url", "originUrl", 3))).toEqual(["unreadable-url:originUrl"]);
    expect(asideOn("2026-12-01", {}, group("unreadable-url", "originUrl", 3))).toEqual([]);
  });

  it("comes back when it grows", () => {
    expect(asideOn("2026-11-26", {}, group("unreadable-url", "originUrl", 4))).toEqual([]);
    expect(asideOn("2026-11-26", {}, group("unreadable-url", "originUrl", 1))).toEqual(["unreadable-url:originUrl"]);
  });

  it("belongs to its field and connector only, or to all fields together", () => {
    const links = [
      group("unreadable-url", "originUrl", 2),
      group("unreadable-url", "applicationUrl", 1),
      group("unreadable-date", "originUrl", 1),
    ];
    expect(asideOn("2026-11-26", {}, ...links)).toEqual(["unreadable-url:originUrl"]);
    expect(asideOn("2026-11-26", { field: null }, ...links)).toEqual(["unreadable-url:originUrl", "unreadable-url:applicationUrl"]);
    expect(asideOn("2026-11-26", { field: null, upTo: 2 }, ...links)).toEqual([]);
    expect(asideOn("2026-11-26", { connector: "another" }, ...links)).toEqual([]);
  });
});

it("a silence that is set aside comes back on its day, or when the connector is silent in one more way", () => {
  const silence = aside({ what: "silence", issueCode: null, field: null, upTo: 1 });
  const isAside = (kinds: number, day: string) => asideOfSilence(connector, kinds, [silence], day) !== null;
  expect(isAside(1, "2026-11-30")).toBe(true);
  expect(isAside(1, "2026-12-01")).toBe(false);
  expect(isAside(2, "2026-11-30")).toBe(false);
  expect(asideOfSilence("another", 1, [silence], "2026-11-30")).toBeNull();
});
