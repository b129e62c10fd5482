import { type Aid, aidFields } from "../../../model/aid/aid.ts";
import { withoutPeopleInAid } from "../../../privacy/without-people-in-aid.ts";

/** Aids that are remembered, at most. */
const most = 300_000;

/** Remembers in which aids nobody was found: looking for people takes longer than all else that is done for a record. */
export class LookedThrough {
  readonly #nobodyIn = new Map<string, number>();

  /** `withoutPeopleInAid` of this revision of an aid. */
  openOf(revision: number): typeof withoutPeopleInAid {
    return (aid, contacts) => {
      // What is left out whole is not looked through.
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
