import { cookie, readCookie } from "../../access/cookies.ts";
import { Alert } from "../../parts/alert.tsx";
import { actRoute, type Page } from "../../route.ts";
import { visitorOf } from "../../visit.ts";

/** Signs out. */
export const signOutRoute = actRoute("/deconnexion", { who: "signed-in", act: "account.sign-out" }, async (visit) => {
  const { personId, email, session } = visitorOf(visit);
  await visit.catalogue.sessions.end(personId, session.tokenHash);
  const { settings } = visit.console;
  const endsAtProvider = session.way === "oidc" && settings.oidc !== null && readCookie(visit.console, visit.headers, "identity") !== null;
  return {
    message: endsAtProvider ? null : "Vous êtes déconnecté.",
    to: endsAtProvider ? "/deconnexion/externe" : "/connexion",
    subject: `compte ${email}`,
    cookies: [cookie(visit.console, "session", "", 0)],
  };
});

/**
 * Returns the page after a session has ended. It opens the provider's URL to sign out; null if the provider has none or does not answer.
 * `signInPath`: where to sign in again.
 */
export function signedOutPage(name: string, providerUrl: string | null, signInPath: "/connexion" | "/espace/connexion"): Page {
  return {
    title: "Vous êtes déconnecté",
    isBare: true,
    ...(providerUrl !== null && { refreshTo: providerUrl }),
    content: (
      <div class="fr-py-4w">
        <h1>Vous êtes déconnecté</h1>
        {providerUrl === null ? (
          <Alert kind="warning">
            <p>{`Votre session reste peut-être ouverte chez ${name}. Sur un ordinateur partagé, fermez le navigateur.`}</p>
          </Alert>
        ) : (
          <p>
            La déconnexion de {name} suit. <a href={providerUrl}>Terminer la déconnexion de {name}</a>, si rien ne se passe.
          </p>
        )}
        <p>
          <a href={signInPath}>Se connecter à nouveau</a>
        </p>
      </div>
    ),
  };
}
