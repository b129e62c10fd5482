import type { Store } from "../store.ts";
import type { SharedDatabase } from "./shared-database.ts";

/** An open database. */
export interface Connection {
  readonly kind: "embedded" | "postgresql";
  readonly store: Store;
  /** A separate connection for heartbeats, which must not wait while `store` is busy. The embedded database has only one connection. */
  readonly heartbeats?: Store;
  /** Lets another process use the embedded database by messages. */
  readonly share?: () => SharedDatabase;
  close(): Promise<void>;
}

/**
 * Returns the name if it needs no quotes in a search_path.
 * @throws TypeError
 */
export function checkSchemaName(schema: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) throw new TypeError(`Not a schema name: ${schema}`);
  return schema;
}
