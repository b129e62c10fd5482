import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { FeedFind, LeadState } from "../../model/publisher/feed-lead.ts";
import { storableJson } from "../../model/text/storable.ts";
import { feedLeads } from "../schema/partner-tables.ts";
import { isoInstants, isUuid, type RowOf, type Store } from "../store.ts";

const { id, address, title, publisher, page, catalogue, reasons, kind, problem, foundAt, sampledAt, state, why, decidedBy } = feedLeads;
const certainty = sql<number>`coalesce(certainty, 0)`;
const evidence = sql<readonly unknown[]>`coalesce(evidence, '[]'::jsonb)`;
const found = { id, address, title, publisher, page, catalogue, reasons };
const columns = isoInstants({ ...found, kind, certainty, evidence, problem, foundAt, sampledAt, state, why, decidedBy });

/** A lead: a feed that the radar has found, the verdict about it, and the decision of a person. */
export type FeedLead = RowOf<typeof columns>;

/**
 * The verdict about a sample, or the problem that prevented it. `kind`: a `FileKind`, or `pages` for the pages of a site; null with a problem.
 * `certainty`: 0 to 1. `evidence`: reasons of the verdict, `Evidence` of the survey. `problem`: code of the error that prevented the sample
 * from being read.
 */
export type LeadVerdict = Pick<FeedLead, "kind" | "certainty" | "evidence" | "problem">;

/** Feeds that the radar has found. */
export class FeedLeadRepository {
  constructor(private readonly store: Store) {}

  /** Stores finds. A known address keeps its verdict and its decision. Returns the number of new ones. */
  async add(finds: readonly FeedFind[], now: Date): Promise<number> {
    if (finds.length === 0) return 0;
    const rows = finds.map((find) => ({ id: randomUUID(), ...find }));
    const added = await this.store.values<boolean>(sql`
      insert into feed_leads (id, address, title, publisher, page, catalogue, reasons, found_at, seen_at, state)
      select distinct on (address) id, address, title, publisher, page, catalogue, reasons, ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz, 'open'
      from jsonb_to_recordset(${storableJson(rows)}::jsonb)
        as found (id uuid, address text, title text, publisher text, page text, catalogue text, reasons jsonb)
      order by address
      on conflict (address) do update set title = excluded.title, publisher = excluded.publisher, page = excluded.page,
        reasons = excluded.reasons, seen_at = excluded.seen_at
      returning xmax = 0 as "isNew"`);
    return added.filter((isNew) => isNew).length;
  }

  /** Returns leads without a recent sample: those never read first. Refused leads are not read again. */
  unread(readBefore: Date, limit: number): Promise<FeedLead[]> {
    return this.store.select(
      columns,
      sql`from feed_leads
      where state = 'open' and (sampled_at is null or sampled_at < ${readBefore.toISOString()}::timestamptz)
      order by sampled_at nulls first, found_at, address limit ${limit}`,
    );
  }

  async recordVerdict(id: string, { kind, certainty, evidence, problem }: LeadVerdict, now: Date): Promise<void> {
    await this.store.rows(sql`
      update feed_leads set kind = ${kind}, certainty = ${certainty}, evidence = ${storableJson(evidence)}::jsonb,
        problem = ${problem}, sampled_at = ${now.toISOString()}::timestamptz where id = ${id}::uuid`);
  }

  /** Lists leads in a state, the most certain first. `kinds`: null for all, also those without a verdict. */
  list(state: LeadState, kinds: readonly string[] | null, limit: number): Promise<FeedLead[]> {
    return this.store.select(
      columns,
      sql`from feed_leads
      where state = ${state} and ${kinds === null ? sql`true` : sql`kind in (select jsonb_array_elements_text(${JSON.stringify(kinds)}::jsonb))`}
      order by certainty desc nulls last, found_at desc, address limit ${limit}`,
    );
  }

  /** Returns the leads whose id begins with these characters: at most two, enough to see that a short id is ambiguous. */
  named(begins: string): Promise<FeedLead[]> {
    return this.store.select(columns, sql`from feed_leads where starts_with(id::text, ${begins.toLowerCase()}) limit 2`);
  }

  /** Counts the leads by kind; those without a verdict under `null`. */
  async countByKind(): Promise<ReadonlyMap<string | null, number>> {
    return this.store.map<string | null, number>(
      sql`select kind, count(*)::int as count from feed_leads where state = 'open' group by kind`,
    );
  }

  /** Refuses a lead for good, or opens it again. Returns false if it is gone or already in this state. */
  async decide(
    id: string,
    { state, why, by, now }: { readonly state: LeadState; readonly why: string | null; readonly by: string; readonly now: Date },
  ): Promise<boolean> {
    if (!isUuid(id)) return false;
    return this.store.any(sql`
      update feed_leads set state = ${state}, why = ${why}, decided_by = ${by}, decided_at = ${now.toISOString()}::timestamptz
      where id = ${id}::uuid and state <> ${state} returning id`);
  }
}
