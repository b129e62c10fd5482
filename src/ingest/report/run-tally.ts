import { aidFields } from "../../model/aid/aid.ts";
import { BitCounts } from "../../model/bit-set.ts";
import type { Issue, IssueCode } from "../../model/issue.ts";
import type { Memo } from "../../model/plan/plan.ts";
import type { FeedShape, IssueGroup, RunReport } from "../../model/run/run-report.ts";
import { LossTally } from "./loss-tally.ts";

/** Maximum number of examples per issue group. */
const maxExamples = 5;
/** Maximum number of distinct terms, fields, reasons and issue groups. A hostile feed may contain a million. */
const maxNames = 2000;
/** Replaces further reasons and fields. */
const otherNames = "…";

type GroupBeingCounted = IssueGroup & { count: number; readonly examples: IssueGroup["examples"][number][] };
type IssueGroups = Map<string, GroupBeingCounted>;

/** Counts the records of a run in constant memory. */
export class RunTally {
  received = 0;
  rejected = 0;
  valid = 0;
  /** Valid records that are unchanged and were not mapped again. */
  recalled = 0;
  announced: number | null = null;
  readonly #skippedBy = new Map<string, number>();
  readonly #groups: IssueGroups = new Map();
  readonly #unmapped = new Map<string, { vocabulary: string; term: string; count: number }>();
  /** Fields that occur in the feed. */
  readonly seenFields = new Set<string>();
  readonly losses = new LossTally();
  readonly #filled = new BitCounts();
  readonly #paths = new BitCounts();
  #withPaths = 0;

  get skipped(): number {
    let sum = 0;
    for (const count of this.#skippedBy.values()) sum += count;
    return sum;
  }

  skip(reason: string, count: number): void {
    const kept = this.#skippedBy.has(reason) || this.#skippedBy.size < maxNames ? reason : otherNames;
    this.#skippedBy.set(kept, (this.#skippedBy.get(kept) ?? 0) + count);
  }

  /** Records which fields occur in the feed. */
  see(names: readonly string[]): void {
    for (const name of names) {
      if (!this.seenFields.has(name) && this.seenFields.size < maxNames) this.seenFields.add(name);
    }
  }

  addIssues(issues: readonly Issue[]): void {
    addAll(issues, this.#groups);
  }

  /** Counts a valid aid with its memo. `locator` is the current place of its record, for its issues. */
  addValid(memo: Memo, locator: string): void {
    this.valid++;
    for (const found of memo.issues) addTo(this.#groups, found, locator);
    for (const [vocabulary, term] of memo.unmapped) {
      const key = `${vocabulary}\u0000${term}`;
      const known = this.#unmapped.get(key);
      if (known) known.count++;
      else if (this.#unmapped.size < maxNames) this.#unmapped.set(key, { vocabulary, term, count: 1 });
    }
    this.#filled.add(memo.filled);
    if (memo.paths !== undefined) this.seePaths(memo.paths, 1);
  }

  /** Returns the number of issues with this code. */
  countOf(code: IssueCode): number {
    let sum = 0;
    for (const group of this.#groups.values()) if (group.code === code) sum += group.count;
    return sum;
  }

  /** Counts the filled paths of records. `bits`: see `Memo.paths`. */
  seePaths(bits: string, count: number): void {
    this.#paths.add(bits, count);
    this.#withPaths += count;
  }

  /** Returns how many records fill each path. `paths`: the paths that the connector reads, in the order of `Memo.paths`. */
  shape(paths: readonly string[]): FeedShape {
    return { records: this.#withPaths, filled: Object.fromEntries(paths.map((path, index) => [path, this.#paths.of(index)])) };
  }

  /**
   * Returns the counts for the report. The most severe and most frequent issues come first. `feedIssues` are issues that are known only at
   * the end of the feed.
   */
  summary(feedIssues: readonly Issue[]): Pick<RunReport, "skippedBy" | "issues" | "unmappedTerms" | "fillRates"> {
    const weight = { error: 0, warning: 1, info: 2 };
    return {
      skippedBy: Object.fromEntries([...this.#skippedBy].sort((a, b) => b[1] - a[1])),
      issues: [...addAll(feedIssues, new Map(this.#groups)).values()].sort(
        (a, b) => weight[a.severity] - weight[b.severity] || b.count - a.count || (a.code < b.code ? -1 : 1),
      ),
      unmappedTerms: [...this.#unmapped.values()].sort((a, b) => b.count - a.count || (a.term < b.term ? -1 : 1)),
      fillRates: this.#fillRates(),
    };
  }

  #fillRates(): Record<string, number> {
    const rate = (count: number) => (this.valid === 0 ? 0 : Math.round((count / this.valid) * 10_000) / 10_000);
    return Object.fromEntries(aidFields.map((field, i) => [field, rate(this.#filled.of(i))]));
  }
}

function addTo(groups: IssueGroups, found: Omit<Issue, "locator">, locator: string | null): void {
  const group = groupOf(groups, found);
  group.count++;
  if (group.examples.length < maxExamples) group.examples.push({ locator, value: found.value, params: found.params });
}

function groupOf(groups: IssueGroups, { code, field, severity }: Omit<Issue, "locator">): GroupBeingCounted {
  const keyOf = (name: string | null) => `${code}\u0000${name}\u0000${severity}`;
  const known = groups.get(keyOf(field)) ?? (groups.size < maxNames ? undefined : groups.get(keyOf(otherNames)));
  if (known !== undefined) return known;
  const shown = groups.size < maxNames ? field : otherNames;
  const group = { code, field: shown, severity, count: 0, examples: [] };
  groups.set(keyOf(shown), group);
  return group;
}

function addAll(issues: readonly Issue[], groups: IssueGroups): IssueGroups {
  for (const found of issues) addTo(groups, found, found.locator);
  return groups;
}
