import { truncate } from "../../french/typography.ts";
import type { MemorySinks } from "../../ingest/ingest-records.ts";
import { compileConnector } from "../../ingest/map/compile-connector.ts";
import { readName } from "../../ingest/map/map-record.ts";
import { ValueTally } from "../../ingest/plan/tally-values.ts";
import { checkValues } from "../../ingest/plan/value-guards.ts";
import type { Connector } from "../../kit/definition.ts";
import { isRecord } from "../../kit/expressions/field-path.ts";
import type { TermLookup } from "../../kit/rules/rule-context.ts";
import type { AidContent } from "../../model/aid/aid.ts";
import type { Issue } from "../../model/issue.ts";
import { faultKindOf } from "../../model/letter/fault-kinds.ts";
import type { AnnexLine } from "../../model/letter/letter.ts";
import type { GuardFinding } from "../../model/plan/guard.ts";
import type { AidLink } from "../../model/publisher/link-verdict.ts";
import type { IssueGroup } from "../../model/run/run-report.ts";
import { columnOf } from "../letters/write-letter.ts";

const maxTitleLength = 200;

/** Sinks that collect the anomalies of a feed while it is read. */
export interface CollectedLines extends MemorySinks {
  lines(): readonly AnnexLine[];
  /** False if there are more anomalies than lines. */
  isWhole(): boolean;
  /** Returns the implausible facts about all values together. `today`: `YYYY-MM-DD`. */
  implausible(today: string): readonly GuardFinding[];
}

/**
 * Collects the anomalies of a feed, record by record, while it is read.
 * @param deadLinks dead links of the connector's aids; a dead link found in the feed becomes a line
 */
export function collectLines(
  { definition, terms }: { readonly definition: Connector; readonly terms: TermLookup },
  deadLinks: readonly AidLink[],
  maxLines: number,
): CollectedLines {
  const lines: AnnexLine[] = [];
  const compiled = compileConnector(definition, terms);
  const dead = new Set(deadLinks.map(({ externalId, field, url }) => linkKey(externalId, field, url)));
  let count = 0;
  const columns = new Map<string | null, string | null>();
  const columnNamed = (field: string | null) => {
    if (!columns.has(field)) columns.set(field, columnOf(definition, field));
    return columns.get(field) ?? null;
  };
  const values = new ValueTally();
  const seen = new Set<string>();
  const note = (found: AnnexLine) => {
    if (faultKindOf(found.code) === null) return;
    const from = found.params.from ?? columnNamed(found.field);
    const line = from === null ? found : { ...found, params: { ...found.params, from } };
    // Two aid fields read from the same feed field count as one anomaly.
    const key = from === null ? null : JSON.stringify([line.place, line.code, from, line.value]);
    if (key !== null && (seen.has(key) || seen.size >= maxLines * 2)) return;
    if (key !== null) seen.add(key);
    count++;
    if (lines.length < maxLines) lines.push(line);
  };
  return {
    lines: () => lines,
    isWhole: () => count === lines.length,
    implausible: (today) => checkValues(values.figures(today)),
    async stage(aids) {
      for (const { externalId, locator, contentJson, memo } of aids) {
        const content = JSON.parse(contentJson) as Partial<AidContent>;
        values.add(externalId, content);
        if (memo.issues.length === 0 && dead.size === 0) continue;
        const about = { place: locator, externalId, title: titleOf(content.name) };
        for (const found of memo.issues) note({ ...about, ...lineOf(found) });
        for (const field of ["originUrl", "applicationUrl"] as const) {
          const url = content[field];
          if (typeof url === "string" && dead.has(linkKey(externalId, field, url)))
            note({ ...about, code: "dead-link", field, value: url, params: {} });
        }
      }
    },
    async reject(records) {
      for (const { locator, externalId, record, reasons } of records) {
        const title = isRecord(record) ? titleOf(readName(compiled, record)) : null;
        for (const found of reasons) note({ place: locator, externalId, title, ...lineOf(found) });
      }
    },
  };
}

/** Returns lines for anomalies of the header or the whole file, which belong to no record. */
export function linesOfWholeFeed(groups: readonly IssueGroup[], lines: readonly AnnexLine[]): AnnexLine[] {
  const hasLine = ({ code, field }: IssueGroup) => lines.some((line) => line.code === code && line.field === field);
  return groups
    .filter((group) => faultKindOf(group.code) !== null && !hasLine(group))
    .flatMap(({ code, field, examples }) =>
      examples.map(({ locator, value, params }) => ({ place: locator, externalId: null, title: null, code, field, value, params })),
    );
}

function lineOf({ code, field, value, params }: Omit<Issue, "locator">): Pick<AnnexLine, "code" | "field" | "value" | "params"> {
  return { code, field, value, params };
}

function titleOf(name: string | null | undefined): string | null {
  return name === null || name === undefined ? null : truncate(name, maxTitleLength);
}

function linkKey(externalId: string, field: string, url: string): string {
  return JSON.stringify([externalId, field, url]);
}
