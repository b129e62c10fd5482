import type { Field, Harness, Kept } from "./harness.ts";
import type { BytesRun, Fate } from "./run-bytes.ts";

/** A case: changes a connector's feed and describes the result in a few words. */
export interface EdgeCase {
  readonly name: string;
  outcome(harness: Harness): Promise<string>;
}

/** Returns the outcome of a case that does not apply to a connector. */
export function doesNotApply(why: string): string {
  return `does not apply: ${why}`;
}

/**
 * Describes the outcome of a record for some fields: "kept 2024-03-05", "kept, no date + impossible-date", "rejected missing-name",
 * "unreadable html-page". `before`: the outcome of the record that the case copied.
 */
export function fateInWords(
  harness: Harness,
  run: BytesRun,
  index: number,
  looked: readonly Field[],
  shown: (kept: Kept) => string,
  before = index,
): string {
  if (run.error !== null) return `${run.error.outcome} ${run.error.code}`;
  const fate = run.fates[index];
  if (fate === undefined) return "lost";
  if (fate.kind === "skipped") return `skipped: ${fate.reason}`;
  if (fate.kind === "rejected") return `rejected ${fate.codes.join(", ")}`;
  return [shown(fate), ...newIssues(harness.plain.fates[before], fate, looked)].join(" + ");
}

/** Returns the issues of the first field, and new issues of fields outside the list. */
function newIssues(before: Fate | undefined, fate: Kept, [looked, ...others]: readonly Field[]): string[] {
  const said = before?.kind === "kept" ? before.issues.map(({ code, field }) => `${field} ${code}`) : [];
  const codes = fate.issues.flatMap(({ code, field }) => {
    if (field === looked) return [code];
    if (others.some((other) => other === field) || said.includes(`${field} ${code}`)) return [];
    return [field === null ? code : `${code} (${field})`];
  });
  return [...new Set(codes)];
}

/** Merges the outcomes of several fields; equal outcomes appear once. */
export function together(outcomes: ReadonlyMap<string, string>): string {
  const distinct = new Set(outcomes.values());
  const [only] = distinct;
  if (distinct.size === 1 && only !== undefined) return only;
  return [...distinct]
    .map(
      (words) =>
        `${[...outcomes]
          .filter(([, said]) => said === words)
          .map(([field]) => field)
          .join(", ")}: ${words}`,
    )
    .join("; ");
}
