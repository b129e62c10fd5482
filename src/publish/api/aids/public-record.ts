import type { Aid, AidField } from "../../../model/aid/aid.ts";
import { aidSlug } from "../../../model/aid/aid-slug.ts";
import { withoutPeopleInAid } from "../../../privacy/without-people-in-aid.ts";
import type { BackerNumbers } from "../../exports/aides-territoires-record.ts";
import { openDataRecord } from "../../exports/open-data-record.ts";
import type { RecordSource } from "./sources.ts";

/** Facts of the catalogue about an aid, beside its content. */
export interface RecordFacts {
  readonly number: number;
  /** False if another aid has the slug of its title. */
  readonly ownsSlug: boolean;
  /** Its deadline, if any, has not passed. */
  readonly isLive: boolean;
  /** ISO instants. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Fields with a value of a person of ours. */
  readonly edited: readonly AidField[];
  readonly backerNumbers: BackerNumbers;
  /** Removes people from the aid. Default `withoutPeopleInAid`. */
  readonly openOf?: OpenAid;
}

/** Returns what may be shown of an aid. */
export type OpenAid = typeof withoutPeopleInAid;

/**
 * Returns the record of Aides-territoires for an aid without people. `id` is its number; our additions are `aid_id` and `publisher`. The
 * slug is that of its title, or its permanent id if another aid has that slug or the title names a person.
 */
export function publicRecord(
  aid: Aid,
  source: RecordSource,
  { number, ownsSlug, isLive, createdAt, updatedAt, edited, backerNumbers, openOf = withoutPeopleInAid }: RecordFacts,
): Record<string, unknown> {
  const open = openOf(aid, source.contacts, source.services);
  const slug = ownsSlug && open.name === aid.name ? aidSlug(open) : aid.aidId;
  return { ...openDataRecord(open, { ...source, number, slug, createdAt, updatedAt, edited, backerNumbers }), is_live: isLive };
}
