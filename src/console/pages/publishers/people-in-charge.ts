import { mayAs } from "../../../model/publisher/role.ts";
import type { Choice } from "../../parts/form.tsx";
import type { Visit } from "../../visit.ts";

/** More people than a console ever has. */
const maxPeople = 1000;
const read = new WeakMap<Visit, Promise<readonly Choice[]>>();

/** Returns the people who can be in charge of a publisher: those with the right to write to it, sorted by name. Read once per request. */
export function peopleInCharge(visit: Visit): Promise<readonly Choice[]> {
  const known = read.get(visit) ?? readNow(visit);
  read.set(visit, known);
  return known;
}

async function readNow({ catalogue }: Visit): Promise<readonly Choice[]> {
  const people = await catalogue.people.list({ isClosed: false }, { limit: maxPeople, offset: 0 });
  return people
    .filter(({ role }) => role !== null && mayAs(role, "bizdev"))
    .map(({ personId, name }) => ({ value: personId, label: name }));
}
