import type { Child } from "hono/jsx";

/**
 * Switches single-key shortcuts (`data-key`) off, for people who dictate or press keys by accident. Stored by the browser; hidden without scripts,
 * which the shortcuts need.
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
