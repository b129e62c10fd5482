import { type Aid, aidFields } from "../../../model/aid/aid.ts";
import { withoutPeopleInAid } from "../../../privacy/without-people-in-aid.ts";

/** Maximum number of cached aids. */
const most = 300_000;

/** Caches in which aids nobody was recognised: recognition takes longer than everything else about a record. */
export class LookedThrough {
  readonly #nobodyIn = new Map<string, number>();

  /** Returns `withoutPeopleInAid` for this revision. */
  openOf(revision: number): typeof withoutPeopleInAid {
    return (aid, contacts) => {
      // A contact that is dropped need not be searched.
      if (contacts === "leave-out") return withoutPeopleInAid(aid, contacts);
      if (this.#nobodyIn.get(aid.aidId) === revision) return aid;
      const open = withoutPeopleInAid(aid, contacts);
      if (isSame(open, aid) && (this.#nobodyIn.size < most || this.#nobodyIn.has(aid.aidId))) this.#nobodyIn.set(aid.aidId, revision);
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
