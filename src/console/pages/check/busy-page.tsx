import { Alert } from "../../parts/alert.tsx";
import type { Page } from "../../route.ts";

/** That a file is not taken for the moment, and when it will be. `retryAfter`: seconds. */
export function busyPage(status: 429 | 503, said: string, retryAfter: number): Page {
  return {
    title: "Pas pour le moment",
    status,
    retryAfter,
    content: (
      <div class="moisson-narrow">
        <h1>Pas pour le moment</h1>
        <Alert kind="warning" isAnnounced>
          <p>{said}</p>
        </Alert>
        <p>Votre fichier n’a pas été lu, et rien n’en a été conservé.</p>
        <p>
          <a class="fr-link" href="/verifier">
            Revenir au formulaire
          </a>
        </p>
      </div>
    ),
  };
}
