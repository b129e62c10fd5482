import { Alert } from "../../parts/alert.tsx";
import type { Page } from "../../route.ts";

/** Says that the session has ended, and goes on to the provider of identities, to end the one there. `leadsTo` null: it does not answer. */
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
