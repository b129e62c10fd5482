import { userInfo } from "node:os";
import pg from "pg";

/**
 * A client that gives up connecting after a while, and whose connection may break while nobody asks anything of it: who asks next finds out. Without a listener
 * the driver ends the process. (Said to a pool, the limit would also end the patience of whoever waits for a free connection.)
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

/** An address with the name of who runs us where it has none, as PostgreSQL's own programs take it. Throws `TypeError` where it is no address. */
export function postgresqlAddress(url: string): string {
  const address = new URL(url);
  if (address.username === "" && !process.env.PGUSER) address.username = encodeURIComponent(userInfo().username);
  return address.href;
}
