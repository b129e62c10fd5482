import type { Child } from "hono/jsx";
import { formatDateTime } from "../parts/time.ts";
import type { Standing } from "./standing.ts";

/** Notices shown on every page. */
export function Notices({ standing: { pause } }: { readonly standing: Standing }): Child {
  if (pause === null) return null;
  return (
    <div class="fr-notice fr-notice--warning">
      <div class="fr-container">
        <div class="fr-notice__body">
          <p>
            <span class="fr-notice__title">Tout est en pause.</span>
            <span class="fr-notice__desc">
              {`Aucune collecte ne commence, depuis ${formatDateTime(pause.at)}, à la demande de ${pause.by}${pause.reason === null ? "" : ` : ${pause.reason}`}.`}
            </span>
            <a class="fr-notice__link" href="/connecteurs#pause">
              Reprendre
            </a>
          </p>
        </div>
      </div>
    </div>
  );
}
