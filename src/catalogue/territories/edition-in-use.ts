import { sql } from "drizzle-orm";
import { storedStamp, useEdition } from "../../model/territories/edition.ts";
import type { Store } from "../store.ts";

/** The edition that was taken last by a plan that is not undone. */
export const lastTaken = sql`(
  select edition.plan_id, edition.name, edition.stamp, plans.applied_at from territory_editions edition join plans on plans.id = edition.plan_id
  where plans.applied_at is not null and plans.undone_by is null order by plans.applied_at desc, plans.created_at desc limit 1)`;

/** Makes this process use the edition of the catalogue. Reads its lists only if it has changed. Returns true if it has. */
export async function refreshEdition(store: Store): Promise<boolean> {
  const [taken] = await store.rows<{ planId: string; name: string; stamp: string }>(
    sql`select plan_id as "planId", name, stamp from ${lastTaken} taken`,
  );
  if ((taken?.stamp ?? null) === storedStamp()) return false;
  if (taken === undefined) useEdition(null);
  else {
    const packed = await store.value<string>(
      sql`select encode(packed, 'base64') as packed from territory_editions where plan_id = ${taken.planId}::uuid`,
    );
    useEdition({ name: taken.name, stamp: taken.stamp, packed: Buffer.from(packed, "base64") });
  }
  return true;
}
