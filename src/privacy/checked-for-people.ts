import { type Aid, aidFields } from "../model/aid/aid.ts";
import type { PublicAid } from "../model/aid/public-aid.ts";
import { withoutPeopleInAid } from "./without-people-in-aid.ts";

/** Maximum number of cached aids. */
const maxAids = 300_000;

/** Remembers the aids in which no person was recognised, because recognition is the slowest step of a record. */
export class CheckedForPeople {
  readonly #nobodyIn = new Map<string, number>();

  /** Returns `withoutPeopleInAid` for this revision. A person's answers about services never change an aid in which nobody was recognised. */
  openOf(revision: number): typeof withoutPeopleInAid {
    return (aid, contacts, services) => {
      // The result lacks the contact, so it is never the whole aid.
      if (contacts === "leave-out") return withoutPeopleInAid(aid, contacts, services);
      if (this.#nobodyIn.get(aid.aidId) === revision) return aid as PublicAid;
      const open = withoutPeopleInAid(aid, contacts, services);
      if (
        isSame(open, aid) &&
        (services === undefined || services.size === 0) &&
        (this.#nobodyIn.size < maxAids || this.#nobodyIn.has(aid.aidId))
      )
        this.#nobodyIn.set(aid.aidId, revision);
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
