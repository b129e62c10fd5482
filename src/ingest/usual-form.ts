import type { Connector } from "../kit/definition.ts";
import type { Rule } from "../kit/field-rules.ts";
import { pathsOfRule } from "../kit/rules/rule-paths.ts";
import { holdingGuards, type ShiftKind, shiftKinds } from "../model/plan/guard.ts";
import type { FeedShape, RunReport } from "../model/run/run-report.ts";
import { parisDay } from "../model/text/paris-day.ts";
import { readPaths } from "./map/account-fields.ts";
import { isUsuallyFilled, leastFilled } from "./plan/missing-paths.ts";

/** Number of applied runs that show the usual form of a feed. */
export const usualRuns = 3;

/** Lowest and highest share in the runs, 0 to 1. */
type Range = readonly [low: number, high: number];

/** What the last applied runs of a connector have in common. */
export interface UsualForm {
  /** Newest first. */
  readonly runs: readonly { readonly day: string; readonly records: number; readonly valid: number }[];
  /**
   * In the order of the definition. `fields`: fields of the aid that the path fills; empty if only a condition reads it. `filled`: share of
   * the records; null if no run measured the path.
   */
  readonly paths: readonly {
    readonly path: string;
    readonly fields: readonly string[];
    readonly filled: Range | null;
    /** What happens if the path is missing. `nothing`: it may be empty. */
    readonly ifMissing: "holds" | "warns" | "nothing";
  }[];
  /** Share of the known aids that changed in each way. Empty if no run measured it. */
  readonly shifts: readonly { readonly kind: ShiftKind; readonly changed: Range }[];
}

/** Returns the usual form of a connector's feed. `reports`: its last applied runs, newest first. */
export function usualFormOf(
  definition: Connector,
  reports: readonly { readonly report: RunReport; readonly appliedAt: Date }[],
): UsualForm {
  const shapes = reports.flatMap(({ report: { shape } }) => shape ?? []);
  const measured = shapes.flatMap(({ shifts }) => (shifts === undefined || shifts.of === 0 ? [] : shifts));
  return {
    runs: reports.map(({ report, appliedAt }) => ({
      day: parisDay(appliedAt),
      records: report.counts.received,
      valid: report.counts.valid,
    })),
    paths: [...readPaths(definition)].map((path) => ({
      path,
      fields: (Object.entries(definition.fields) as [string, Rule][]).flatMap(([field, rule]) =>
        pathsOfRule(rule).includes(path) ? [field] : [],
      ),
      ifMissing: ifMissing(definition, shapes, path),
      filled: rangeOf(
        shapes.flatMap(({ records, filled: { [path]: filled } }) => (filled === undefined || records === 0 ? [] : [filled / records])),
      ),
    })),
    shifts: shiftKinds.flatMap((kind) => {
      const changed = rangeOf(measured.map((shifts) => (shifts[kind] ?? 0) / shifts.of));
      return changed === null ? [] : [{ kind, changed }];
    }),
  };
}

function ifMissing({ decode, guards }: Connector, shapes: readonly FeedShape[], path: string): UsualForm["paths"][number]["ifMissing"] {
  if (guards.paths !== undefined && guards.paths >= 1) return "nothing";
  const before = leastFilled(shapes, path);
  if (before === null) return "nothing";
  return decode.format === "csv" || decode.format === "excel" || isUsuallyFilled(before, guards) ? "holds" : "warns";
}

/** Returns what a person can loosen: the paths that the connector reads, and the guards that hold plans. */
export function loosenable(definition: Connector): readonly string[] {
  return [...readPaths(definition), ...holdingGuards];
}

function rangeOf(shares: readonly number[]): Range | null {
  return shares.length === 0 ? null : [Math.min(...shares), Math.max(...shares)];
}
