import { and, desc, eq, gte, ilike, lt, type SQL, sql } from "drizzle-orm";
import { audit } from "../schema/console-tables.ts";
import type { Store } from "../store.ts";

/** Something that somebody did. */
export interface AuditEntry {
  readonly at: Date;
  /** Null for what was done from the command line. */
  readonly person: string | null;
  /** Name at that time. */
  readonly by: string;
  /** What was done, as `run.ask`. */
  readonly act: string;
  /** On what, as `connecteur departement-drome`. */
  readonly subject: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** An entry as it is read. */
export interface TrailEntry extends AuditEntry {
  readonly seq: number;
  /** It was begun, and no other entry says how it ended. */
  readonly isUnfinished: boolean;
}

/** Which entries. `isUnfinished`: those only. `by`, `subject`: words that stand in them; `from`, `to`: days in Paris, both counted. */
export interface AuditFilter {
  readonly by?: string;
  readonly act?: string;
  readonly subject?: string;
  readonly isUnfinished?: true;
  readonly from?: string;
  readonly to?: string;
}

// How entries belong together: nothing is ever written over. `begun`: something begins; `done`, `nothing`: the entry `ends` has come to its end, or was refused or its
// form given again. What was noted at once, when it was done, has no step.
const isUnfinishedEntry = sql`(audit.step = 'begun' and not exists (select from audit ending where ending.ends = audit.seq))`;
const isDone = sql`coalesce(audit.step, 'done') = 'done'`;

/** Who did what. The database itself refuses that entries are changed or deleted. */
export class AuditRepository {
  constructor(private readonly store: Store) {}

  async add(entry: AuditEntry): Promise<void> {
    await this.store.query((database) => database.insert(audit).values(entry));
  }

  /** Writes that something begins, and gives what its end is to name (`end`, `endWithNothing`). One that has no end died, or failed halfway. */
  async begin(entry: AuditEntry): Promise<number> {
    const [begun] = await this.store.query((database) =>
      database
        .insert(audit)
        .values({ ...entry, step: "begun" })
        .returning({ seq: audit.seq }),
    );
    if (begun === undefined) throw new Error("An insert gives its row.");
    return begun.seq;
  }

  /** Writes what was done: it stands in the place of its beginning. */
  async end(begun: number, entry: AuditEntry): Promise<void> {
    await this.store.query((database) => database.insert(audit).values({ ...entry, step: "done", ends: begun }));
  }

  /** Writes that nothing was done: neither this nor its beginning is shown. */
  async endWithNothing(begun: number, entry: AuditEntry): Promise<void> {
    await this.store.query((database) => database.insert(audit).values({ ...entry, details: {}, step: "nothing", ends: begun }));
  }

  /** Newest first. */
  async list(filter: AuditFilter, { limit, offset }: { readonly limit: number; readonly offset: number }): Promise<TrailEntry[]> {
    const found = await this.store.query((database) =>
      database.select().from(audit).where(matches(filter)).orderBy(desc(audit.seq)).limit(limit).offset(offset),
    );
    return found.map(trailEntry);
  }

  async count(filter: AuditFilter): Promise<number> {
    return this.store.query((database) => database.$count(audit, matches(filter)));
  }
}

function trailEntry({ details, step, ends: _, ...entry }: typeof audit.$inferSelect): TrailEntry {
  return { ...entry, details: details as AuditEntry["details"], isUnfinished: step === "begun" };
}

function matches({ by, act, subject, isUnfinished, from, to }: AuditFilter): SQL | undefined {
  return and(
    isUnfinished === undefined ? sql`(${isDone} or ${isUnfinishedEntry})` : isUnfinishedEntry,
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
