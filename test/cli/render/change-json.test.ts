import { expect, it } from "vitest";
import { guardMessage } from "../../../src/cli/english/guards.ts";
import { changeJson, planJson } from "../../../src/cli/render/change-json.ts";
import type { Change } from "../../../src/model/plan/plan.ts";

const memo = { issues: [], unmapped: [], filled: "0" };

/** As `--json` prints it. */
function printed(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

it("a change is its aid, its kind, and four keys per field", () => {
  const change: Change = {
    aidId: "0b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a1",
    externalId: "162",
    kind: "update",
    baseRevision: 3,
    fields: { startDate: { last: undefined, current: undefined, incoming: "2026-09-01", action: "fill", after: { kept: null } } },
  };
  expect(printed(changeJson(change))).toEqual({
    aidId: "0b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a1",
    externalId: "162",
    kind: "update",
    fields: { startDate: { last: null, current: null, incoming: "2026-09-01", action: "fill" } },
  });
});

it("a match and what a curator sets stand beside the fields, our bookkeeping does not", () => {
  const change: Change = {
    aidId: "0b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a1",
    externalId: "162",
    kind: "adopt",
    baseRevision: 1,
    fields: {},
    match: { with: "aide-aux-piscines", certainty: 0.97, reasons: ["same-link"] },
    state: { status: "published", withdrawnAt: null, withdrawnBy: null, fingerprint: "f", memo },
  };
  expect(printed(changeJson(change))).toEqual({
    aidId: "0b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a1",
    externalId: "162",
    kind: "adopt",
    fields: {},
    match: { with: "aide-aux-piscines", certainty: 0.97, reasons: ["same-link"] },
    state: { status: "published", withdrawnAt: null },
  });
});

it("a plan tells what its guards saw as code, sentence, two numbers and examples", () => {
  const finding = { code: "fewer-than-expected", found: 12, limit: 150, examples: [], params: { of: 13 } } as const;
  const counts = { created: 1, updated: 0, restored: 0, unchanged: 0, ignored: 0, missing: 0, withdrawn: 0, proposals: 0 };
  const kept = {
    planId: "3f2a91c0-5d1e-4a8e-9d0e-0c8f6f0d7a11",
    connector: "departement-drome",
    runId: null,
    origin: "curator",
    state: "discarded",
    counts,
    appliedBy: null,
    closedBy: "Claire Martin",
    note: "flux cassé",
    asked: { status: "reviewable" },
    applyRequest: { by: "Marie", at: "2026-11-25T07:00:00.000Z", note: null },
  } as const;
  const dates = { createdAt: new Date("2026-11-25T01:14:00Z"), appliedAt: null, closedAt: new Date("2026-11-25T08:30:00Z") };
  expect(planJson({ ...kept, ...dates, guards: [finding], warnings: [], madeBy: "Claire Martin", undoneBy: null })).toEqual({
    ...kept,
    guards: [{ ...finding, message: guardMessage(finding) }],
    warnings: [],
    createdAt: "2026-11-25T01:14:00.000Z",
    appliedAt: null,
    closedAt: "2026-11-25T08:30:00.000Z",
  });
});
