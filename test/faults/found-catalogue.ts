import { sql } from "drizzle-orm";
import { canonicalAid } from "../../src/model/aid/canonical-aid.ts";
import type { OpenedPlace } from "./place.ts";

/** The catalogue after a night, in a comparable form. */
export interface FoundCatalogue {
  /** Output of `moisson aids --json`, one aid per line. */
  readonly exported: string;
  /** Every revision of every aid. */
  readonly history: string;
}

/** Reads the catalogue. `dayless`: leaves out withdrawal dates, for nights with a jumping clock. */
export async function foundCatalogue({ catalogue, store }: OpenedPlace, dayless: boolean): Promise<FoundCatalogue> {
  const aids: string[] = [];
  for await (const page of catalogue.aids.list({})) for (const aid of page) aids.push(JSON.stringify(canonicalAid(aid)));
  const revisions = await store.rows<{ line: string }>(sql`
    select concat_ws(' ', aids.connector, aids.external_id, history.revision::text, kind, history.fields::text) as line
    from history_with_values history join aids using (aid_id) order by aids.connector, aids.external_id, history.revision`);
  const history = revisions.map(({ line }) => line).join("\n");
  const exported = aids.join("\n");
  return dayless ? { exported: withoutDays(exported), history: withoutDays(history) } : { exported, history };
}

/** Removes the dates from a catalogue that was read with them. */
export function withoutDays(text: string): string {
  return text.replace(/("withdrawnAt": ?)"\d{4}-\d\d-\d\d"/g, '$1"day"');
}
