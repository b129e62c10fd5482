import { createHash, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { StagedEncoder } from "../../src/catalogue/runs/staged-rows.ts";
import type { RunClaim } from "../../src/catalogue/runs/staging-repository.ts";
import { recordHashOf } from "../../src/ingest/known-records.ts";
import type { DecisionRules } from "../../src/ingest/plan/decide-change.ts";
import type { AidContent, AidField } from "../../src/model/aid/aid.ts";
import { defaultPolicy, type FieldPolicy } from "../../src/model/aid/field-policy.ts";
import { filledContentJson, wholeContent } from "../../src/model/aid/filled-content.ts";
import type { Edit, Memo, NewAid, PlanCounts, RejectedRecord, Rejection, StagedAid } from "../../src/model/plan/plan.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { canonicalJson, fingerprintOf } from "../../src/model/text/canonical.ts";

/** The instant of every test run. */
export const testNow = new Date("2026-11-25T03:00:00Z");

import type { TestCatalogue } from "./catalogues.ts";

export const emptyMemo: Memo = { issues: [], unmapped: [], filled: "1" };

export const noCounts: PlanCounts = {
  created: 0,
  updated: 0,
  restored: 0,
  unchanged: 0,
  ignored: 0,
  missing: 0,
  withdrawn: 0,
  proposals: 0,
};

/** Returns content with a name, a licence and the given values. */
export function madeContent(given: Partial<AidContent> = {}): AidContent {
  return wholeContent({ name: "Aide à la rénovation", importShareLicence: "unknown", ...given });
}

/** Returns a staged aid whose hashes depend on the given values. */
export function madeAid(externalId: string, given: Partial<AidContent> = {}, version = "1"): NewAid & StagedAid {
  const content = madeContent(given);
  return {
    externalId,
    locator: "row 2",
    recordHash: recordHashOf(
      createHash("sha256")
        .update(`${version} ${externalId} ${canonicalJson(given)}`)
        .digest(),
    ),
    fingerprint: fingerprintOf(canonicalJson(content)),
    content,
    contentJson: filledContentJson(content),
    memo: emptyMemo,
  };
}

/** Takes over the connector and starts a run. */
export async function startRun(catalogue: Catalogue, connector: string): Promise<RunClaim> {
  const token = await catalogue.connectors.takeToken(connector, testNow);
  const runId = randomUUID();
  await catalogue.runs.start({ runId, connector, token, now: testNow, mappingFingerprint: "mapping", options: {} });
  return { runId, connector, token };
}

/** Stages aids as a run does. */
export async function stageAids(catalogue: Catalogue, run: RunClaim, aids: readonly NewAid[]): Promise<void> {
  const contentBlock = await catalogue.staging.contentBlock(run);
  await catalogue.staging.stage(run, new StagedEncoder({ ...run, contentBlock }).encode(aids));
}

/** Returns the rejected records of a run in feed order. */
export async function rejectedOf({ store }: TestCatalogue, runId: string): Promise<RejectedRecord[]> {
  return store.rows(sql`
    select locator, external_id as "externalId", record, reasons from rejected_records where run_id = ${runId}::uuid order by id`);
}

/** Returns a rejected record with a hash of its own. */
export function madeRejection(changes: Partial<RejectedRecord> = {}): Rejection {
  const record = { locator: "row 1", externalId: null, record: {}, reasons: [], ...changes };
  return { hash: randomUUID().replaceAll("-", ""), locator: record.locator, record };
}

/** Returns the memos of the stored aids that a run would recognise, by record hash. */
export async function recognisable(catalogue: Catalogue, connector: string): Promise<Map<string, Memo | undefined>> {
  const { count, digests, memoOf } = await catalogue.staging.readHeads(connector);
  const digestOf = (at: number) => Buffer.from(digests.subarray(16 * at, 16 * (at + 1)));
  const numbers = Array.from({ length: count }, (_, at) => at).filter((at) => digestOf(at).some((byte) => byte !== 0));
  return new Map(numbers.map((at) => [digestOf(at).toString("base64url"), memoOf(at)]));
}

/** Creates and completes the plan of a run that staged these aids: creations only. */
export async function planCreations(
  catalogue: Catalogue,
  run: RunClaim,
  aids: readonly NewAid[],
  end: { waits: boolean } = { waits: false },
): Promise<string> {
  await stageAids(catalogue, run, aids);
  const planId = randomUUID();
  const created = await catalogue.plans.create({ ...run, planId, staged: aids.length, now: testNow });
  await catalogue.plans.finish(planId, { counts: { ...noCounts, created }, guards: [], ...end });
  return planId;
}

/** Runs a first import of these aids. */
export async function importAids(catalogue: Catalogue, connector: string, aids: readonly NewAid[]): Promise<RunClaim> {
  const run = await startRun(catalogue, connector);
  const planId = await planCreations(catalogue, run, aids);
  await catalogue.plans.apply(planId, { ...run, now: testNow, appliedBy: "run" });
  return run;
}

/** Returns the default policies with these changes. */
export function madeRules(policies: Partial<Record<AidField, FieldPolicy>> = {}, emptyMeansEmpty: readonly AidField[] = []): DecisionRules {
  return {
    policyOf: (field) => policies[field] ?? defaultPolicy(field),
    emptyMeansEmpty: new Set(emptyMeansEmpty),
    held: new Set(),
    proposal: { at: testNow.toISOString(), runId: "00000000-0000-4000-8000-000000000000" },
  };
}

/** Returns an edit by Marie. */
export function madeEdit(value: unknown): Edit {
  return { value, by: "marie", at: "2026-11-01T09:00:00.000Z", note: null };
}

/** Returns a minimal report. */
export function madeReport(run: RunClaim, outcome: RunReport["outcome"]): RunReport {
  return {
    runId: run.runId,
    planId: null,
    connector: run.connector,
    outcome,
    now: null,
    feed: { sha256: null, bytes: null },
    counts: { ...noCounts, received: 0, skipped: 0, rejected: 0, valid: 0 },
    skippedBy: {},
    issues: [],
    unmappedTerms: [],
    unreadFields: [],
    fillRates: {},
    guards: [],
    warnings: [],
    remarks: {},
    error: null,
    stageMs: {},
    durationMs: 1,
    peakRssMb: 1,
  };
}

/** Returns everything in a catalogue, as `aids --json` writes it. */
export async function exported(catalogue: Catalogue): Promise<string> {
  const lines: string[] = [];
  for await (const page of catalogue.aids.list()) for (const aid of page) lines.push(JSON.stringify(aid));
  return lines.join("\n");
}

/** Returns the items of all pages. */
export async function flattened<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** SHA-256, hexadecimal. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
