import type { Aid } from "../../../model/aid/aid.ts";
import { aidSlug } from "../../../model/aid/aid-slug.ts";
import { withoutPeopleInAid } from "../../../privacy/without-people-in-aid.ts";
import { openDataRecord } from "../../exports/open-data-record.ts";
import type { RecordSource } from "./sources.ts";

/** What the catalogue says of an aid beside its content. */
export interface RecordFacts {
  readonly number: number;
  /** False: another aid has the name in addresses that its title makes. */
  readonly isOwn: boolean;
  /** Its deadline, where it has one, has not passed. */
  readonly isLive: boolean;
  /** ISO instants. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Default `withoutPeopleInAid`. */
  readonly openOf?: typeof withoutPeopleInAid;
}

/**
 * Aides-territoires' record of an aid without people in it; `id`: its number; and what Aides-territoires has not: `aid_id`, `publisher`.
 * Its name in addresses is the one
 * of its title; its permanent id where another aid has that name, or somebody is named in the title.
 */
export function publicRecord(
  aid: Aid,
  source: RecordSource,
  { number, isOwn, isLive, createdAt, updatedAt, openOf = withoutPeopleInAid }: RecordFacts,
): Record<string, unknown> {
  const open = openOf(aid, source.contacts);
  const slug = isOwn && open.name === aid.name ? aidSlug(open) : aid.aidId;
  return { ...openDataRecord(open, { ...source, number, slug, createdAt, updatedAt }), is_live: isLive };
}
