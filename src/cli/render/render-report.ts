import type pc from "picocolors";
import type { PlanRecord } from "../../catalogue/plans/plan-reader.ts";
import type { RunRecord } from "../../catalogue/runs/run-repository.ts";
import type { GuardFinding } from "../../model/plan/guard.ts";
import { lossKinds } from "../../model/run/losses.ts";
import type { PortalDataset } from "../../model/run/portal-dataset.ts";
import { isToLookAt, type RunFigures, repairsIn } from "../../model/run/run-attention.ts";
import { goodOutcomes } from "../../model/run/run-error.ts";
import type { IssueGroup, RunReport } from "../../model/run/run-report.ts";
import type { SetAside } from "../../model/run/set-aside.ts";
import { guardMessage } from "../english/guards.ts";
import { issueMessage } from "../english/issues.ts";
import { lossCount, lossMessage } from "../english/losses.ts";
import { type RemarkKind, remarkMessage } from "../english/plans.ts";
import { budgetUses, outcomeMessages, runErrorMessage } from "../english/runs.ts";
import { setAsideMessage } from "../english/watch.ts";
import { inert } from "../printable.ts";
import { changedCounts, countsInWords, otherCounts } from "./counts-in-words.ts";
import { parisTime } from "./paris-time.ts";
import { nextStep } from "./plan-words.ts";

type Colors = ReturnType<typeof pc.createColors>;

const namesShown = 8;

/** Events after the report was written. */
export interface Since {
  /** The current state of its plan. */
  readonly plan: PlanRecord | null;
  /** Absent if the run has just ended. */
  readonly run?: Pick<RunRecord, "appliedAt" | "appliedBy" | "undoneAt" | "undoneBy">;
}

/** Set-aside groups of issues of a report. */
export type Asides = ReadonlyMap<IssueGroup, SetAside>;

/** Renders a run's report: outcome, reasons, counts and next step, then issues, the most important first. */
export function renderReport(
  report: RunReport,
  publisher: string,
  colors: Colors,
  since: Since = { plan: null },
  asides: Asides = new Map(),
): string {
  const lines: string[] = [];
  const good = goodOutcomes.has(report.outcome);
  const paint = good ? (isToLookAt(figuresOf(report)) ? colors.yellow : colors.green) : colors.red;
  lines.push(`${colors.bold(report.connector)} (${publisher}): ${paint(outcomeMessages[report.outcome])}`);
  for (const finding of report.guards) lines.push(`  ${colors.red("held because")}  ${guardMessage(finding)}`);
  lines.push(...renderSince(report, since, colors));
  if (report.error) lines.push(`  ${colors.red("because")}       ${runErrorMessage(report.error.code, report.error.params)}`);

  const { counts } = report;
  lines.push(`  feed          ${renderFeed(report)}`);
  if (report.feed.dataset) lines.push(`  dataset       ${inert(datasetInWords(report.feed.dataset))}`);
  if (counts.received > 0 || report.error === null) {
    lines.push(
      `  records       ${counts.received} received = ${counts.valid} valid + ${counts.rejected} rejected + ${counts.skipped} skipped`,
    );
    for (const [reason, count] of Object.entries(report.skippedBy)) lines.push(`                ${count} skipped: ${reason}`);
    lines.push(`  catalogue     ${renderChanges(report, since.run)}`);
    for (const [code, count] of Object.entries(report.remarks)) lines.push(`                ${remarkMessage(code as RemarkKind, count)}`);
  }
  lines.push(
    `  run           ${report.runId}, ${(report.durationMs / 1000).toFixed(1)} s, process of ${report.peakRssMb} MB at its peak${report.now ? `, now fixed at ${report.now}` : ""}`,
  );
  if (report.budget !== undefined) lines.push(`  budget        ${budgetUses(report.budget).join(", ")}`);
  if (report.warnings.length > 0) lines.push(`  ${colors.yellow("for attention")}:`);
  for (const finding of report.warnings) lines.push(`    ${inert(guardMessage(finding))}`);
  const shown = report.issues.filter((group) => !asides.has(group));
  const repairs = repairsIn(shown);
  lines.push(...section("repaired", repairs, colors.yellow));
  const issues = shown.filter((group) => !repairs.includes(group));
  lines.push(
    ...section(
      "rejected",
      issues.filter((group) => group.severity === "error"),
      colors.red,
    ),
  );
  lines.push(
    ...section(
      "to look at",
      issues.filter((group) => group.severity === "warning" && group.code !== "unmapped-term"),
      colors.yellow,
    ),
  );
  lines.push(...renderUnmapped(report, asides, colors));
  if (report.unreadFields.length > 0) {
    lines.push(`  ${colors.yellow("not read")}: fields of the feed that nobody has decided on: ${listed(report.unreadFields)}`);
  }
  lines.push(...renderLosses(report, colors));
  lines.push(
    ...section(
      "for your information",
      issues.filter((group) => group.severity === "info"),
      colors.dim,
    ),
  );
  for (const [group, aside] of asides) lines.push(`  ${colors.dim(inert(setAsideMessage(aside, counted(group))))}`);
  return lines.join("\n");
}

