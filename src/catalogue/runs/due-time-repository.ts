import { sql } from "drizzle-orm";
import type { Store } from "../store.ts";

/** Which set times were seen to: of many workers that find something due, one does it. */
export class DueTimeRepository {
  constructor(private readonly store: Store) {}

  /** True for exactly one caller for each `due` of a name; false also where a later one was seen to. */
  async claim(name: string, due: Date): Promise<boolean> {
    const claimed = await this.store.rows(sql`
      insert into due_times (name, done_for) values (${name}, ${due.toISOString()}::timestamptz)
      on conflict (name) do update set done_for = excluded.done_for where due_times.done_for < excluded.done_for returning 1`);
    return claimed.length > 0;
  }

  /** Name -> the last time that was seen to. */
  async list(): Promise<ReadonlyMap<string, Date>> {
    const found = await this.store.rows<{ name: string; doneFor: string }>(sql`select name, done_for::text as "doneFor" from due_times`);
    return new Map(found.map(({ name, doneFor }) => [name, new Date(doneFor)]));
  }
}
