import type { Child } from "hono/jsx";

/**
 * A box that turns off single-key shortcuts (`data-key`), for people who dictate or press keys by accident. The browser stores the choice.
 * Without scripts there are no shortcuts, and the box stays hidden.
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
