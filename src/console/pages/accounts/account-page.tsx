import type { Child } from "hono/jsx";
import type { Person } from "../../../catalogue/accounts/people-repository.ts";
import type { Session } from "../../../catalogue/accounts/session-repository.ts";
import { counted, french } from "../../../french/typography.ts";
import { passwordLink } from "../../access/password.ts";
import { FormFields, readFields } from "../../forms/form.tsx";
import { roleLabels } from "../../layout/refused-page.tsx";
import { Alert } from "../../parts/alert.tsx";
import { ActButton, ActForm, SubmitButton } from "../../parts/form-controls.tsx";
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
          <Alert kind="warning">
            <p>{`Ce compte est fermé depuis le ${formatDay(person.closedAt)} : personne ne peut s’en servir.`}</p>
          </Alert>
        )}
        <Facts person={person} sessions={sessions} visit={visit} />
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

function Facts({ person, sessions, visit }: Given): Child {
  const last = sessions[0]?.seenAt;
  return (
    <dl class="moisson-facts">
      <dt>Adresse électronique</dt>
      <dd>{person.email}</dd>
      <dt>Rôle</dt>
      <dd>{roleOfPerson(person, visit.now)}</dd>
      <dt>Se connecte par</dt>
      <dd>{signInWays(person, visit)}</dd>
      <dt>Sessions ouvertes</dt>
      <dd>
        {sessions.length === 0 || last === undefined ? "aucune" : `${counted(sessions.length, "session")}, vue le ${formatDateTime(last)}`}
      </dd>
      <dt>Créé</dt>
      <dd>{`le ${formatDay(person.createdAt)}, par ${person.createdBy}`}</dd>
      <dt>Journal</dt>
      <dd>
        <a href={`/journal?${new URLSearchParams({ qui: person.name }).toString()}`}>Ce que {person.name} a fait</a>
        {" ; "}
        <a href={`/journal?${new URLSearchParams({ objet: `compte ${person.email}` }).toString()}`}>ce qui a été fait sur ce compte</a>
      </dd>
    </dl>
  );
}

function Acts({ person, sessions, hasSecondFactor, visit }: Given & { readonly hasSecondFactor: boolean }): Child {
  const to = (step: string) => ({ action: `/comptes/${person.personId}/${step}`, csrf: visit.csrf, about: `(${person.name})` });
  return (
    <ul class="fr-btns-group fr-btns-group--inline">
      {person.closedAt === null && (
        <li>
          <ActButton {...to("lien")} label="Nouveau lien de mot de passe" size="md" />
        </li>
      )}
      {sessions.length > 0 && (
        <li>
          <ActButton {...to("sessions")} label="Mettre fin à ses sessions" size="md" />
        </li>
      )}
      {hasSecondFactor && (
        <li>
          <ActButton {...to("sans-double-authentification")} label="Retirer la double authentification" size="md" />
        </li>
      )}
      {person.usesSingleSignOn && (
        <li>
          <ActButton {...to("identite")} label="Détacher de la connexion externe" size="md" />
        </li>
      )}
      <li>
        {person.closedAt === null ? (
          <ActButton {...to("fermer")} label="Fermer le compte" size="md" />
        ) : (
          <ActButton {...to("ouvrir")} label="Rouvrir le compte" size="md" />
        )}
      </li>
    </ul>
  );
}

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Returns the person that the path names. Throws `NotFound`. */
async function personAt(visit: Visit): Promise<Person> {
  const personId = param(visit, "personne");
  const person = uuid.test(personId) ? await visit.catalogue.people.find(personId) : null;
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
