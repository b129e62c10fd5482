import { sql } from "drizzle-orm";
import type { AidContent } from "../../model/aid/aid.ts";
import { wholeContent } from "../../model/aid/filled-content.ts";
import type { Slug } from "../../model/vocabularies.ts";
import type { Store } from "../store.ts";

/** An aid with what its publisher says: as we hold it, or as we would once a plan is applied. */
export interface AidAsPlanned {
  readonly aidId: string;
  readonly externalId: string;
  readonly status: Slug<"status">;
  /** Address of the aid on the site, where it was taken over from it. */
  readonly siteUrl: string | null;
  /** False where it is withdrawn, or the plan misses it in the feed. */
  readonly isInFeed: boolean;
  /** Without what persons made of it. */
  readonly content: AidContent;
}

const aidsAPage = 500;

/** What taking over a live catalogue asks of ours. */
export class AdoptionRepository {
  constructor(private readonly store: Store) {}

  /** A connector's aids, every status, in pages by external id: as they would be once this open plan of a run is applied; as they are where it is null or closed. */
  async *asPlanned(connector: string, planId: string | null): AsyncGenerator<AidAsPlanned[]> {
    for (let after = { externalId: "", aidId: "00000000-0000-0000-0000-000000000000" }; ; ) {
      const rows = await this.store.rows<Omit<AidAsPlanned, "content"> & { content: Partial<AidContent> }>(sql`
        with planned as (
          select changes.*, plans.run_id from plans join changes on changes.plan_id = plans.id
          where plans.id = ${planId}::uuid and plans.complete and plans.state in ('open', 'part-applied') and changes.part is null
        ), ours as (
          select aids.aid_id, coalesce(planned.external_id, aids.external_id) as external_id, aids.status, aids.site_url,
            (aids.withdrawn_at is null or planned.aid_id is not null) and not exists (
              select from planned_absences absent where absent.plan_id = ${planId}::uuid and absent.aid_id = aids.aid_id) as is_in_feed,
            aids.imported || coalesce((select jsonb_object_agg(key, value -> 'incoming') from jsonb_each(planned.fields)), '{}') as content
          from aids left join planned on planned.aid_id = aids.aid_id and planned.kind <> 'create'
          where aids.connector = ${connector}
          union all
          select planned.aid_id, planned.external_id, 'reviewable', null, true, prepared.content
          from planned join planned_aids prepared on prepared.run_id = planned.run_id and prepared.external_id = planned.external_id
          where planned.kind = 'create'
        )
        select aid_id as "aidId", external_id as "externalId", status, site_url as "siteUrl", is_in_feed as "isInFeed", content
        from ours where (external_id, aid_id) > (${after.externalId}, ${after.aidId}::uuid) order by external_id, aid_id limit ${aidsAPage}`);
      if (rows.length > 0) yield rows.map((row) => ({ ...row, content: wholeContent(row.content) }));
      const last = rows.at(-1);
      if (last === undefined || rows.length < aidsAPage) return;
      after = last;
    }
  }

  /** Addresses on the site that aids of other connectors were taken over from. */
  async pagesOfOthers(connector: string): Promise<Set<string>> {
    const rows = await this.store.rows<{ siteUrl: string }>(sql`
      select site_url as "siteUrl" from aids where connector <> ${connector} and site_url is not null`);
    return new Set(rows.map(({ siteUrl }) => siteUrl));
  }
}
