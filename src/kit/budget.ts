import { z } from "zod";
import { defaultBudget, type RunBudget } from "../model/run/run-budget.ts";

const amount = z.number().positive().optional();
const count = z.int().positive().optional();

/** Budgets of a connector's runs that differ from the defaults: see `defaultBudget`. */
export const Budget = z.strictObject({
  seconds: amount,
  cpuSeconds: amount,
  downloadMegabytes: amount,
  decodedMegabytes: amount,
  pages: count,
  records: count,
  rejects: count,
  memoryMegabytes: amount,
});

/** The parts of a connector that set budgets. */
interface BudgetedConnector {
  readonly budget?: z.output<typeof Budget> | undefined;
  readonly feed: { readonly maxMegabytes?: number | undefined; readonly maxPages?: number | undefined };
}

/** Returns the budget of a connector's runs. `processMemoryMb`: the memory that a run's process may use if the connector says nothing. */
export function budgetOf(
  { budget = {}, feed: { maxMegabytes, maxPages } }: BudgetedConnector,
  processMemoryMb: number = defaultBudget.memoryMegabytes,
): RunBudget {
  const earlierNames = { downloadMegabytes: maxMegabytes, pages: maxPages };
  const declared = Object.entries({ ...earlierNames, ...budget }).filter(([, limit]) => limit !== undefined);
  return { ...defaultBudget, memoryMegabytes: processMemoryMb, ...(Object.fromEntries(declared) as Partial<RunBudget>) };
}
