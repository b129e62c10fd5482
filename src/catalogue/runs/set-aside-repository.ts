import { sql } from "drizzle-orm";
import type { SetAside } from "../../model/run/set-aside.ts";
import { isoInstant, type Store } from "../store.ts";

/** Known issues, warnings about silent connectors and decisions that ops have set aside. */
export class SetAsideRepository {
  constructor(private readonly store: Store) {}

  /** Sets something aside, replacing an earlier entry for the same thing. */
  async add(aside: SetAside): Promise<void> {
    const { id, connector, what, issueCode, field, upTo, until, reason, by, at, assignedTo = null } = aside;
    await this.store.transaction(async (transaction) => {
      await transaction.rows(sql`
        delete from set_asides where connector = ${connector} and what = ${what} and issue_code is not distinct from ${issueCode}::text
          and field is not distinct from ${field}::text`);
      await transaction.rows(sql`
        insert into set_asides (id, connector, what, issue_code, field, up_to, until, reason, by, at, assigned_to)
        values (${id}::uuid, ${connector}, ${what}, ${issueCode}, ${field}, ${upTo}, ${until}::date, ${reason}, ${by}, ${at}::timestamptz, ${assignedTo}::text)`);
    });
  }

  /** Lists entries of one connector or all, including expired ones, by connector, then day. */
  async list(connector?: string): Promise<SetAside[]> {
    return this.store.rows<SetAside>(sql`
      select id, connector, what, issue_code as "issueCode", field, up_to as "upTo", until::text as until, reason, by, ${isoInstant(sql`at`)} as at,
        assigned_to as "assignedTo"
      from set_asides where ${connector === undefined ? sql`true` : sql`connector = ${connector}`} order by connector, until, id`);
  }

  /** Removes the entry whose id begins so, if there is exactly one. Returns all that match. */
  async remove(begins: string): Promise<SetAside[]> {
    const found = (await this.list()).filter(({ id }) => id.startsWith(begins.toLowerCase()));
    const [only] = found;
    if (only !== undefined && found.length === 1) await this.store.rows(sql`delete from set_asides where id = ${only.id}::uuid`);
    return found;
  }
}