function renderFeed({ feed }: RunReport): string {
  const from = feed.file ?? feed.url ?? "none";
  const size = feed.bytes === null ? "" : `, ${renderBytes(feed.bytes)}`;
  return `${from}${size}${feed.sha256 ? `, snapshot ${feed.sha256.slice(0, 12)}` : ""}${feed.namesForgotten ? ", not kept: it contains a forgotten person" : ""}`;
}

function renderBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function renderChanges({ counts, outcome }: RunReport, run: Since["run"]): string {
  const done = isLater(run) || outcome === "applied" || outcome === "applied-with-rejects" || outcome === "unchanged";
  return `${done ? "" : "would be: "}${countsInWords(counts, [...changedCounts, ...otherCounts]) || "nothing to do"}`;
}

/** Renders who applied or undid the run later, and the next step while its plan is open. */
function renderSince({ outcome }: RunReport, { plan, run }: Since, colors: Colors): string[] {
  const lines: string[] = [];
  if (isLater(run)) lines.push(`  applied       ${when(run.appliedAt, run.appliedBy)}${plan?.note ? `: ${inert(plan.note)}` : ""}`);
  if (run?.undoneAt) lines.push(`  ${colors.yellow("undone")}        ${when(run.undoneAt, run.undoneBy)}`);
  if (plan?.state === "discarded" && outcome !== "unchanged")
    lines.push(`  discarded     ${when(plan.closedAt, plan.closedBy)}${plan.note ? `: ${inert(plan.note)}` : ""}`);
  if (plan?.state === "part-applied") lines.push(`  in part       applied ${when(plan.appliedAt, plan.appliedBy)}`);
  if (plan?.state === "open" || plan?.state === "part-applied")
    lines.push(
      `  ${colors.bold("next")}          moisson plan show ${plan.planId.slice(0, 8)}   then   ${nextStep(plan.planId, plan.guards)}`,
    );
  return lines;
}

/** True if a person applied the plan after the run. */
function isLater(run: Since["run"]): run is NonNullable<Since["run"]> {
  return run !== undefined && run.appliedAt !== null && run.appliedBy !== "run";
}

function when(instant: Date | null, by: string | null): string {
  return inert([instant === null ? "" : `on ${parisTime(instant)}`, by === null ? "" : `by ${by}`].filter((word) => word !== "").join(" "));
}

function section(title: string, groups: readonly IssueGroup[], paint: (text: string) => string): string[] {
  if (groups.length === 0) return [];
  const lines = [`  ${paint(title)}:`];
  for (const group of groups) {
    lines.push(`    ${counted(group, 5)}`);
    const examples = group.examples.filter((example) => example.locator !== null || example.value !== null).slice(0, 3);
    if (examples.length > 0) lines.push(`            ${examples.map(({ locator, value }) => renderExample(locator, value)).join("; ")}`);
  }
  return lines;
}

/** `3 × originUrl: the link cannot be read`, the number padded to `width`. */
function counted(group: IssueGroup, width = 0): string {
  const message = issueMessage(group.code, group.examples[0]?.params ?? {});
  return `${String(group.count).padStart(width)} × ${group.field ? `${group.field}: ` : ""}${message}`;
}

function renderExample(locator: string | null, value: string | null): string {
  const short = value === null ? null : value.length > 70 ? `${value.slice(0, 70)}…` : value;
  return [locator, short === null ? null : JSON.stringify(short)].filter((part) => part !== null).join(" ");
}

function renderUnmapped(report: RunReport, asides: Asides, colors: Colors): string[] {
  const decided = new Set([...asides.keys()].flatMap(({ examples }) => examples.map(({ params }) => params.vocabulary)));
  const byVocabulary = new Map<string, string[]>();
  for (const { vocabulary, term, count } of report.unmappedTerms) {
    if (decided.has(vocabulary)) continue;
    byVocabulary.set(vocabulary, [...(byVocabulary.get(vocabulary) ?? []), `${JSON.stringify(term)} (${count})`]);
  }
  return [...byVocabulary].map(
    ([vocabulary, terms]) => `  ${colors.yellow("words to map")} in mappings/${report.connector}/${vocabulary}.csv: ${listed(terms)}`,
  );
}

/** Number of shown fields with losses. */
const lossesShown = 6;

