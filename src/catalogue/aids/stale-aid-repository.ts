import { sql } from "drizzle-orm";
import type { StaleAid } from "../../model/aid/stale-aid.ts";
import type { Store } from "../store.ts";
import { isLive, shownField } from "./shown-field.ts";

const aidsAPage = 500;

/** The day of the last change of the publisher's that is known: as it says itself, or as a run brought it; else the day on which the aid came. */
const lastChangedOn = sql`coalesce(
  greatest(
    aids.imported ->> 'sourceUpdatedDate',
    (select max(history.at at time zone 'Europe/Paris')::date::text from aid_history history join plans on plans.id = history.plan_id
      where history.aid_id = aids.aid_id and plans.origin = 'run' and history.kind in ('update', 'restore', 're-identify') and history.fields <> '{}')),
  (aids.created_at at time zone 'Europe/Paris')::date::text)`;

const lastDate = sql`greatest(${shownField("startDate")}, ${shownField("predepositDate")}, ${shownField("submissionDeadline")})`;

/** Aids of which nobody knows any more whether they hold. */
export class StaleAidRepository {
  constructor(private readonly store: Store) {}

  /**
   * Pages of aids in review or published that are unchanged and open-ended, or recurring with their dates past, and of suspended ones whose day has come; those
   * that somebody confirmed until a later day are left out. By connector, then external id. `today`, `aYearAgo`: `YYYY-MM-DD`.
   */
  async *list(asked: { readonly today: string; readonly aYearAgo: string; readonly connector?: string }): AsyncGenerator<StaleAid[]> {
    const { today, aYearAgo, connector } = asked;
    for (let after = { connector: "", externalId: "" }; ; ) {
      const rows = await this.store.rows<StaleAid>(sql`
        select aid_id as "aidId", connector, external_id as "externalId", revision, name, status, recurrence, reason, watch,
          case reason when 'look-again' then watch ->> 'until' when 'dates-past' then last_date else changed_on end as since
        from (
          select *, case
            when withdrawn_at is not null then case when watch ->> 'state' = 'suspended' and watch ->> 'until' <= ${today} then 'look-again' end
            when watch ->> 'state' = 'confirmed' and watch ->> 'until' > ${today} then null
            when recurrence = 'recurring' and last_date < ${today} then 'dates-past'
            when coalesce(recurrence, 'ongoing') = 'ongoing' and deadline is null and changed_on < ${aYearAgo} then 'unchanged'
          end as reason from (
            select aids.*, ${shownField("name")} as name, ${shownField("recurrence")} as recurrence, ${shownField("submissionDeadline")} as deadline,
              ${lastDate} as last_date, ${lastChangedOn} as changed_on from aids
            where status in ('reviewable', 'published') and (${isLive} or watch is not null)
              and ${connector === undefined ? sql`true` : sql`connector = ${connector}`} and (connector, external_id) > (${after.connector}, ${after.externalId})
          ) looked
        ) judged where reason is not null order by connector, external_id limit ${aidsAPage}`);
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < aidsAPage) return;
      after = last;
    }
  }
}
