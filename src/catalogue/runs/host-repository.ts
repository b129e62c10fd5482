import { sql } from "drizzle-orm";
import type { Store } from "../store.ts";

/** Hosts, and when they may be asked again: every worker keeps to it. */
export class HostRepository {
  constructor(private readonly store: Store) {}

  /** Leaves a host alone for so long: it said so. */
  async rest(host: string, seconds: number): Promise<void> {
    await this.store.rows(sql`
      insert into hosts (host, not_before) values (${host}, clock_timestamp() + make_interval(secs => ${seconds}))
      on conflict (host) do update set not_before = greatest(hosts.not_before, excluded.not_before)`);
  }
}
