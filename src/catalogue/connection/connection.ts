import type { Store } from "../store.ts";

/** A database that is open. */
export interface Connection {
  readonly kind: "embedded" | "postgresql";
  readonly store: Store;
  /** For what must get through while `store` is busy. The embedded database has one connection for all. */
  readonly heartbeats?: Store;
  close(): Promise<void>;
}

/** A schema name that can stand unquoted in a search_path. @throws TypeError */
export function checkSchemaName(schema: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) throw new TypeError(`Not a schema name: ${schema}`);
  return schema;
}
