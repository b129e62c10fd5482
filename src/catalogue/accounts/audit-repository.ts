import { and, desc, eq, gte, ilike, lt, type SQL, sql } from "drizzle-orm";
import { audit } from "../schema/console-tables.ts";
import type { Store } from "../store.ts";

type AuditRow = typeof audit.$inferSelect;

/** An action of a person, to record. `person`: null for actions on the command line. `by`: the person's name at that time. */
export interface AuditEntry extends Readonly<Omit<AuditRow, "seq" | "step" | "ends" | "details">> {
  readonly details: Readonly<Record<string, unknown>>;
}

/** A stored audit entry. */
export interface TrailEntry extends AuditEntry {
  readonly seq: number;
  /** The action began, but no entry records its end. */
  readonly isUnfinished: boolean;
}

/**
 * Filters audit entries. `isUnfinished`: only unfinished ones. `by`, `subject`: texts that the columns contain. `from`, `to`: first and
 * last day in Paris.
 */
export type AuditFilter = Partial<Readonly<Record<"by" | "act" | "subject" | "from" | "to", string | undefined>>> & {
  readonly isUnfinished?: boolean;
};

// Entries are never overwritten, so an action may have two entries. The first has the step `begun`. The second records the end: its column
// `ends` contains the `seq` of the first, and its step is `done`, or `nothing` if the action failed or its form was shown again. An action
// that is recorded only at its end has one entry, without a step.
const isUnfinishedEntry = sql`(audit.step = 'begun' and not exists (select from audit ending where ending.ends = audit.seq))`;
const isDone = sql`coalesce(audit.step, 'done') = 'done'`;

/** The audit log. The database refuses to change or delete entries. */
export class AuditRepository {
  constructor(private readonly store: Store) {}

  async add(entry: AuditEntry): Promise<void> {
    await this.store.query((database) => database.insert(audit).values(entry));
  }

  /**
   * Records that an action begins. Returns the number to pass to `end` or `endWithNothing`. An action without an end crashed or failed
   * halfway.
   */
  async begin(entry: AuditEntry): Promise<number> {
    const [begun] = await this.store.query((database) =>
      database
        .insert(audit)
        .values({ ...entry, step: "begun" })
        .returning({ seq: audit.seq }),
    );
    if (begun === undefined) throw new Error("The insert returned no row.");
    return begun.seq;
  }

  /** Records the act. This entry is shown in place of the beginning. */
  async end(begun: number, entry: AuditEntry): Promise<void> {
    await this.store.query((database) => database.insert(audit).values({ ...entry, step: "done", ends: begun }));
  }

  /** Records that nothing was done. Neither this entry nor the beginning is shown. */
  async endWithNothing(begun: number, entry: AuditEntry): Promise<void> {
    await this.store.query((database) => database.insert(audit).values({ ...entry, details: {}, step: "nothing", ends: begun }));
  }

  /** Lists entries, newest first. */
  async list(filter: AuditFilter, { limit, offset }: { readonly limit: number; readonly offset: number }): Promise<TrailEntry[]> {
    const found = await this.store.query((database) =>
      database.select().from(audit).where(filterCondition(filter)).orderBy(desc(audit.seq)).limit(limit).offset(offset),
    );
    return found.map(trailEntry);
  }

  async count(filter: AuditFilter): Promise<number> {
    return this.store.query((database) => database.$count(audit, filterCondition(filter)));
  }
}

function trailEntry({ details, step, ends: _, ...entry }: AuditRow): TrailEntry {
  return { ...entry, details: details as AuditEntry["details"], isUnfinished: step === "begun" };
}

function filterCondition({ by, act, subject, isUnfinished, from, to }: AuditFilter): SQL | undefined {
  return and(
    isUnfinished !== true ? sql`(${isDone} or ${isUnfinishedEntry})` : isUnfinishedEntry,
    by === undefined ? undefined : ilike(audit.by, holding(by)),
    act === undefined ? undefined : eq(audit.act, act),
    subject === undefined ? undefined : ilike(audit.subject, holding(subject)),
    from === undefined ? undefined : gte(audit.at, sql`${from}::timestamp at time zone 'Europe/Paris'`),
    to === undefined ? undefined : lt(audit.at, sql`(${to}::date + 1)::timestamp at time zone 'Europe/Paris'`),
  );
}

function holding(words: string): string {
  return `%${words.replace(/[%_\\]/g, "\\$&")}%`;
}
