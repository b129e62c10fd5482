import { cookie, readCookie } from "../../access/cookies.ts";
import { Alert } from "../../parts/alert.tsx";
import { actRoute, type Page } from "../../route.ts";
import { visitorOf } from "../../visit.ts";

/** Signs out. */
export const signOutRoute = actRoute("/deconnexion", { who: "signed-in", act: "account.sign-out" }, async (visit) => {
  const { personId, email, session } = visitorOf(visit);
  await visit.catalogue.sessions.end(personId, session.tokenHash);
  const { settings } = visit.console;
  const isElsewhere = session.way === "oidc" && settings.oidc !== null && readCookie(visit.console, visit.headers, "identity") !== null;
  return {
    message: isElsewhere ? null : "Vous êtes déconnecté.",
    to: isElsewhere ? "/deconnexion/externe" : "/connexion",
    subject: `compte ${email}`,
    cookies: [cookie(visit.console, "session", "", 0)],
  };
});

/** Confirms the end of the session and continues to the provider to sign out there. `leadsTo` null: the provider does not answer. */
export function signedOutPage(name: string, leadsTo: string | null): Page {
  return {
    title: "Vous êtes déconnecté",
    isBare: true,
    ...(leadsTo !== null && { refreshTo: leadsTo }),
    content: (
      <div class="fr-py-4w">
        <h1>Vous êtes déconnecté</h1>
        {leadsTo === null ? (
          <Alert kind="warning">
            <p>{`${name} ne répond pas : votre session y reste peut-être ouverte. Sur un ordinateur partagé, fermez le navigateur.`}</p>
          </Alert>
        ) : (
          <p>
            La déconnexion de {name} suit. <a href={leadsTo}>Terminer la déconnexion de {name}</a>, si rien ne se passe.
          </p>
        )}
        <p>
          <a href="/connexion">Se connecter à nouveau</a>
        </p>
      </div>
    ),
  };
}
