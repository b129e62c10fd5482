import type { Person } from "../../../catalogue/accounts/people-repository.ts";
import { passwordLink } from "../../access/password-link.ts";
import { readFields } from "../../forms/form.tsx";
import { roleLabels } from "../../layout/refused-page.tsx";
import { type ActRoute, CannotDo, type Done } from "../../route.ts";
import { visitorOf } from "../../visit.ts";
import { roleFields } from "./account-words.ts";
import { onceShownLinkPage } from "./once-shown-link.tsx";
import { personAt } from "./person-at.ts";

const lastAdmin =
  "C’est le dernier compte qui administre sans date de fin : donnez d’abord ce rôle à quelqu’un d’autre, ou plus personne ne pourrait en donner.";

const giveRole = act("role", "account.role", async (visit, person, form) => {
  const { values, problems } = readFields(roleFields(visit.now), form);
  if (values === null) throw new CannotDo(Object.values(problems).join(" "));
  const { role, jusque: until } = values;
  if (!(await visit.catalogue.people.giveRole(person.personId, role, until))) throw new CannotDo(lastAdmin, 409);
  const given = role === null ? `${person.name} n’a plus de rôle.` : `${person.name} a le rôle « ${roleLabels[role]} ».`;
  return { message: given, details: { from: person.role, fromUntil: person.roleUntil, role, until } };
});

const close = act("fermer", "account.close", async (visit, person) => {
  if (!(await visit.catalogue.people.close(person.personId, visit.now))) throw new CannotDo(lastAdmin, 409);
  return { message: `Le compte de ${person.name} est fermé, et ses sessions ont pris fin.` };
});

const open = act("ouvrir", "account.open", async (visit, person) => {
  await visit.catalogue.people.open(person.personId);
  return { message: `Le compte de ${person.name} est rouvert, avec le rôle qu’il avait.` };
});

const endSessions = act("sessions", "account.end-sessions", async (visit, person) => {
  const { personId, session } = visitorOf(visit);
  await visit.catalogue.sessions.endOthers(person.personId, personId === person.personId ? session.tokenHash : null);
  return { message: `Les sessions de ${person.name} ont pris fin.` };
});

const forgetIdentity = act("identite", "account.unlink", async (visit, person) => {
  await visit.catalogue.people.forgetSubject(person.personId);
  return { message: `Le compte de ${person.name} est détaché de sa connexion externe.` };
});

const newLink: ActRoute = {
  method: "post",
  path: "/comptes/:personne/lien",
  who: "admin",
  act: "account.new-link",
  async perform(visit) {
    const person = await personAt(visit);
    if (person.closedAt !== null) throw new CannotDo("Ce compte est fermé : rouvrez-le d’abord.", 409);
    const { personId, email } = person;
    const link = await passwordLink(visit.catalogue, visit.console.url, personId, visit.now);
    return { page: onceShownLinkPage({ title: "Un nouveau lien", email, personId, link }), subject: `compte ${email}` };
  },
};

type Did = Pick<Done, "message" | "details">;

/** Returns the route of an act on the account in the path, which then shows its page. */
function act(
  step: string,
  name: string,
  perform: (visit: Parameters<ActRoute["perform"]>[0], person: Person, form: Parameters<ActRoute["perform"]>[1]) => Promise<Did>,
): ActRoute {
  return {
    method: "post",
    path: `/comptes/:personne/${step}`,
    who: "admin",
    act: name,
    async perform(visit, form) {
      const person = await personAt(visit);
      return { ...(await perform(visit, person, form)), to: `/comptes/${person.personId}`, subject: `compte ${person.email}` };
    },
  };
}

/** Acts of an admin on an account. */
export const accountActs: readonly ActRoute[] = [giveRole, close, open, endSessions, forgetIdentity, newLink];