function renderLosses({ losses }: RunReport, colors: Colors): string[] {
  if (losses === undefined || losses.groups.length === 0) return [];
  const counts = lossKinds.flatMap((kind) => {
    const total = losses.totals[kind];
    return total === undefined || total.lost === 0 ? [] : lossCount(kind, total);
  });
  const more = losses.groups.length - lossesShown;
  return [
    `  ${colors.yellow("lost")}: in none of the fields of the aid, of ${losses.measured} compared ${losses.measured === 1 ? "record" : "records"}: ${counts.join(", ")}`,
    ...losses.groups.slice(0, lossesShown).map((group) => `    ${inert(lossMessage(group))}`),
    ...(more > 0 ? [`    and ${more} more ${more === 1 ? "field" : "fields"} (--json lists them)`] : []),
  ];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).join(", ");
  return names.length > namesShown ? `${shown} and ${names.length - namesShown} more` : shown;
}

/** Renders one line per run, those that need a person first, then those with rejects or warnings. */
export function renderSummary(reports: readonly RunReport[], colors: Colors): string {
  const width = Math.max(...reports.map((report) => report.connector.length), 9);
  const sorted = [...reports].sort((a, b) => weight(a) - weight(b) || (a.connector < b.connector ? -1 : 1));
  const numbers = (report: RunReport) => [
    report.counts.received,
    report.counts.rejected,
    report.counts.created,
    report.counts.updated,
    report.counts.unchanged,
    report.counts.withdrawn,
    report.counts.missing,
    report.counts.proposals,
  ];
  const header = ["received", "rejected", "created", "updated", "unchanged", "withdrawn", "missing", "proposed"]
    .map((title) => title.padStart(10))
    .join("");
  const lines = [colors.bold(`${"connector".padEnd(width)}${header}  outcome`)];
  for (const report of sorted) {
    const isGood = goodOutcomes.has(report.outcome);
    const paint = !isGood ? colors.red : isToLookAt(figuresOf(report)) ? colors.yellow : (text: string) => text;
    const warnings = report.warnings.length;
    const noted = warnings === 0 ? "" : `, ${warnings === 1 ? "1 warning" : `${warnings} warnings`}`;
    const cells = numbers(report)
      .map((count) => String(count).padStart(10))
      .join("");
    lines.push(`${report.connector.padEnd(width)}${cells}  ${paint(`${report.outcome}${noted}`)}`);
  }
  lines.push(verdictOf(reports));
  return lines.join("\n");
}

/** `24 runs: 10 well, 14 with rejects or warnings.` */
function verdictOf(reports: readonly RunReport[]): string {
  const [bad = 0, look = 0, well = 0] = [0, 1, 2].map((one) => reports.filter((report) => weight(report) === one).length);
  const runs = reports.length === 1 ? "1 run" : `${reports.length} runs`;
  if (bad + look === 0) return `${runs}, all well.`;
  const parts = [
    ...(well > 0 ? [`${well} well`] : []),
    ...(look > 0 ? [`${look} with rejects or warnings`] : []),
    ...(bad > 0 ? [bad === 1 ? "1 needs a person" : `${bad} need a person`] : []),
  ];
  return `${runs}: ${parts.join(", ")}.`;
}

function weight(report: RunReport): number {
  if (!goodOutcomes.has(report.outcome)) return 0;
  return isToLookAt(figuresOf(report)) ? 1 : 2;
}

function figuresOf({ outcome, counts, warnings }: RunReport): RunFigures {
  return { outcome, rejected: counts.rejected, warnings: warnings.length };
}

/** Returns a report for `--json`: codes with their messages; an issue that is set aside has until when, by whom and why. */
export function reportJson(report: RunReport, asides: Asides): Record<string, unknown> {
  return {
    ...report,
    guards: report.guards.map(withMessage),
    warnings: report.warnings.map(withMessage),
    error: report.error && { ...report.error, message: runErrorMessage(report.error.code, report.error.params) },
    issues: report.issues.map((group) => ({
      ...group,
      examples: group.examples.map(({ locator, value, params }) => ({ locator, value, message: issueMessage(group.code, params) })),
      ...setAsideJson(asides.get(group)),
    })),
  };
}

/** Returns the JSON properties of an issue or warning that is set aside. Returns no properties for others. */
export function setAsideJson(aside: SetAside | null | undefined): { readonly setAside?: Pick<SetAside, "until" | "by" | "reason"> } {
  if (!aside) return {};
  const { until, by, reason } = aside;
  return { setAside: { until, by, reason } };
}

function withMessage(finding: GuardFinding): GuardFinding & { readonly message: string } {
  return { ...finding, message: guardMessage(finding) };
}

/** Describes a dataset in one line, with the portal's texts unchanged. */
function datasetInWords({ title, organisation, licence, frequency, file, fileChangedAt }: PortalDataset): string {
  const said = [
    title ?? "without title",
    organisation !== null && `of ${organisation}`,
    `licence ${licence ?? "not given"}`,
    frequency !== null && `changes ${frequency}`,
    file !== null && `file ${JSON.stringify(file)}`,
    fileChangedAt !== null && `of ${fileChangedAt}`,
  ];
  return said.filter((part) => part !== false).join(", ");
}
