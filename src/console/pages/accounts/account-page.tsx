import type { Child } from "hono/jsx";
import type { Person } from "../../../catalogue/accounts/people-repository.ts";
import type { Session } from "../../../catalogue/accounts/session-repository.ts";
import { counted } from "../../../french/typography.ts";
import { FormFields } from "../../forms/form.tsx";
import { Alert } from "../../parts/alert.tsx";
import { ActButton, ActForm } from "../../parts/form.tsx";
import { formatDateTime, formatDay } from "../../parts/time.ts";
import type { PageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { roleFields, roleOfPerson, waysOf } from "./account-words.ts";
import { personAt } from "./person-at.ts";

/** Shows an account and the acts of an admin on it. */
export const accountRoute: PageRoute = {
  method: "get",
  path: "/comptes/:personne",
  who: "admin",
  async answer(visit) {
    const person = await personAt(visit);
    const sessions = await visit.catalogue.sessions.ofPerson(person.personId, visit.now);
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
            <button class="fr-btn" type="submit">
              Changer le rôle
            </button>
          </ActForm>
          <h2 class="fr-mt-4w">Accès</h2>
          <Acts person={person} sessions={sessions} visit={visit} />
        </>
      ),
    };
  },
};

interface Given {
  readonly person: Person;
  readonly sessions: readonly Session[];
  readonly visit: Visit;
}

function Facts({ person, sessions, visit }: Given): Child {
  const elsewhere = visit.console.settings.oidc?.name ?? "connexion externe";
  const last = sessions[0]?.seenAt;
  return (
    <dl class="moisson-facts">
      <dt>Adresse électronique</dt>
      <dd>{person.email}</dd>
      <dt>Rôle</dt>
      <dd>{roleOfPerson(person, visit.now)}</dd>
      <dt>Se connecte par</dt>
      <dd>{waysOf(person, elsewhere)}</dd>
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

function Acts({ person, sessions, visit }: Given): Child {
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
      {person.isElsewhere && (
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
