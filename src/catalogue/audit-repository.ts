import { and, desc, eq, gte, ilike, lt, type SQL, sql } from "drizzle-orm";
import { audit } from "./console-tables.ts";
import type { Store } from "./store.ts";

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

/**
 * How entries belong together, beside their details: nothing is ever written over. `begun`: something begins; `ends`: the entry that this is the end of; `nothing`: it
 * was refused, or a form was given again.
 */
type Link = { readonly begun: true } | { readonly ends: number; readonly nothing?: true };

/** True of what was begun and has no end. They are few, and looked for once. */
const isUnfinishedEntry = sql`audit.seq = any(array(
  select begun.seq from audit begun where begun.details -> 'trail' -> 'begun' is not null
    and not exists (select from audit ending where (ending.details -> 'trail' ->> 'ends')::bigint = begun.seq)))`;
const isDone = sql`(audit.details -> 'trail' -> 'nothing' is null and audit.details -> 'trail' -> 'begun' is null)`;

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
        .values(linked(entry, { begun: true }))
        .returning({ seq: audit.seq }),
    );
    if (begun === undefined) throw new Error("An insert gives its row.");
    return begun.seq;
  }

  /** Writes what was done: it stands in the place of its beginning. */
  async end(begun: number, entry: AuditEntry): Promise<void> {
    await this.add(linked(entry, { ends: begun }));
  }

  /** Writes that nothing was done: neither this nor its beginning is shown. */
  async endWithNothing(begun: number, { details: _, ...entry }: AuditEntry): Promise<void> {
    await this.add(linked({ ...entry, details: {} }, { ends: begun, nothing: true }));
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

function linked(entry: AuditEntry, trail: Link): AuditEntry {
  return { ...entry, details: { ...entry.details, trail } };
}

function trailEntry({ details, ...entry }: typeof audit.$inferSelect): TrailEntry {
  const { trail, ...rest } = details as AuditEntry["details"] & { readonly trail?: Link };
  return { ...entry, details: rest, isUnfinished: trail !== undefined && "begun" in trail };
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
