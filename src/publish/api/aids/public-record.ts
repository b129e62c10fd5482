import { type Aid, type AidField, aidFields } from "../../../model/aid/aid.ts";
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
  readonly openOf?: typeof withoutPeopleInAid;
}

/**
 * Returns the record of Aides-territoires for an aid without people. `id` is its number; our additions are `aid_id` and `publisher`. The
 * slug is that of its title, or its permanent id if another aid has that slug or the title names a person.
 */
export function publicRecord(
  aid: Aid,
  source: RecordSource,
  { number, ownsSlug, isLive, createdAt, updatedAt, edited, backerNumbers, openOf = withoutPeopleInAid }: RecordFacts,
): Record<string, unknown> {
  const open = openOf(aid, source.contacts);
  const slug = ownsSlug && open.name === aid.name ? aidSlug(open) : aid.aidId;
  return { ...openDataRecord(open, { ...source, number, slug, createdAt, updatedAt, edited, backerNumbers }), is_live: isLive };
}

/** Maximum number of cached aids. */
const maxAids = 300_000;

/** Remembers the aids in which no person was recognised, because recognition is the slowest step of a record. */
export class CheckedForPeople {
  readonly #nobodyIn = new Map<string, number>();

  /** Returns `withoutPeopleInAid` for this revision. */
  openOf(revision: number): typeof withoutPeopleInAid {
    return (aid, contacts) => {
      // The result lacks the contact, so it is never the whole aid.
      if (contacts === "leave-out") return withoutPeopleInAid(aid, contacts);
      if (this.#nobodyIn.get(aid.aidId) === revision) return aid;
      const open = withoutPeopleInAid(aid, contacts);
      if (isSame(open, aid) && (this.#nobodyIn.size < maxAids || this.#nobodyIn.has(aid.aidId))) this.#nobodyIn.set(aid.aidId, revision);
      return open;
    };
  }
}

function isSame(open: Aid, aid: Aid): boolean {
  return aidFields.every((field) => {
    const [one, other] = [open[field], aid[field]];
    if (one === other) return true;
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((value, place) => value === other[place]);
  });
}
