import { sql } from "drizzle-orm";
import type { ReportedKind, ReportState } from "../../model/publisher/error-report.ts";
import { storableText } from "../../model/text/storable.ts";
import { isoInstant, type Store } from "../store.ts";

/** A report of readers about an aid. */
export interface ErrorReport {
  readonly id: string;
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  /** Title as shown. */
  readonly aidName: string;
  /** Language of the aid. */
  readonly language: string | null;
  readonly kind: ReportedKind;
  /** As somebody typed it, without people. */
  readonly text: string;
  /** How often it was sent. */
  readonly count: number;
  /** ISO instant of the last time. */
  readonly at: string;
  readonly state: ReportState;
  /** What the letter says, once a person has confirmed the report. */
  readonly point: string | null;
  readonly by: string | null;
}

/** Maximum number of reports that nobody has read: of one aid, and in all. */
const maxNewOfAid = 20;
const maxNew = 2000;

const columns = sql`
  reports.id::text as id, reports.aid_id as "aidId", aids.connector, aids.external_id as "externalId",
  coalesce(aids.edits -> 'name' ->> 'value', aids.kept ->> 'name', aids.imported ->> 'name', '') as "aidName", aids.imported ->> 'language' as language,
  reports.kind, reports.text, reports.count, ${isoInstant(sql`reports.at`)} as at, reports.state, reports.point, reports.by`;
const tables = sql`error_reports reports join aids_with_source aids on aids.aid_id = reports.aid_id`;

/** Errors that readers report about aids. Nothing about who reported them. */
export class ErrorReportRepository {
  constructor(private readonly store: Store) {}

  /**
   * Stores a report. The same report sent again raises its count, and opens it again if it was handled. Returns false if too many reports
   * wait to be read.
   */
  async add({ aidId, kind, text }: Pick<ErrorReport, "aidId" | "kind" | "text">, now: Date): Promise<boolean> {
    const said = storableText(text);
    const rows = await this.store.rows(sql`
      insert into error_reports as known (aid_id, kind, text, count, at, state)
      select ${aidId}::uuid, ${kind}, ${said}, 1, ${now.toISOString()}::timestamptz, 'new'
      where exists (select from error_reports where aid_id = ${aidId}::uuid and kind = ${kind} and text = ${said})
        or (select count(*) < ${maxNewOfAid} from error_reports where aid_id = ${aidId}::uuid and state = 'new')
        and (select count(*) < ${maxNew} from error_reports where state = 'new')
      on conflict (aid_id, kind, text) do update set count = known.count + 1, at = excluded.at,
        state = case known.state when 'handled' then 'new' else known.state end
      returning id`);
    return rows.length > 0;
  }

  /** Lists the reports in a state, those sent most often first. */
  list(state: ReportState, limit: number): Promise<ErrorReport[]> {
    return this.store.rows<ErrorReport>(sql`
      select ${columns} from ${tables} where reports.state = ${state} order by reports.count desc, reports.at desc, reports.id limit ${limit}`);
  }

  /** Returns the confirmed reports about a connector's aids: points of its next letter. */
  confirmed(connector: string): Promise<ErrorReport[]> {
    return this.store.rows<ErrorReport>(sql`
      select ${columns} from ${tables} where reports.state = 'confirmed' and aids.connector = ${connector} order by aids.external_id, reports.id`);
  }

  /** Changes the state of a report. `point`: what the letter says. Returns false if the report is gone or already in this state. */
  async decide(
    id: string,
    { state, point, by }: { readonly state: ReportState; readonly point: string | null; readonly by: string },
  ): Promise<boolean> {
    const rows = await this.store.rows(sql`
      update error_reports set state = ${state}, point = ${point}, by = ${by} where id = ${id}::bigint and state <> ${state} returning id`);
    return rows.length > 0;
  }
}
