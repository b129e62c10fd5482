import type pc from "picocolors";
import { goodOutcomes } from "../aid/run-error.ts";
import type { IssueGroup, RunReport } from "../aid/run-report.ts";
import { guardMessage, issueMessage, outcomeMessage, runErrorMessage } from "../texts/en.ts";

type Colors = ReturnType<typeof pc.createColors>;

/** Terms and fields shown by name before "and N more". */
const namesShown = 8;

/** One run as ops read it in the morning: what happened, why, what it did, then what to look at, most weighty first. */
export function renderReport(report: RunReport, publisher: string, colors: Colors): string {
  const lines: string[] = [];
  const good = goodOutcomes.has(report.outcome);
  const paint = good ? (report.counts.rejected > 0 ? colors.yellow : colors.green) : colors.red;
  lines.push(`${colors.bold(report.connector)} (${publisher}): ${paint(outcomeMessage(report.outcome))}`);
  for (const finding of report.guards) lines.push(`  ${colors.red("held because")}  ${guardMessage(finding)}`);
  if (report.error) lines.push(`  ${colors.red("because")}       ${runErrorMessage(report.error.code, report.error.params)}`);

  const { counts } = report;
  lines.push(`  feed          ${renderFeed(report)}`);
  if (counts.received > 0 || report.error === null) {
    lines.push(
      `  records       ${counts.received} received = ${counts.valid} valid + ${counts.rejected} rejected + ${counts.skipped} skipped`,
    );
    for (const [reason, count] of Object.entries(report.skippedBy)) lines.push(`                ${count} skipped: ${reason}`);
    lines.push(`  catalogue     ${renderChanges(report)}`);
  }
  lines.push(
    `  run           ${report.runId}, ${(report.durationMs / 1000).toFixed(1)} s, ${report.peakRssMb} MB${report.now ? `, now fixed at ${report.now}` : ""}`,
  );
  lines.push(
    ...section(
      "rejected",
      report.issues.filter((group) => group.severity === "error"),
      colors.red,
    ),
  );
  lines.push(
    ...section(
      "to look at",
      report.issues.filter((group) => group.severity === "warning" && group.code !== "unmapped-term"),
      colors.yellow,
    ),
  );
  lines.push(...renderUnmapped(report, colors));
  if (report.unreadFields.length > 0) {
    lines.push(`  ${colors.yellow("not read")}: fields of the feed that nobody has decided on: ${listed(report.unreadFields)}`);
  }
  lines.push(
    ...section(
      "for your information",
      report.issues.filter((group) => group.severity === "info"),
      colors.dim,
    ),
  );
  return lines.join("\n");
}

function renderFeed({ feed }: RunReport): string {
  const from = feed.file ?? feed.url ?? "none";
  const size = feed.bytes === null ? "" : `, ${renderBytes(feed.bytes)}`;
  return `${from}${size}${feed.sha256 ? `, snapshot ${feed.sha256.slice(0, 12)}` : ""}`;
}

function renderBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function renderChanges({ counts, outcome }: RunReport): string {
  const done = outcome === "applied" || outcome === "applied-with-rejects" || outcome === "unchanged";
  const words: [number, string][] = [
    [counts.created, "created"],
    [counts.updated, "updated"],
    [counts.restored, "restored"],
    [counts.unchanged, "unchanged"],
    [counts.ignored, "ignored (rejected or merged by a person)"],
    [counts.missing, "held but no longer in the feed"],
    [counts.withdrawn, "withdrawn"],
  ];
  const said = words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return `${done ? "" : "would be: "}${said.length === 0 ? "nothing to do" : said.join(", ")}`;
}

function section(title: string, groups: readonly IssueGroup[], paint: (text: string) => string): string[] {
  if (groups.length === 0) return [];
  const lines = [`  ${paint(title)}:`];
  for (const group of groups) {
    const [first] = group.examples;
    const message = issueMessage(group.code, first?.params ?? {});
    lines.push(`    ${String(group.count).padStart(5)} × ${group.field ? `${group.field}: ` : ""}${message}`);
    const examples = group.examples.filter((example) => example.locator !== null || example.value !== null).slice(0, 3);
    if (examples.length > 0) lines.push(`            ${examples.map(({ locator, value }) => renderExample(locator, value)).join("; ")}`);
  }
  return lines;
}

function renderExample(locator: string | null, value: string | null): string {
  const short = value === null ? null : value.length > 70 ? `${value.slice(0, 70)}…` : value;
  return [locator, short === null ? null : JSON.stringify(short)].filter((part) => part !== null).join(" ");
}

function renderUnmapped(report: RunReport, colors: Colors): string[] {
  const byVocabulary = new Map<string, string[]>();
  for (const { vocabulary, term, count } of report.unmappedTerms) {
    byVocabulary.set(vocabulary, [...(byVocabulary.get(vocabulary) ?? []), `${JSON.stringify(term)} (${count})`]);
  }
  return [...byVocabulary].map(
    ([vocabulary, terms]) => `  ${colors.yellow("words to map")} in mappings/${report.connector}/${vocabulary}.csv: ${listed(terms)}`,
  );
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).join(", ");
  return names.length > namesShown ? `${shown} and ${names.length - namesShown} more` : shown;
}

/** All runs of a night, a line each, those that need a person first. */
export function renderSummary(reports: readonly RunReport[], colors: Colors): string {
  const width = Math.max(...reports.map((report) => report.connector.length), 9);
  const sorted = [...reports].sort((a, b) => weight(a) - weight(b) || (a.connector < b.connector ? -1 : 1));
  const numbers = (report: RunReport) => [
    report.counts.received,
    report.counts.rejected,
    report.counts.created,
    report.counts.updated,
    report.counts.unchanged,
    report.counts.missing,
  ];
  const header = ["received", "rejected", "created", "updated", "unchanged", "missing"].map((title) => title.padStart(10)).join("");
  const lines = [colors.bold(`${"connector".padEnd(width)}${header}  outcome`)];
  for (const report of sorted) {
    const paint = goodOutcomes.has(report.outcome) ? (text: string) => text : colors.red;
    const cells = numbers(report)
      .map((count) => String(count).padStart(10))
      .join("");
    lines.push(`${report.connector.padEnd(width)}${cells}  ${paint(report.outcome)}`);
  }
  const bad = reports.filter((report) => !goodOutcomes.has(report.outcome)).length;
  lines.push(bad === 0 ? `${reports.length} runs, all well.` : `${reports.length} runs, ${bad} need a person.`);
  return lines.join("\n");
}

function weight(report: RunReport): number {
  if (!goodOutcomes.has(report.outcome)) return 0;
  return report.counts.rejected > 0 ? 1 : 2;
}
