import { sql } from "drizzle-orm";
import type { FeedDecision } from "../../model/run/feed-decision.ts";
import { storableJson } from "../../model/text/storable.ts";
import { isoInstant, type Store } from "../store.ts";

/** Decisions of people about feeds that broke. */
export class FeedDecisionRepository {
  constructor(private readonly store: Store) {}

  /** Adds a decision, replacing an earlier one of this kind about the same subject. */
  async add({ connector, kind, subject, paths, note, by, at }: FeedDecision): Promise<void> {
    await this.store.rows(sql`
      insert into feed_decisions (connector, kind, subject, paths, note, by, at)
      values (${connector}, ${kind}, ${subject}, ${storableJson(paths)}::jsonb, ${note}, ${by}, ${at}::timestamptz)
      on conflict (connector, kind, subject) do update set paths = excluded.paths, note = excluded.note, by = excluded.by, at = excluded.at`);
  }

  /** Lists the decisions about a connector's feed by kind and subject. */
  async list(connector: string): Promise<FeedDecision[]> {
    return this.store.rows<FeedDecision>(sql`
      select connector, kind, subject, paths, note, by, ${isoInstant(sql`at`)} as at from feed_decisions where connector = ${connector}
      order by kind, subject`);
  }

  /** Removes a decision. Returns false if it does not exist. */
  async remove({ connector, kind, subject }: Pick<FeedDecision, "connector" | "kind" | "subject">): Promise<boolean> {
    return this.store.any(sql`
      delete from feed_decisions where connector = ${connector} and kind = ${kind} and subject = ${subject} returning 1`);
  }
}
