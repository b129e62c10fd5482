import { type BudgetName, type BudgetUse, budgetNames } from "../model/run/run-budget.ts";
import type { RunReport } from "../model/run/run-report.ts";

type Sentence = (use: BudgetUse) => string;

const sentences: Record<BudgetName, Sentence> = {
  seconds: ({ used, limit }) => `${used} of ${limit} s`,
  cpuSeconds: ({ used, limit }) => `CPU ${used} of ${limit} s`,
  downloadMegabytes: ({ used, limit }) => `${used} of ${limit} MB downloaded`,
  decodedMegabytes: ({ used, limit }) => `${used} of ${limit} MB decoded`,
  pages: ({ used, limit }) => `${used} of ${limit} pages`,
  records: ({ used, limit }) => `${used} of ${limit} records`,
  rejects: ({ used, limit }) => (used > limit ? `${used} rejects, of which the first ${limit} are kept` : `${used} of ${limit} rejects`),
  memoryMegabytes: ({ used, limit }) => `${used} of ${limit} MB of memory for this run`,
};

/** Returns what a run used of its budget, without resources that it did not use. */
export function budgetUses(budget: NonNullable<RunReport["budget"]>): string[] {
  return budgetNames.flatMap((name) => {
    const use = budget[name];
    return use === undefined || use.used === 0 ? [] : [sentences[name](use)];
  });
}
