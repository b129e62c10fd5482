import { describe, expect, it } from "vitest";
import { isOpeningStated, isPermanentStated, openUntilOf } from "../../../src/model/aid/open-until.ts";
import type { Edit } from "../../../src/model/plan/plan.ts";
import { exampleAid } from "../../support/example-aid.ts";

const undated = { ...exampleAid(), submissionDeadline: null, recurrence: "ongoing" as const, isCallForProject: null };
const edit: Edit = { value: "ongoing", by: "Une collègue", at: "2026-11-01T08:00:00.000Z", note: null };
const guessed = { rule: "usual-value", evidence: [], confirmed: false } as unknown as NonNullable<Edit["suggestion"]>;

describe("until when an aid is open", () => {
  it.each([
    ["a deadline", { ...undated, submissionDeadline: "2027-03-01" }, false, "deadline"],
    ["an aid that its publisher calls permanent", undated, true, "permanent"],
    ["a permanent call that its publisher calls so", { ...undated, isCallForProject: true }, true, "permanent"],
    ["an aid that we take for permanent", undated, false, "unannounced"],
    ["a call that we take for permanent", { ...undated, isCallForProject: true }, false, "to-check"],
    ["a one-off aid without deadline", { ...undated, recurrence: "oneoff" as const }, true, "to-check"],
    ["a recurring aid without deadline", { ...undated, recurrence: "recurring" as const }, true, "to-check"],
    ["an aid of which nothing is known", { ...undated, recurrence: null }, true, "unstated"],
    ["a call of which nothing is known", { ...undated, recurrence: null, isCallForProject: true }, true, "to-check"],
  ] as const)("%s", (_, content, isStated, said) => expect(openUntilOf(content, isStated)).toBe(said));

  const memo = { statesPermanence: true } as const;
  it.each([
    ["its source says so", { memo, edits: {} }, true],
    ["its source assumes it, or was read by an earlier version", { memo: {}, edits: {} }, false],
    ["it is the value of another source", { memo, edits: {}, borrowed: { recurrence: { value: "ongoing", from: "autre" } } }, false],
    ["it is an older value", { memo, edits: {}, kept: { recurrence: "ongoing" } }, false],
    ["a person says so", { memo: {}, edits: { recurrence: edit } }, true],
    ["a standing decision fills it in", { memo, edits: { recurrence: { ...edit, suggestion: guessed } } }, false],
    ["a person has confirmed it", { memo: {}, edits: { recurrence: { ...edit, suggestion: { ...guessed, confirmed: true } } } }, true],
    [
      "a sentence of the aid says so",
      { memo: {}, edits: { recurrence: { ...edit, suggestion: { ...guessed, rule: "sentence-recurrence" as const } } } },
      true,
    ],
  ])("calls an aid permanent if %s: %#", (_, aid, isStated) => expect(isPermanentStated(aid)).toBe(isStated));

  it("lets no aid be published alone that only seems to be always open", () => {
    const assumed = { memo: {}, edits: {} };
    expect(isOpeningStated(undated, assumed)).toBe(false);
    expect(isOpeningStated(undated, { memo, edits: {} })).toBe(true);
    expect(isOpeningStated({ ...undated, submissionDeadline: "2027-03-01" }, assumed)).toBe(true);
    expect(isOpeningStated({ ...undated, recurrence: "recurring" }, { memo, edits: {} })).toBe(false);
  });
});
