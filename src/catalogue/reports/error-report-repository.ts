import { getTableColumns, sql } from "drizzle-orm";
import type { ReportState } from "../../model/publisher/error-report.ts";
import { storableText } from "../../model/text/storable.ts";
import { errorReports } from "../schema/api-tables.ts";
import { isoInstants, type RowOf, type Store } from "../store.ts";

const columns = isoInstants({
  ...getTableColumns(errorReports),
  id: sql<string>`error_reports.id::text`,
  connector: sql<string>`aids.connector`,
  externalId: sql<string>`aids.external_id`,
  aidName: sql<string>`coalesce(aids.edits -> 'name' ->> 'value', aids.kept ->> 'name', aids.imported ->> 'name', '')`,
  language: sql<string | null>`aids.imported ->> 'language'`,
});
const from = sql`from error_reports join aids_with_source aids on aids.aid_id = error_reports.aid_id`;

/**
 * A report of readers about an aid. `aidName`: title as shown. `text`: as somebody typed it, without people. `count`: how often it was sent,
 * the last time at `at`. `point`: what the letter says, once a person has confirmed the report.
 */
export type ErrorReport = RowOf<typeof columns>;

/** Maximum number of reports that nobody has read: of one aid, and in all. */
const maxNewOfAid = 20;
const maxNew = 2000;

/** Errors that readers report about aids. Nothing about who reported them. */
export class ErrorReportRepository {
  constructor(private readonly store: Store) {}

  /**
   * Stores a report. The same report sent again raises its count, and opens it again if it was handled. Returns false if too many reports
   * wait to be read.
   */
  async add({ aidId, kind, text }: Pick<ErrorReport, "aidId" | "kind" | "text">, now: Date): Promise<boolean> {
    const said = storableText(text);
    return this.store.any(sql`
      insert into error_reports as known (aid_id, kind, text, count, at, state)
      select ${aidId}::uuid, ${kind}, ${said}, 1, ${now.toISOString()}::timestamptz, 'new'
      where exists (select from error_reports where aid_id = ${aidId}::uuid and kind = ${kind} and text = ${said})
        or (select count(*) < ${maxNewOfAid} from error_reports where aid_id = ${aidId}::uuid and state = 'new')
        and (select count(*) < ${maxNew} from error_reports where state = 'new')
      on conflict (aid_id, kind, text) do update set count = known.count + 1, at = excluded.at,
        state = case known.state when 'handled' then 'new' else known.state end
      returning id`);
  }

  /** Lists the reports in a state, those sent most often first. */
  list(state: ReportState, limit: number): Promise<ErrorReport[]> {
    return this.store.select(
      columns,
      sql`${from} where state = ${state} order by error_reports.count desc, error_reports.at desc, error_reports.id limit ${limit}`,
    );
  }

  /** Returns the confirmed reports about a connector's aids: points of its next letter. */
  confirmed(connector: string): Promise<ErrorReport[]> {
    return this.store.select(
      columns,
      sql`${from} where state = 'confirmed' and aids.connector = ${connector} order by aids.external_id, error_reports.id`,
    );
  }

  /** Changes the state of a report. `point`: what the letter says. Returns false if the report is gone or already in this state. */
  async decide(
    id: string,
    { state, point, by }: { readonly state: ReportState; readonly point: string | null; readonly by: string },
  ): Promise<boolean> {
    return this.store.any(sql`
      update error_reports set state = ${state}, point = ${point}, by = ${by} where id = ${id}::bigint and state <> ${state} returning id`);
  }
}
