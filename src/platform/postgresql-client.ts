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

/** Adds the system user to an address without one, as PostgreSQL's own programs do. Throws `TypeError` for an invalid address. */
export function postgresqlAddress(url: string): string {
  const address = new URL(url);
  if (address.username === "" && !process.env.PGUSER) address.username = encodeURIComponent(userInfo().username);
  return address.href;
}
