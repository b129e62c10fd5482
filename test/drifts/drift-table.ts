import type { DriftKind } from "./drift-kind.ts";
import { type DriftResult, type Fate, fates } from "./run-drift.ts";

/** The result of a kind on a feed. `result`: null if the kind does not fit. */
export interface DriftCase {
  readonly kind: string;
  readonly feed: string;
  readonly isPublished: boolean;
  readonly share: number;
  readonly result: DriftResult | null;
}

/** Returns a table of kinds and feeds. */
export function table(kinds: readonly DriftKind[], feeds: readonly string[], cases: readonly DriftCase[]): string {
  const head = `| drift | share | ${feeds.join(" | ")} |\n| --- | ---: |${" --- |".repeat(feeds.length)}`;
  const lines = kinds.flatMap(({ id, says }) => {
    const own = cases.filter(({ kind }) => kind === id);
    const cells = feeds.map((feed) => cell(own.find((found) => found.feed === feed)?.result ?? null));
    const share = own[0] === undefined ? "" : `${Math.round(100 * own[0].share)} %`;
    return own.every(({ result }) => result === null) ? [] : [`| ${id}: ${says} | ${share} | ${cells.join(" | ")} |`];
  });
  return [head, ...lines].join("\n");
}

function cell(result: DriftResult | null): string {
  if (result === null) return "";
  const { fate, night, isUndoExact } = result;
  const name = fate === "silent" ? "SILENT" : fate;
  return `${name}${fate === "held" && night > 1 ? ` night ${night}` : ""}${isUndoExact ? "" : ", UNDO NOT EXACT"}`;
}

/** Returns the number of cases for each result, by feed and in all. The share leaves out cases with the fate `same`. */
export function totals(feeds: readonly string[], cases: readonly DriftCase[]): string {
  const head = `| feed | cases |${fates.map((fate) => ` ${fate} |`).join("")} held, proposed or mended | undo not exact |\n| --- | ---: |${" ---: |".repeat(fates.length + 2)}`;
  const line = (name: string, of: readonly DriftCase[]) => {
    const results = of.flatMap(({ result }) => result ?? []);
    const counts = fates.map((fate) => countOf(results, fate));
    const caught = countOf(results, "held") + countOf(results, "proposed") + countOf(results, "mended");
    const effective = results.length - countOf(results, "same");
    const share = effective === 0 ? "" : `${((100 * caught) / effective).toFixed(1)} %`;
    return `| ${[name, results.length, ...counts, share, results.filter(({ isUndoExact }) => !isUndoExact).length].join(" | ")} |`;
  };
  return [
    head,
    ...feeds.map((feed) =>
      line(
        feed,
        cases.filter((found) => found.feed === feed),
      ),
    ),
    line("all", cases),
  ].join("\n");
}

function countOf(results: readonly DriftResult[], fate: Fate): number {
  return results.filter((result) => result.fate === fate).length;
}
