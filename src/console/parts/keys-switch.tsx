import type { Child } from "hono/jsx";

/**
 * Whether keys that act by themselves (`data-key`) do: off for who dictates, or presses keys unawares. Kept by the browser; shown by the script without which
 * there are no such keys.
 */
export function KeysSwitch(): Child {
  return (
    <div class="fr-checkbox-group fr-checkbox-group--sm fr-mt-2w" data-keys-switch hidden>
      <input type="checkbox" id="raccourcis" />
      <label class="fr-label" for="raccourcis">
        Utiliser les raccourcis d’une seule touche
        <span class="fr-hint-text">
          Décochez si vous commandez à la voix, ou si des touches partent sans que vous le vouliez. Ce choix vaut pour ce navigateur.
        </span>
      </label>
    </div>
  );
}
