import { userInfo } from "node:os";
import pg from "pg";

/**
 * Returns a client class with a connection timeout. If its idle connection breaks, the next query fails; without a listener for errors, the
 * process would end. The timeout is not set on the pool, where it would also limit the wait for a free connection.
 */
export function postgresqlClient(connectionTimeoutMillis: number): new () => pg.ClientBase {
  class PostgresqlClient extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionTimeoutMillis });
      this.on("error", () => undefined);
    }
  }
  return PostgresqlClient;
}

/** Default of `MOISSON_LOCK_SECONDS`. */
export const defaultLeaseSeconds = 30;

/** Limits for a process of ours that is frozen, or a statement that hangs, so that they block nobody for long. In seconds. */
export interface SessionLimits {
  /** How long a transaction may wait for its process. The server then closes the connection and rolls back. */
  readonly idleInTransaction: number;
  /** How long a statement may wait for a lock. Whoever holds it is at work, because idle transactions are rolled back. */
  readonly lock: number;
  /** How long a statement may take, such as one piece of a COPY. */
  readonly statement: number;
}

/** Returns the `options` of a connection: its limits, and other settings of the server by name. */
export function sessionOptions(limits: SessionLimits, settings: Readonly<Record<string, string>> = {}): string {
  const all = {
    idle_in_transaction_session_timeout: `${limits.idleInTransaction}s`,
    lock_timeout: `${limits.lock}s`,
    statement_timeout: `${limits.statement}s`,
    ...settings,
  };
  return Object.entries(all)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
}

/** Returns after how many seconds a process without a sign of life counts as lost: later than the queue gives its job to another. */
export function lostAfterSeconds(leaseSeconds: number): number {
  return leaseSeconds * 1.5;
}

/** Adds the system user to an address without one, as PostgreSQL's own programs do. Throws `TypeError` for an invalid address. */
export function postgresqlAddress(url: string): string {
  const address = new URL(url);
  if (address.username === "" && !process.env.PGUSER) address.username = encodeURIComponent(userInfo().username);
  return address.href;
}
