import { mayAs } from "../../../model/publisher/role.ts";
import type { Choice } from "../../parts/form.tsx";
import type { Visit } from "../../visit.ts";

/** More than ever use a console. */
const maxPeople = 1000;
const read = new WeakMap<Visit, Promise<readonly Choice[]>>();

/** The people of the console who may be in charge of a publisher: those who may write to one. By name; read once a visit. */
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
