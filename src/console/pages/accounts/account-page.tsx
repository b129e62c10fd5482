import type { Child } from "hono/jsx";
import type { Person } from "../../../catalogue/accounts/people-repository.ts";
import type { Session } from "../../../catalogue/accounts/session-repository.ts";
import { roleLabels } from "../../../french/roles.ts";
import { counted, french } from "../../../french/typography.ts";
import { passwordLink } from "../../access/password.ts";
import { FormFields, readFields } from "../../forms/form.tsx";
import { Alert } from "../../parts/alert.tsx";
import { type Fact, Facts } from "../../parts/facts.tsx";
import { ActButton, ActForm, SubmitButton } from "../../parts/form-controls.tsx";
import { List } from "../../parts/list.tsx";
import { formatDateTime, formatDay } from "../../parts/time.ts";
import { type ActRoute, actRoute, CannotDo, type Done, NotFound, pageRoute } from "../../route.ts";
import { param, type Visit, visitorOf } from "../../visit.ts";
import { roleFields, roleOfPerson, signInWays } from "./account-words.ts";
import { onceShownLinkPage } from "./once-shown-link.tsx";

/** Shows an account, with the acts that an admin can do on it. */
export const accountRoute = pageRoute("/comptes/:personne", "admin", async (visit) => {
  const person = await personAt(visit);
  const sessions = await visit.catalogue.sessions.list(person.personId, visit.now);
  const hasSecondFactor = (await visit.catalogue.secondFactors.find(person.personId)) !== null;
  return {
    title: person.name,
    breadcrumb: [{ title: "Comptes", href: "/comptes" }],
    menuPath: "/comptes",
    content: (
      <>
        <h1>{person.name}</h1>
        {person.closedAt !== null && (
          <Alert kind="warning" text={`Ce compte est fermé depuis le ${formatDay(person.closedAt)} : personne ne peut s’en servir.`} />
        )}
        <Facts facts={factsOf({ person, sessions, visit })} />
        <h2>Rôle</h2>
        <ActForm action={`/comptes/${person.personId}/role`} csrf={visit.csrf} class="moisson-narrow">
          <FormFields fields={roleFields(visit.now)} typed={{ role: person.role ?? "", jusque: person.roleUntil ?? "" }} problems={{}} />
          <SubmitButton label="Changer le rôle" />
        </ActForm>
        <h2 class="fr-mt-4w">Accès</h2>
        <Acts person={person} sessions={sessions} hasSecondFactor={hasSecondFactor} visit={visit} />
      </>
    ),
  };
});

interface Given {
  readonly person: Person;
  readonly sessions: readonly Session[];
  readonly visit: Visit;
}

function factsOf({ person, sessions, visit }: Given): readonly Fact[] {
  const last = sessions[0]?.seenAt;
  const trail = (filter: Readonly<Record<string, string>>) => `/journal?${new URLSearchParams(filter).toString()}`;
  return [
    { name: "Adresse électronique", value: person.email },
    { name: "Rôle", value: roleOfPerson(person, visit.now) },
    { name: "Se connecte par", value: signInWays(person, visit) },
    {
      name: "Sessions ouvertes",
      value: last === undefined ? "aucune" : `${counted(sessions.length, "session")}, vue le ${formatDateTime(last)}`,
    },
    { name: "Créé", value: `le ${formatDay(person.createdAt)}, par ${person.createdBy}` },
    {
      name: "Journal",
      value: (
        <>
          <a href={trail({ qui: person.name })}>Ce que {person.name} a fait</a>
          {" ; "}
          <a href={trail({ objet: `compte ${person.email}` })}>ce qui a été fait sur ce compte</a>
        </>
      ),
    },
  ];
}

function Acts({ person, sessions, hasSecondFactor, visit }: Given & { readonly hasSecondFactor: boolean }): Child {
  const isOpen = person.closedAt === null;
  const acts = [
    { step: "lien", label: "Nouveau lien de mot de passe", isPossible: isOpen },
    { step: "sessions", label: "Mettre fin à ses sessions", isPossible: sessions.length > 0 },
    { step: "sans-double-authentification", label: "Retirer la double authentification", isPossible: hasSecondFactor },
    { step: "identite", label: "Détacher de la connexion externe", isPossible: person.usesSingleSignOn },
    { step: "fermer", label: "Fermer le compte", isPossible: isOpen },
    { step: "ouvrir", label: "Rouvrir le compte", isPossible: !isOpen },
  ];
  const path = `/comptes/${person.personId}`;
  return (
    <List
      class="fr-btns-group fr-btns-group--inline"
      items={acts
        .filter(({ isPossible }) => isPossible)
        .map(({ step, label }) => (
          <ActButton action={`${path}/${step}`} csrf={visit.csrf} about={`(${person.name})`} label={label} size="md" />
        ))}
    />
  );
}

/** Returns the person that the path names. Throws `NotFound`. */
async function personAt(visit: Visit): Promise<Person> {
  const person = await visit.catalogue.people.find(param(visit, "personne"));
  if (person === null) throw new NotFound("Ce compte n’existe pas.");
  return person;
}

const lastAdmin =
  "C’est le dernier compte qui administre sans date de fin : donnez d’abord ce rôle à quelqu’un d’autre, ou plus personne ne pourrait en donner.";

const giveRole = act("role", "account.role", async (visit, person, form) => {
  const { values, problems } = readFields(roleFields(visit.now), form);
  if (values === null) throw new CannotDo(Object.values(problems).join(" "));
  const { role, jusque: until } = values;
  if (!(await visit.catalogue.people.giveRole(person.personId, role, until))) throw new CannotDo(lastAdmin, 409);
  const given = role === null ? `${person.name} n’a plus de rôle.` : french`${person.name} a le rôle « ${roleLabels[role]} ».`;
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

const removeSecondFactor = act("sans-double-authentification", "account.no-second-factor", async (visit, person) => {
  await visit.catalogue.secondFactors.remove(person.personId);
  return { message: `Le compte de ${person.name} n’a plus de double authentification.` };
});

const forgetIdentity = act("identite", "account.unlink", async (visit, person) => {
  await visit.catalogue.people.forgetSubject(person.personId);
  return { message: `Le compte de ${person.name} est détaché de sa connexion externe.` };
});

const newLink = actRoute("/comptes/:personne/lien", { who: "admin", act: "account.new-link" }, async (visit) => {
  const person = await personAt(visit);
  if (person.closedAt !== null) throw new CannotDo("Ce compte est fermé : rouvrez-le d’abord.", 409);
  const { personId, email } = person;
  const link = await passwordLink(visit.catalogue, visit.console.url, personId, visit.now);
  return { page: onceShownLinkPage({ title: "Un nouveau lien", email, personId, link }), subject: `compte ${email}` };
});

type Did = Pick<Done, "message" | "details">;

/** Returns the route of an act on an account. After the act, the account's page is shown. */
function act(
  step: string,
  name: string,
  perform: (visit: Parameters<ActRoute["perform"]>[0], person: Person, form: Parameters<ActRoute["perform"]>[1]) => Promise<Did>,
): ActRoute {
  return actRoute(`/comptes/:personne/${step}`, { who: "admin", act: name }, async (visit, form) => {
    const person = await personAt(visit);
    return { ...(await perform(visit, person, form)), to: `/comptes/${person.personId}`, subject: `compte ${person.email}` };
  });
}

/** Acts of an admin on an account. */
export const accountActs: readonly ActRoute[] = [giveRole, close, open, endSessions, removeSecondFactor, forgetIdentity, newLink];
