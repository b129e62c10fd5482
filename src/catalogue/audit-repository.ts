import { and, desc, eq, gte, ilike, lt, sql } from "drizzle-orm";
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

/** Which entries. `by`, `subject`: words that stand in them; `from`, `to`: days in Paris, both counted. */
export interface AuditFilter {
  readonly by?: string;
  readonly act?: string;
  readonly subject?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Who did what. The database itself refuses that entries are changed or deleted. */
export class AuditRepository {
  constructor(private readonly store: Store) {}

  async add(entry: AuditEntry): Promise<void> {
    await this.store.query((database) => database.insert(audit).values(entry));
  }

  /** Newest first. */
  async list(
    filter: AuditFilter,
    { limit, offset }: { readonly limit: number; readonly offset: number },
  ): Promise<(AuditEntry & { readonly seq: number })[]> {
    const found = await this.store.query((database) =>
      database.select().from(audit).where(matches(filter)).orderBy(desc(audit.seq)).limit(limit).offset(offset),
    );
    return found.map((row) => ({ ...row, details: row.details as AuditEntry["details"] }));
  }

  async count(filter: AuditFilter): Promise<number> {
    return this.store.query((database) => database.$count(audit, matches(filter)));
  }
}

function matches({ by, act, subject, from, to }: AuditFilter) {
  return and(
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
