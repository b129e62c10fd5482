import pc from "picocolors";
import { describe, expect, it } from "vitest";
import type { PlanRecord } from "../../../src/catalogue/plans/plan-reader.ts";
import { printable } from "../../../src/cli/printable.ts";
import { renderPlanHead } from "../../../src/cli/render/render-plan-head.ts";

const plain = pc.createColors(false);
const nothing = { created: 0, updated: 0, restored: 0, unchanged: 0, ignored: 0, missing: 0, withdrawn: 0, proposals: 0 };

function plan(changes: Partial<PlanRecord> = {}): PlanRecord {
  return {
    planId: "3f2a91c0-5d1e-4a8e-9d0e-0c8f6f0d7a11",
    origin: "run",
    runId: "8c1d22e0-77aa-4a4e-8b34-41d5d1f6c0aa",
    connector: "departement-drome",
    madeBy: null,
    asked: null,
    state: "open",
    counts: { ...nothing, created: 3, updated: 12, withdrawn: 2, proposals: 4, unchanged: 482 },
    guards: [],
    warnings: [],
    createdAt: new Date("2026-11-25T01:14:00Z"),
    appliedAt: null,
    appliedBy: null,
    closedAt: null,
    closedBy: null,
    note: null,
    undoneBy: null,
    applyRequest: null,
    ...changes,
  };
}

function head(changes: Partial<PlanRecord> = {}): string[] {
  return renderPlanHead(plan(changes), "Département de la Drôme", plain).split("\n");
}

describe("renderPlanHead", () => {
  it("of an open plan says what it would do, who made it and what to do next", () => {
    expect(head()).toEqual([
      "plan 3f2a91c0 of departement-drome (Département de la Drôme): open, not applied yet",
      "  would be      3 created, 12 updated, 2 withdrawn, 4 proposed to a curator",
      "                482 unchanged",
      "  made          2026-11-25 02:14 by run 8c1d22e0",
      "  next          moisson plan apply 3f2a91c0   or   moisson plan discard 3f2a91c0",
    ]);
  });

  it("of a held plan says why first, and asks for a note", () => {
    const guards = [{ code: "fewer-than-expected", found: 12, limit: 150, examples: [] }] as const;
    expect(head({ guards })).toEqual([
      "plan 3f2a91c0 of departement-drome (Département de la Drôme): HELD, open, not applied yet",
      "  held because  12 valid records, where a healthy feed of this publisher has 150 at least",
      "  would be      3 created, 12 updated, 2 withdrawn, 4 proposed to a curator",
      "                482 unchanged",
      "  made          2026-11-25 02:14 by run 8c1d22e0",
      '  next          moisson plan apply 3f2a91c0 --note "…"   or   moisson plan discard 3f2a91c0 --note "…"',
    ]);
  });

  it("says who asked for its application, when and why, on one line", () => {
    const lines = head({ applyRequest: { by: "Marie", at: "2026-11-25T07:00:00.000Z", note: "relu\nen entier" } });
    expect(lines).toContain("  requested     2026-11-25 08:00 by Marie, to apply it: relu en entier");
  });

  it("of an applied plan says by whom and with which note, and that it was held", () => {
    const guards = [{ code: "fewer-than-expected", found: 12, limit: 150, examples: [] }] as const;
    const applied = { state: "applied", appliedAt: new Date("2026-11-25T08:30:00Z"), appliedBy: "Claire Martin" } as const;
    expect(head({ guards, ...applied, note: "le producteur confirme", counts: { ...nothing, created: 3 } })).toEqual([
      "plan 3f2a91c0 of departement-drome (Département de la Drôme): applied",
      "  was held      12 valid records, where a healthy feed of this publisher has 150 at least",
      "  done          3 created",
      "  made          2026-11-25 02:14 by run 8c1d22e0",
      "  applied       2026-11-25 09:30 by Claire Martin",
      "  note          le producteur confirme",
    ]);
  });

  it("of a discarded plan says by whom", () => {
    const discarded = { state: "discarded", closedAt: new Date("2026-11-25T08:30:00Z"), closedBy: "Claire Martin" } as const;
    expect(head({ ...discarded, counts: nothing })).toEqual([
      "plan 3f2a91c0 of departement-drome (Département de la Drôme): discarded",
      "  would be      nothing to do",
      "  made          2026-11-25 02:14 by run 8c1d22e0",
      "  discarded     2026-11-25 09:30 by Claire Martin",
    ]);
  });

  it("of a person's plan says what was asked for", () => {
    const asked = { field: "contactPhone", connectors: ["departement-drome", "region-sud"] };
    const byHand = { origin: "curator", runId: null, connector: null, madeBy: "Claire Martin", asked } as const;
    expect(head({ ...byHand, counts: { ...nothing, updated: 2 } }).slice(0, 4)).toEqual([
      "plan 3f2a91c0: open, not applied yet",
      "  would be      2 updated",
      "  made          2026-11-25 02:14 by Claire Martin",
      '  asked for     field=contactPhone  connectors=["departement-drome","region-sud"]',
    ]);
  });

  it("of an undo says what it undoes once, and in words", () => {
    const undo = { origin: "undo", madeBy: "Claire Martin", asked: { undo: "8c1d22e0", revisions: 8 } } as const;
    expect(head({ ...undo, counts: { ...nothing, updated: 2 } }).slice(2)).toEqual([
      "  made          2026-11-25 02:14 by Claire Martin, to undo run 8c1d22e0",
      "  next          moisson plan apply 3f2a91c0   or   moisson plan discard 3f2a91c0",
    ]);
  });

  it("counts an aid that is withdrawn now once: it waits no more", () => {
    expect(head({ counts: { ...nothing, withdrawn: 2, missing: 5 } }).slice(1, 3)).toEqual([
      "  would be      2 withdrawn",
      "                3 no longer in the feed (withdrawn after a grace period)",
    ]);
    expect(head({ counts: { ...nothing, withdrawn: 2, missing: 2 } })[2]).toMatch(/^ {2}made /);
  });

  it("holds nothing that a terminal obeys but our own colours", () => {
    const hostile = "\u001b[31mrouge\u001b[2J\n";
    const guards = [{ code: "fewer-than-expected", found: 1, limit: 2, examples: [hostile] }] as const;
    const colored = pc.createColors(true);
    const text = renderPlanHead(plan({ guards, note: hostile, madeBy: hostile, asked: { title: hostile } }), hostile, colored);
    expect(printable(text)).toBe(text);
    expect(text).not.toContain("\u001b[31mrouge");
    expect(text).toContain(colored.red("HELD, open, not applied yet"));
  });
});
