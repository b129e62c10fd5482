import { type SQL, sql } from "drizzle-orm";
import type { Aid, AidContent } from "../aid/aid.ts";
import { wholeContent } from "../aid/filled-content.ts";
import type { Change, ChangeKind } from "../aid/plan.ts";
import { missingForPublication } from "../aid/publishable.ts";
import type { Store } from "./store.ts";

/** Which aids: all of them, one connector's, one by its permanent id or by the publisher's. */
export interface AidFilter {
  readonly connector?: string;
  readonly externalId?: string;
  readonly aidId?: string;
}

/** One revision of an aid. */
export interface AidRevision {
  readonly revision: number;
  /** ISO instant. */
  readonly at: string;
  readonly runId: string | null;
  readonly planId: string | null;
  readonly kind: ChangeKind;
  readonly fields: Change["fields"];
}

const aidsAPage = 500;

/** The aids of the catalogue, as they are now. */
export class AidRepository {
  constructor(private readonly store: Store) {}

  /** Pages of aids in canonical order: connector, then external id, by code point. Every status, withdrawn ones too. */
  async *list(filter: AidFilter = {}): AsyncGenerator<Aid[]> {
    for (let after = { connector: "", externalId: "" }; ; ) {
      const rows = await this.store.rows<AidRow>(sql`
        select aid_id as "aidId", connector, external_id as "externalId", imported, edits, status, withdrawn_at::text as "withdrawnAt" from aids
        where (connector, external_id) > (${after.connector}, ${after.externalId}) and ${matches(filter)}
        order by connector, external_id limit ${aidsAPage}`);
      if (rows.length > 0) yield rows.map(aidOf);
      const last = rows.at(-1);
      if (last === undefined || rows.length < aidsAPage) return;
      after = last;
    }
  }

  /** Number of aids, of one connector or in all, of every status. */
  async count(connector?: string): Promise<number> {
    const { count } = await this.store.row<{ count: number }>(
      sql`select count(*)::int as count from aids where ${matches(connector === undefined ? {} : { connector })}`,
    );
    return count;
  }

  /** What became of an aid, oldest revision first. */
  async history(aidId: string): Promise<AidRevision[]> {
    return this.store.rows<AidRevision>(sql`
      select revision, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, run_id as "runId", plan_id as "planId", kind, fields
      from aid_history where aid_id = ${aidId}::uuid order by revision`);
  }
}

interface AidRow {
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  readonly imported: Partial<AidContent>;
  readonly edits: Partial<AidContent>;
  readonly status: Aid["status"];
  readonly withdrawnAt: string | null;
}

function matches(filter: AidFilter): SQL {
  const conditions = [
    filter.connector === undefined ? sql`true` : sql`connector = ${filter.connector}`,
    filter.externalId === undefined ? sql`true` : sql`external_id = ${filter.externalId}`,
    // What a person typed may be no UUID.
    filter.aidId === undefined ? sql`true` : isUuid(filter.aidId) ? sql`aid_id = ${filter.aidId}::uuid` : sql`false`,
  ];
  return sql.join(conditions, sql` and `);
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** Keys in canonical order: the JSON of an aid is part of the catalogue's checksum. */
function aidOf(row: AidRow): Aid {
  const { aidId, connector, externalId, status, withdrawnAt } = row;
  const content = wholeContent({ ...row.imported, ...row.edits });
  return { aidId, connector, externalId, ...content, status, withdrawnAt, missingForPublication: missingForPublication(content) };
}
