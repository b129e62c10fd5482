import { describe, expect, it } from "vitest";
import { RunCounts } from "../../../src/console/pages/runs/run-counts.tsx";
import type { RunReport } from "../../../src/model/run/run-report.ts";
import { madeReport } from "../../support/made-aids.ts";

const run = { runId: "00000000-0000-4000-8000-000000000001", connector: "region", token: 1 };

/** Text of the counts of an applied run. */
async function shown(counts: Partial<RunReport["counts"]>): Promise<string> {
  const report = madeReport(run, "applied");
  const html = RunCounts({ report: { ...report, planId: run.runId, counts: { ...report.counts, ...counts } }, keepWhen: [] });
  return String(await html?.toString())
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ");
}

describe("the counts of a run", () => {
  it.each([
    [{ missing: 1, withdrawn: 1 }, "1 aide retirée : absentes du flux"],
    [{ missing: 1 }, "1 aide absente du flux, pas encore retirée"],
    [{ filled: 1 }, "1 aide remplie par une suggestion"],
    [{ published: 1 }, "1 aide publiée sans relecture"],
    [{ proposals: 1 }, "1 changement proposé aux relecteurs"],
    [{ proposals: 2 }, "2 changements proposés aux relecteurs"],
  ])("say that even one aid is concerned: %o", async (counts, text) => {
    expect(await shown({ received: 1, valid: 1, unchanged: 1, ...counts })).toContain(text);
    expect(await shown({ received: 1, valid: 1, unchanged: 1 })).not.toContain("Et aussi");
  });
});
