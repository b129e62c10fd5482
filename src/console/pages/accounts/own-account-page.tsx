import type { Child } from "hono/jsx";
import type { Session } from "../../../catalogue/accounts/session-repository.ts";
import { counted, french } from "../../../french/typography.ts";
import { attemptOn, clearAttempts, isAttemptAllowed, originOf, pauseSeconds } from "../../access/attempt-limits.ts";
import { hashPassword, isPassword, newPasswordProblems } from "../../access/password.ts";
import { beginSessionWithPassword } from "../../access/sign-in.ts";
import { formStatus } from "../../forms/form.tsx";
import { Problems } from "../../parts/alert.tsx";
import { Facts } from "../../parts/facts.tsx";
import { ActButton, ActForm, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { KeysSwitch } from "../../parts/keys-switch.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import { Table } from "../../parts/table.tsx";
import { formatShortDateTime } from "../../parts/time.ts";
import { type ActRoute, actRoute, CannotDo, NotFound, type Page, pageRoute } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { NewPasswordFields } from "../access/new-password-fields.tsx";
import { browserLabel, roleOfPerson, sessionWay, signInWays } from "./account-words.ts";

/** Shows the visitor's own account. */
export const ownAccountRoute = pageRoute("/mon-compte", "signed-in", (visit) => ownAccountPage(visit, {}));

/** Returns the page. `problems`: of the password form. */
async function ownAccountPage(visit: Visit, problems: Readonly<Record<string, string>>): Promise<Page> {
  const { personId, hasSecondFactor } = visitorOf(visit);
  const person = await visit.catalogue.people.find(personId);
  if (person === null) throw new NotFound("Ce compte n’existe plus.");
  const sessions = await visit.catalogue.sessions.list(personId, visit.now);
  return {
    title: "Mon compte",
    breadcrumb: [],
    status: formStatus(problems),
    content: (
      <>
        <h1>Mon compte</h1>
        <Problems problems={problems} />
        <Facts
          facts={[
            { name: "Nom", value: person.name },
            { name: "Adresse électronique", value: person.email },
            { name: "Rôle", value: roleOfPerson(person, visit.now) },
            { name: "Se connecte par", value: signInWays(person, visit) },
          ]}
        />
        <p class="moisson-mention">Un administrateur peut changer votre rôle.</p>
        {person.role !== null && <ParagraphLink href="/mon-compte/notifications" label="Mes notifications par courrier" />}
        <h2>Mes sessions</h2>
        <p>Une session prend fin après quatre heures sans rien faire, et au bout d’un jour dans tous les cas.</p>
        <Sessions sessions={sessions} visit={visit} />
        <h2 class="fr-mt-4w">Raccourcis clavier</h2>
        <p>{french`Dans la relecture et sur la page d’une aide, une touche seule peut agir : « e » corrige, « p » publie.`}</p>
        <KeysSwitch />
        {person.hasPassword && (
          <>
            <h2 class="fr-mt-4w">Double authentification</h2>
            <p>
              {hasSecondFactor ? "Elle est active : la connexion demande aussi un code." : "Elle n’est pas active."}{" "}
              <a href="/mon-compte/double-authentification">{hasSecondFactor ? "La retirer" : "L’activer"}</a>
            </p>
          </>
        )}
        {person.hasPassword && <PasswordForm visit={visit} problems={problems} />}
      </>
    ),
  };
}

function Sessions({ sessions, visit }: { readonly sessions: readonly Session[]; readonly visit: Visit }): Child {
  const own = visitorOf(visit).session.tokenHash;
  const { csrf } = visit;
  return (
    <>
      <Table
        caption={counted(sessions.length, "session ouverte", "sessions ouvertes")}
        head={["Navigateur", "Connexion", "Depuis", "Vue", "Agir"]}
        rows={sessions.map(({ tokenHash, agent, way, createdAt, seenAt }) => [
          browserLabel(agent),
          sessionWay(way, visit),
          formatShortDateTime(createdAt),
          formatShortDateTime(seenAt),
          tokenHash === own ? (
            "cette session"
          ) : (
            <ActButton
              action="/mon-compte/sessions/fin"
              csrf={csrf}
              label="Mettre fin"
              about={`à la session de ${browserLabel(agent)}, ouverte le ${formatShortDateTime(createdAt)}`}
              fields={{ session: tokenHash }}
            />
          ),
        ])}
      />
      {sessions.length > 1 && (
        <ActButton action="/mon-compte/sessions/autres" csrf={csrf} label="Mettre fin à toutes les autres sessions" />
      )}
    </>
  );
}

function PasswordForm({ visit, problems }: { readonly visit: Visit; readonly problems: Readonly<Record<string, string>> }): Child {
  return (
    <>
      <h2 class="fr-mt-4w">Changer de mot de passe</h2>
      <ActForm action="/mon-compte/mot-de-passe" csrf={visit.csrf} class="moisson-narrow">
        <TextField
          name="actuel"
          label="Mot de passe actuel"
          type="password"
          autocomplete="current-password"
          problem={problems.actuel}
          required
        />
        <NewPasswordFields problems={problems} />
        <SubmitButton label="Changer le mot de passe" />
      </ActForm>
    </>
  );
}

const changePassword = actRoute("/mon-compte/mot-de-passe", { who: "signed-in", act: "account.password" }, async (visit, form) => {
  const { catalogue } = visit;
  const { personId, email, session } = visitorOf(visit);
  const passwordHash = (await catalogue.people.findByEmail(email))?.password ?? null;
  if (passwordHash === null)
    throw new CannotDo("Ce compte n’a pas de mot de passe : un administrateur peut vous envoyer un lien pour en choisir un.");
  const problems = newPasswordProblems(form);
  if (Object.keys(problems).length > 0) return ownAccountPage(visit, problems);
  // Attempts are limited here too, in case somebody else uses the open browser.
  const tried = attemptOn(email, passwordHash, visit);
  if (!(await isAttemptAllowed(catalogue, tried)))
    return ownAccountPage(visit, { actuel: french`Trop d’essais. Attendez ${pauseSeconds} secondes.` });
  if (!(await isPassword(form.text("actuel"), passwordHash, originOf(tried))))
    return ownAccountPage(visit, { actuel: "Ce n’est pas votre mot de passe actuel." });
  await clearAttempts(catalogue, tried);
  const newHash = await hashPassword(form.text("mot-de-passe"));
  await catalogue.people.setPassword(personId, newHash);
  return {
    message: "Votre mot de passe est changé, et vos autres sessions ont pris fin.",
    to: "/mon-compte",
    subject: `compte ${email}`,
    cookies: await beginSessionWithPassword(visit, { personId, passwordHash: newHash, way: session.way }),
  };
});

const endSession = actRoute("/mon-compte/sessions/fin", { who: "signed-in", act: "account.end-sessions" }, async (visit, form) => {
  const { personId, email } = visitorOf(visit);
  await visit.catalogue.sessions.end({ account: personId, tokenHash: form.text("session") });
  return { message: "La session a pris fin.", to: "/mon-compte", subject: `compte ${email}` };
});

const endOthers = actRoute("/mon-compte/sessions/autres", { who: "signed-in", act: "account.end-sessions" }, async (visit) => {
  const { personId, email, session } = visitorOf(visit);
  await visit.catalogue.sessions.endOthers(personId, session.tokenHash);
  return { message: "Vos autres sessions ont pris fin.", to: "/mon-compte", subject: `compte ${email}` };
});

/** Acts of visitors on their own account. */
export const ownAccountActs: readonly ActRoute[] = [changePassword, endSession, endOthers];
