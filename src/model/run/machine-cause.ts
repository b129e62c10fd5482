/** What a machine lacked when it could not do a run. Another run of any connector would have failed too. */
export const machineCauses = [
  "disk-full",
  "temporary-disk-full",
  "no-free-connection",
  "database-away",
  "lock-timeout",
  "statement-timeout",
  "transaction-timeout",
  "conflict",
  "memory-short",
  "schema-unknown",
  "system-error",
  "worker-lost",
] as const;

export type MachineCause = (typeof machineCauses)[number];

/**
 * Causes by SQLSTATE, code of the system, or our own reason (`CatalogueRefusal`, a timeout). 42P01, 42703 and 42883: this version does not know the schema. Everything else
 * (a constraint, a syntax error, damaged bytes) is our fault.
 */
const byCode: readonly (readonly [RegExp, MachineCause])[] = [
  [/^(53100|ENOSPC|EDQUOT|disk-full)$/, "disk-full"],
  [/^53300$/, "no-free-connection"],
  [/^55P03$/, "lock-timeout"],
  [/^57014$/, "statement-timeout"],
  [/^25P03$/, "transaction-timeout"],
  [/^(40001|40P01)$/, "conflict"],
  [/^(53200|ENOMEM)$/, "memory-short"],
  [/^(42P01|42703|42883|catalogue-ahead|catalogue-behind)$/, "schema-unknown"],
  [/^(58...|53000|53400|EIO|EROFS|EMFILE|ENFILE|ENOENT|EACCES|EPERM)$/, "system-error"],
  // Codes of the network, of a PostgreSQL that starts, stops, lost the connection or its unlogged tables, and of our own timeouts.
  [/^(E[A-Z_]{3,}|08...|57P0.|connection-lost|timed-out|staged-aids-lost)$/, "database-away"],
];

/** Returns what the machine lacked if an error has this code, or null if the code is not the machine's. */
export function machineCauseOf(code: string): MachineCause | null {
  return byCode.find(([codes]) => codes.test(code))?.[1] ?? null;
}
