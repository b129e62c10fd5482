import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { KeysSwitch } from "../../parts/keys-switch.tsx";
import { formatNumber } from "../../parts/table.tsx";
import type { Visit } from "../../visit.ts";
import { UndoLast } from "./undo-last.tsx";

/** Renders the bar of decisions, which is always visible: its buttons, the place in the queue, the last act, and the keyboard shortcuts. */
export function DecisionBar(given: {
  readonly visit: Visit;
  readonly rank: { readonly place: number; readonly of: number } | null;
  readonly keys: readonly (readonly [key: string, what: string])[];
  readonly children?: Child;
}): Child {
  const { visit, rank, keys, children } = given;
  return (
    <div class="moisson-bar moisson-no-print" role="region" aria-label="Décider">
      <div class="moisson-bar__acts">
        {children}
        {rank !== null && <span class="moisson-mention">{french`${formatNumber(rank.place)} sur ${formatNumber(rank.of)}`}</span>}
      </div>
      <p class="moisson-bar__said" role="status" data-says-unseen={french`Lisez d'abord ce qui change : la touche agit ensuite.`} />
      <div class="moisson-bar__more">
        <UndoLast visit={visit} />
        <details class="moisson-keys">
          <summary data-key="?">Raccourcis clavier</summary>
          <dl class="moisson-keys__list">
            {[
              ...keys,
              ["s", "passer à la suivante"],
              ["Échap", "quitter le champ où l’on écrit"],
              ["?", "montrer ou cacher cette aide"],
            ].map(([key, what]) => (
              <>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
              </>
            ))}
          </dl>
          <KeysSwitch />
        </details>
      </div>
    </div>
  );
}

/** Renders the link to the next item. */
export function SkipLink({ href }: { readonly href: string }): Child {
  return (
    <a class="fr-btn fr-btn--tertiary fr-btn--sm" href={href} data-key="s">
      Passer
    </a>
  );
}
