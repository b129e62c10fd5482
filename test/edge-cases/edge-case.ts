import type { Bench, Field, Kept } from "./bench.ts";
import type { BytesRun, Fate } from "./run-bytes.ts";

/** One line of the corpus: puts its case into a connector's feed, and says in a few words what came out. */
export interface EdgeCase {
  readonly name: string;
  outcome(bench: Bench): Promise<string>;
}

/** The cell of a case for which a connector has no place. */
export function doesNotApply(why: string): string {
  return `does not apply: ${why}`;
}

/**
 * What became of a record of which some fields are looked at, the first one here: "kept 2024-03-05", "kept, no date + impossible-date", "rejected missing-name", "unreadable html-page".
 * `before`: the record that it was before, where the case has added it.
 */
export function fateInWords(
  bench: Bench,
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
  return [shown(fate), ...newIssues(bench.plain.fates[before], fate, looked)].join(" + ");
}

/** What is said of the first of these fields, and of others that are none of them what was not said before. */
function newIssues(before: Fate | undefined, fate: Kept, [looked, ...others]: readonly Field[]): string[] {
  const said = before?.kind === "kept" ? before.issues.map(({ code, field }) => `${field} ${code}`) : [];
  const codes = fate.issues.flatMap(({ code, field }) => {
    if (field === looked) return [code];
    if (others.some((other) => other === field) || said.includes(`${field} ${code}`)) return [];
    return [field === null ? code : `${code} (${field})`];
  });
  return [...new Set(codes)];
}

/** Outcomes of several fields as one: once where they are the same. */
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
