import type { Person } from "../../../catalogue/accounts/people-repository.ts";
import { NotFound } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The person whose id stands in the path. @throws NotFound */
export async function personAt(visit: Visit): Promise<Person> {
  const personId = param(visit, "personne");
  const person = uuid.test(personId) ? await visit.catalogue.people.find(personId) : null;
  if (person === null) throw new NotFound("Ce compte n’existe pas.");
  return person;
}
