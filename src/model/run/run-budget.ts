/** Default of each budget of a run. The names are the keys of a connector's `budget`. */
export const defaultBudget = {
  /** Wall time. */
  seconds: 3600,
  /** CPU time of the run's process, all threads together. */
  cpuSeconds: 1800,
  /** Downloaded bytes of all pages together, without their content encoding. */
  downloadMegabytes: 512,
  /** Bytes of the feed out of its archive. */
  decodedMegabytes: 2048,
  pages: 1000,
  records: 2_000_000,
  /** Rejected records that are stored. Further ones are only counted: this is the only budget that does not end a run. */
  rejects: 10_000,
  /** Memory of the run's process. */
  memoryMegabytes: 1000,
} as const satisfies Record<string, number>;

/** A resource that runs have a budget of. */
export type BudgetName = keyof typeof defaultBudget;

/** How much a run may use of each resource. */
export type RunBudget = Readonly<Record<BudgetName, number>>;

/** All budgets, in the order in which reports show them. */
export const budgetNames = Object.keys(defaultBudget) as readonly BudgetName[];

/** What a run used of a resource, and its budget. */
export interface BudgetUse {
  readonly used: number;
  readonly limit: number;
}

export const bytesPerMegabyte = 1024 ** 2;
