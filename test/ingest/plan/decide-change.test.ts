import { describe, expect, it } from "vitest";
import { decideChange } from "../../../src/ingest/plan/decide-change.ts";
import type { AidContent } from "../../../src/model/aid/aid.ts";
import type { StoredAid } from "../../../src/model/plan/plan.ts";
import { madeAid, madeContent, madeEdit, madeRules } from "../../support/made-aids.ts";

function stored(imported: Partial<AidContent>, more: Partial<StoredAid> = {}): StoredAid {
  const base = {
    aidId: "00000000-0000-5000-8000-000000000000",
    externalId: "1",
    revision: 3,
    status: "reviewable",
    withdrawnAt: null,
  } as const;
  return { ...base, withdrawnBy: null, imported: madeContent(imported), kept: {}, edits: {}, proposals: {}, fingerprint: "", ...more };
}
const decide = (incoming: Partial<AidContent>, imported: Partial<AidContent>, more: Partial<StoredAid> = {}) =>
  decideChange(madeAid("1", incoming), stored(imported, more), madeRules());

describe("the change of a stored aid", () => {
  it("is empty if the publisher's values are the same", () => {
    expect(decide({ keywords: ["eau"] }, { keywords: ["eau"] })).toBe("unchanged");
  });
  it("contains each changed field with its three values, and the base revision", () => {
    expect(decide({ description: "<p>Neuf</p>" }, { description: "<p>Vieux</p>" })).toEqual({
      aidId: "00000000-0000-5000-8000-000000000000",
      externalId: "1",
      kind: "update",
      baseRevision: 3,
      fields: { description: { last: "<p>Vieux</p>", current: "<p>Vieux</p>", incoming: "<p>Neuf</p>", action: "apply" } },
    });
  });
  it("fills an empty field", () => {
    expect(decide({ contact: "<p>x</p>" }, {})).toMatchObject({ fields: { contact: { action: "fill" } } });
  });
  it("2023-10-19: an empty feed value does not erase a stored deadline", () => {
    expect(decide({ recurrence: "oneoff" }, { recurrence: "oneoff", submissionDeadline: "2024-01-31" })).toBe("unchanged");
  });
  it("does not erase a list for an empty one, but replaces it by a shorter one", () => {
    expect(decide({}, { keywords: ["eau"] })).toBe("unchanged");
    expect(decide({ keywords: ["eau"] }, { keywords: ["eau", "sol"] })).toMatchObject({
      kind: "update",
      fields: { keywords: { action: "apply" } },
    });
  });
  it("erases the dates of an aid that becomes ongoing without dates: the one exception", () => {
    const dates = { startDate: "2024-01-01", submissionDeadline: "2024-01-31", submissionDeadlineTime: "15:00" };
    expect(decide({ recurrence: "ongoing" }, { recurrence: "oneoff", ...dates })).toMatchObject({
      fields: {
        recurrence: {},
        startDate: { incoming: null },
        submissionDeadline: { incoming: null },
        submissionDeadlineTime: { incoming: null },
      },
    });
    const opening = decide({ recurrence: "ongoing", startDate: "2024-02-01" }, { recurrence: "oneoff", ...dates });
    expect(opening).toMatchObject({ fields: { startDate: { incoming: "2024-02-01" } } });
    expect(opening).not.toHaveProperty("fields.submissionDeadline");
  });
  it("keeps a person's correction", () => {
    const edits = { name: madeEdit("Corrigé") };
    expect(decide({ name: "Neuf" }, { name: "Vieux" }, { edits })).toMatchObject({
      fields: { name: { last: "Vieux", current: "Corrigé", incoming: "Neuf", action: "keep" } },
    });
  });
  it("keeps a person's rejection or merge", () => {
    expect(decide({ name: "Neuf" }, {}, { status: "deleted" })).toBe("ignored");
    expect(decide({ name: "Neuf" }, {}, { status: "merged" })).toBe("ignored");
  });
  it("restores a withdrawn aid that returns, changed or not", () => {
    expect(decide({}, {}, { withdrawnAt: "2024-01-01" })).toMatchObject({ kind: "restore", fields: {} });
    expect(decide({ name: "Neuf" }, {}, { withdrawnAt: "2024-01-01" })).toMatchObject({
      kind: "restore",
      fields: { name: { incoming: "Neuf" } },
    });
  });
});
