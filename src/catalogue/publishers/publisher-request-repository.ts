import { randomUUID } from "node:crypto";
import { getTableColumns, sql } from "drizzle-orm";
import { hostOfAddress, refusalOf } from "../../model/publisher/publisher-request.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { storableJson } from "../../model/text/storable.ts";
import { publisherRequests } from "../schema/partner-tables.ts";
import { isoInstants, isUuid, type RowOf, type Store } from "../store.ts";

const { id, letter, hosts: _, ...others } = getTableColumns(publisherRequests);
const columns = isoInstants({ id, letterId: letter, hosts: sql<readonly string[]>`to_jsonb(hosts)`, ...others });

/**
 * A stored request. `externalId`, `title`: of the aid; null for a stop. `hosts`: sites to stop reading, see `RefusedSite`; empty for other
 * requests. `handledAt`, `planId`: when a worker honoured it, and by which plan; null for corrections, which a colleague handles.
 */
export type PublisherRequest = RowOf<typeof columns>;

/** A request as the publisher makes it. */
export type NewPublisherRequest = Omit<PublisherRequest, "id" | "at" | "handledAt" | "planId" | "endedAt" | "endedBy" | "endedWhy">;

/** What publishers asked in answer to courtesy letters. */
export class PublisherRequestRepository {
  constructor(private readonly store: Store) {}

  /** Stores a request. Returns false, without writing, if the same request of the connector is in force already. */
  async add(request: NewPublisherRequest, now: Date): Promise<boolean> {
    const { letterId, connector, kind, externalId, title, hosts, remark, by } = request;
    return this.store.transaction(async (transaction) => {
      await transaction.lock(`request ${connector}`);
      return transaction.any(sql`
        insert into publisher_requests (id, letter, connector, kind, external_id, title, hosts, remark, by, at)
        select ${randomUUID()}::uuid, ${letterId}::uuid, ${connector}, ${kind}, ${externalId}, ${title},
          array(select jsonb_array_elements_text(${storableJson(hosts)}::jsonb)), ${remark}, ${by}, ${now.toISOString()}::timestamptz
        where not exists (
          select from publisher_requests same where same.connector = ${connector} and same.kind = ${kind} and same.ended_at is null
            and same.external_id is not distinct from ${externalId}::text and same.remark is not distinct from ${remark}::text)
        returning 1`);
    });
  }

  /** Lists requests, newest first, of one connector or of all. */
  list({ connector, limit = 200 }: { readonly connector?: string; readonly limit?: number } = {}): Promise<PublisherRequest[]> {
    const isWanted = connector === undefined ? sql`true` : sql`connector = ${connector}`;
    return this.store.select(
      columns,
      sql`from publisher_requests where ${isWanted} order by publisher_requests.at desc, id limit ${limit}`,
    );
  }

  /** Lists the removals and stops that no worker has honoured yet, oldest first. */
  waiting(): Promise<PublisherRequest[]> {
    return this.store.select(
      columns,
      sql`from publisher_requests where handled_at is null and kind <> 'correction' order by publisher_requests.at, id limit 500`,
    );
  }

  /** Lists the sites that we must not read: the stops in force. */
  refusedSites(): Promise<PublisherRequest[]> {
    return this.store.select(columns, sql`from publisher_requests where kind = 'stop' and ended_at is null order by publisher_requests.at`);
  }

  /** Returns the stop that covers the host of an address, or null. */
  async refusalOfAddress(address: string): Promise<{ readonly host: string; readonly day: string } | null> {
    const host = hostOfAddress(address);
    const refusal = host === null ? null : refusalOf(host, await this.refusedSites());
    return host === null || refusal === null ? null : { host, day: parisDay(new Date(refusal.at)) };
  }

  /** Records that a worker, or for a correction a colleague, has honoured a request. `planId`: the plan that did it, if aids changed. */
  async markHandled(id: string, planId: string | null, now: Date): Promise<boolean> {
    if (!isUuid(id)) return false;
    return this.store.any(sql`
      update publisher_requests set handled_at = ${now.toISOString()}::timestamptz, plan_id = ${planId}::uuid
      where id = ${id}::uuid and handled_at is null returning 1`);
  }

  /** Ends a stop, because the publisher has changed its mind. Returns false if it is gone or has ended already. */
  async end(id: string, { by, why, now }: { readonly by: string; readonly why: string; readonly now: Date }): Promise<boolean> {
    if (!isUuid(id)) return false;
    return this.store.any(sql`
      update publisher_requests set ended_at = ${now.toISOString()}::timestamptz, ended_by = ${by}, ended_why = ${why}
      where id = ${id}::uuid and kind = 'stop' and ended_at is null returning 1`);
  }
}
