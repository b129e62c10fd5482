import { sql } from "drizzle-orm";

/** Condition on `changes`: the aid is no longer at the revision that the change was made from, or its id was taken. */
export const hasMoved = sql`(
  case when changes.kind = 'create' then exists (select from aids where aids.aid_id = changes.aid_id)
  else not exists (select from aids where aids.aid_id = changes.aid_id and aids.revision = changes.base_revision) end
  or (changes.kind in ('create', 're-identify') and exists (
    select from plans join aids on aids.connector = plans.connector
    where plans.id = changes.plan_id and aids.external_id = changes.external_id and aids.aid_id <> changes.aid_id)))`;
