import { sql } from "drizzle-orm";
import type { PeoplePolicy } from "../../model/publisher/people-policy.ts";
import { storableText } from "../../model/text/storable.ts";
import { announceAgain } from "../plans/announce-again.ts";
import { isoInstant, type Store } from "../store.ts";

/** A recorded policy. `at`: ISO instant. */
export interface RecordedPolicy {
  readonly policy: PeoplePolicy;
  readonly why: string;
  readonly by: string;
  readonly at: string;
}

const none: ReadonlyMap<string, PeoplePolicy> = new Map();

/** Policies of publishers for people's data. A publisher without a record has the policy `service`. */
export class PeoplePolicyRepository {
  #known: { readonly version: string; readonly policies: ReadonlyMap<string, PeoplePolicy> } = { version: "[]", policies: none };

  constructor(private readonly store: Store) {}

  /** Records a policy. Clients of the API that follow changes read the publisher's aids again. */
  async record(publisherId: string, { policy, why, by }: Omit<RecordedPolicy, "at">, now: Date): Promise<void> {
    const connectors = await this.store.values<string>(
      sql`select connector from publisher_connectors where publisher = ${publisherId}::uuid order by connector`,
    );
    await announceAgain(this.store, { connectors, now }, async (transaction) => {
      await transaction.rows(sql`
        insert into people_policies (publisher, policy, why, by, at)
        values (${publisherId}::uuid, ${policy}, ${storableText(why)}, ${by}, ${now.toISOString()}::timestamptz)`);
      return true;
    });
  }

  /** Lists the recorded policies of a publisher, the one in force first. */
  list(publisherId: string): Promise<RecordedPolicy[]> {
    return this.store.rows<RecordedPolicy>(sql`
      select policy, why, by, ${isoInstant(sql`at`)} as at from people_policies where publisher = ${publisherId}::uuid order by seq desc limit 20`);
  }

  /** Returns the policies in force other than `service`, by connector: the same map while none changes. */
  async inForce(): Promise<ReadonlyMap<string, PeoplePolicy>> {
    const rows = await this.store.rows<{ connector: string; policy: PeoplePolicy }>(sql`
      select connector, latest.policy from publisher_connectors owned join (
        select distinct on (publisher) publisher, policy from people_policies order by publisher, seq desc
      ) latest on latest.publisher = owned.publisher where latest.policy <> 'service' order by connector`);
    const version = JSON.stringify(rows);
    if (this.#known.version !== version)
      this.#known = { version, policies: new Map(rows.map(({ connector, policy }) => [connector, policy])) };
    return this.#known.policies;
  }
}
