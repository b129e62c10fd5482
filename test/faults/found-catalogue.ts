import { sql } from "drizzle-orm";
import { canonicalAid } from "../../src/model/aid/canonical-aid.ts";
import type { OpenedPlace } from "./place.ts";

/** What a night left of the catalogue, as it is compared. */
export interface FoundCatalogue {
  /** What `moisson aids --json` writes, one aid on a line. */
  readonly exported: string;
  /** Every revision of every aid: what was done to it. */
  readonly history: string;
}

/** Reads it. `dayless`: the days on which aids were withdrawn are left out, where the clock has jumped. */
export async function foundCatalogue({ catalogue, store }: OpenedPlace, dayless: boolean): Promise<FoundCatalogue> {
  const aids: string[] = [];
  for await (const page of catalogue.aids.list({})) for (const aid of page) aids.push(JSON.stringify(canonicalAid(aid)));
  const revisions = await store.rows<{ line: string }>(sql`
    select concat_ws(' ', aids.connector, aids.external_id, aid_history.revision::text, kind, aid_history.fields::text) as line
    from aid_history join aids using (aid_id) order by aids.connector, aids.external_id, aid_history.revision`);
  const history = revisions.map(({ line }) => line).join("\n");
  const exported = aids.join("\n");
  return dayless ? { exported: withoutDays(exported), history: withoutDays(history) } : { exported, history };
}

/** The same as if it had been read without days. */
export function withoutDays(text: string): string {
  return text.replace(/("withdrawnAt": ?)"\d{4}-\d\d-\d\d"/g, '$1"day"');
}
