import { describe, expect, it } from "vitest";
import type { AidContent } from "../../src/model/aid/aid.ts";
import { exampleAid } from "../support/example-aid.ts";
import { brokenPromises, testDay } from "./promises.ts";
import type { BytesRun, Fate } from "./run-bytes.ts";

const kept = (changes: Partial<AidContent> = {}, externalId = "1"): Fate => {
  const {
    aidId: _,
    connector: __,
    externalId: ___,
    status: ____,
    withdrawnAt: _____,
    missingForPublication: ______,
    missingForDescription: _______,
    ...content
  } = exampleAid();
  return { kind: "kept", externalId, content: { ...content, ...changes }, issues: [] };
};
const run = (fates: readonly Fate[], changes: Partial<BytesRun> = {}): BytesRun => ({
  received: fates.length,
  skipped: fates.filter(({ kind }) => kind === "skipped").length,
  rejected: fates.filter(({ kind }) => kind === "rejected").length,
  valid: fates.filter(({ kind }) => kind === "kept").length,
  fates,
  unreadFields: [],
  error: null,
  ...changes,
});
const broken = (after: BytesRun) => brokenPromises(run([kept()]), after, [0]);

describe("promises for every edge case", () => {
  it("reports nothing for a sound run", () => {
    expect(broken(run([kept()]))).toEqual([]);
  });

  it.each<[string, BytesRun, string]>([
    ["a record that was lost", run([]), "record 1, which the case does not touch, has another result"],
    ["a record that was rejected", run([{ kind: "rejected", externalId: "1", codes: [] }]), "record 1, which the case"],
    ["another identifier", run([kept({}, "2")]), "record 1, which the case"],
    ["another text", run([kept({ description: "<p>Autre</p>" })]), "record 1, which the case"],
    ["counts that do not add up", run([kept()], { received: 2 }), "received 2, skipped 0, rejected 0, kept 1"],
    ["a date that is today", run([kept({ submissionDeadline: testDay })]), "submissionDeadline is today"],
    ["a script", run([kept({ contact: "<script>x</script>" })]), "contact contains a script"],
    ["an object as a text", run([kept({ name: "[object Object]" })]), "name contains [object Object]"],
    ["a text cut into letters", run([kept({ keywords: ["e", "a", "u"] })]), "keywords contains single letters"],
  ])("reports %s", (_, after, said) => {
    expect(broken(after).join("\n")).toContain(said);
  });
});
