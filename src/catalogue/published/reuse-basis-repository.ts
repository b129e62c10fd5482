import { randomUUID } from "node:crypto";
import { getTableColumns, type SQL, sql } from "drizzle-orm";
import { openLicences } from "../../model/aid/open-data.ts";
import { type ConfirmableBasis, type ConfirmedBasis, confirmableBases, licencesLetOut } from "../../model/aid/reuse-basis.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { storableJson } from "../../model/text/storable.ts";
import { announceAgain } from "../plans/announce-again.ts";
import { confirmedBases } from "../schema/api-tables.ts";
import { isoInstant, isoInstants, type RowOf, type Store, textArray } from "../store.ts";

const { batch: _, revokedBatch: _revokedBatch, ...others } = getTableColumns(confirmedBases);
const columns = isoInstants(others);

/** A confirmed basis with its history. */
export type StoredBasis = RowOf<typeof columns>;

/**
 * What a person confirms about a connector. `seen`: day on which somebody read the page, `YYYY-MM-DD`. `answers`: the exclusions that the
 * person was asked about, none of which applies.
 */
export type BasisConfirmation = Pick<StoredBasis, "connector" | "basis" | "page" | "seen" | "answers" | "note">;

/** SQL pairs of a basis and a licence that it lets out. */
const pairs = sql.join(
  confirmableBases.flatMap((basis) => licencesLetOut[basis].map((licence) => sql`(${basis}, ${licence})`)),
  sql`, `,
);

/**
 * Returns the SQL condition that a confirmed basis lets out an aid, by its connector and licence. `bases`: only by one of these. The subquery
 * depends on no aid, so PostgreSQL executes it once per query.
 */
export function isLetOut(connector: SQL, licence: SQL, bases?: readonly ConfirmableBasis[]): SQL {
  const some = bases === undefined ? sql`true` : sql`confirmed.basis = any(${textArray(bases)})`;
  return sql`(${connector}, ${licence}) in (
    select confirmed.connector, pair.licence from confirmed_bases confirmed join (values ${pairs}) pair (basis, licence) on pair.basis = confirmed.basis
    where confirmed.revoked_at is null and ${some})`;
}

/** Returns SQL for the bases that let an aid out once and were revoked, as a JSON list. */
export function revokedBasesOf(aidId: SQL): SQL {
  return sql`(
    select coalesce(jsonb_agg(distinct revoked.basis), '[]') from reannounced_aids announced
      join confirmed_bases revoked on revoked.revoked_batch = announced.batch
    where announced.aid_id = ${aidId})`;
}

/** Returns the SQL condition that a revoked basis once let out an aid of this licence. */
export function wasLetOut(aidId: SQL, licence: SQL): SQL {
  return sql`exists (
    select from reannounced_aids announced join confirmed_bases revoked on revoked.revoked_batch = announced.batch
      join (values ${pairs}) pair (basis, licence) on pair.basis = revoked.basis
    where announced.aid_id = ${aidId} and pair.licence = ${licence})`;
}

/** Confirmed legal bases of connectors. */
export class ReuseBasisRepository {
  #known: { readonly version: number; readonly bases: ReadonlyMap<string, ConfirmedBasis> } | null = null;

  constructor(private readonly store: Store) {}

  /** Confirms the basis of a connector. It replaces the one in force. Clients of the API that follow changes read its aids again. */
  async confirm(given: BasisConfirmation, by: string, now: Date): Promise<void> {
    const { connector, basis, page, seen, answers, note } = given;
    await announceAgain(this.store, { connectors: [connector], now }, async (transaction, batch) => {
      await revokeIn(transaction, connector, { batch, by, now, because: null });
      await transaction.rows(sql`
        insert into confirmed_bases (id, connector, basis, page, seen, answers, note, by, at, batch)
        values (${randomUUID()}::uuid, ${connector}, ${basis}, ${page}, ${seen}::date, ${storableJson(answers)}::jsonb, ${note}, ${by},
          ${now.toISOString()}::timestamptz, ${batch}::bigint)`);
      return true;
    });
  }

  /** Revokes the basis of a connector. Its aids become tombstones. Returns false if none is in force. */
  revoke(connector: string, because: string | null, by: string, now: Date): Promise<boolean> {
    return announceAgain(this.store, { connectors: [connector], now }, (transaction, batch) =>
      revokeIn(transaction, connector, { batch, by, now, because }),
    );
  }

  /** Returns the bases in force by connector: the same map while none changes. */
  async inForce(): Promise<ReadonlyMap<string, ConfirmedBasis>> {
    const version = await this.store.value<number>(sql`select (count(*) + count(revoked_at))::float8 as version from confirmed_bases`);
    if (this.#known?.version === version) return this.#known.bases;
    const rows = await this.store.rows<{ connector: string; basis: ConfirmableBasis; page: string | null; at: string }>(sql`
      select connector, basis, page, ${isoInstant(sql`at`)} as at from confirmed_bases where revoked_at is null order by connector`);
    const bases = new Map(rows.map(({ connector, basis, page, at }) => [connector, { basis, page, confirmed: parisDay(new Date(at)) }]));
    this.#known = { version, bases };
    return bases;
  }

  /** Returns the licence that an open-data portal announced for the feed of these connectors' last applied run, in the portal's words. */
  async announcedLicences(connectors: readonly string[]): Promise<ReadonlyMap<string, { readonly licence: string; readonly day: string }>> {
    // Runs without a licence are left out here, because with a condition on reports PostgreSQL reads those of all runs.
    const rows = await this.store.rows<{ connector: string; licence: string | null; at: string }>(sql`
      select connectors.id as connector, runs.report #>> '{feed,dataset,licence}' as licence, ${isoInstant(sql`runs.started_at`)} as at
      from connectors join runs on runs.id = connectors.last_applied_run where connectors.id = any(${textArray(connectors)})`);
    return new Map(
      rows.flatMap(({ connector, licence, at }) => (licence === null ? [] : [[connector, { licence, day: parisDay(new Date(at)) }]])),
    );
  }

  /** Counts the live aids of these connectors, and those that nothing lets out. Reads the search index. */
  liveAids(connectors: readonly string[]): Promise<{ connector: string; live: number; closed: number }[]> {
    const isOpen = sql`(licence = any(${textArray(openLicences)}) or ${isLetOut(sql`aid_search.connector`, sql`aid_search.licence`)})`;
    return this.store.rows(sql`
      select connector, count(*)::int as live, (count(*) filter (where not ${isOpen}))::int as closed
      from aid_search where standing = 'live' and connector = any(${textArray(connectors)}) group by connector order by connector`);
  }

  /** Lists all confirmations, also revoked ones, the newest first. */
  list(): Promise<StoredBasis[]> {
    return this.store.select(columns, sql`from confirmed_bases order by at desc, id`);
  }
}

async function revokeIn(
  transaction: Store,
  connector: string,
  { batch, by, now, because }: { readonly batch: number; readonly by: string; readonly now: Date; readonly because: string | null },
): Promise<boolean> {
  return transaction.any(sql`
    update confirmed_bases set revoked_by = ${by}, revoked_at = ${now.toISOString()}::timestamptz, revoked_because = ${because},
      revoked_batch = ${batch}::bigint
    where connector = ${connector} and revoked_at is null returning id`);
}
