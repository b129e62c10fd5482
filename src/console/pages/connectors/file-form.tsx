import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { ActForm } from "../../parts/form.tsx";
import { mostUploadBytes } from "../../uploads/keep-upload.ts";
import type { Visit } from "../../visit.ts";

/** Where a new version of a publisher's file is dropped. */
export function FileForm({ visit, id, format }: { readonly visit: Visit; readonly id: string; readonly format: string }): Child {
  return (
    <ActForm action={`/connecteurs/${id}/fichier`} csrf={visit.csrf} hasFiles class="moisson-narrow">
      <div class="fr-upload-group fr-mb-3w">
        <label class="fr-label" for="champ-fichier">
          Nouvelle version du fichier
          <span class="fr-hint-text" id="champ-fichier-aide">
            {french`Le fichier entier, au même format que d'habitude (${format}) ; ${Math.round(mostUploadBytes / 1_000_000)} Mo au plus.`}
          </span>
        </label>
        <input class="fr-upload" type="file" id="champ-fichier" name="fichier" aria-describedby="champ-fichier-aide" required />
      </div>
      <fieldset class="fr-fieldset" aria-labelledby="champ-suite-legende">
        <legend class="fr-fieldset__legend--regular fr-fieldset__legend" id="champ-suite-legende">
          Et ensuite
        </legend>
        <Choice value="preparer" label="Préparer le plan, que je lirai avant de l’appliquer" isChosen />
        <Choice value="appliquer" label="Appliquer, si aucun garde-fou ne retient le plan" />
      </fieldset>
      <button type="submit" class="fr-btn">
        Déposer le fichier
      </button>
    </ActForm>
  );
}

function Choice({
  value,
  label,
  isChosen = false,
}: {
  readonly value: string;
  readonly label: string;
  readonly isChosen?: boolean;
}): Child {
  return (
    <div class="fr-fieldset__element">
      <div class="fr-radio-group fr-radio-group--sm">
        <input type="radio" id={`champ-suite-${value}`} name="suite" value={value} checked={isChosen} />
        <label class="fr-label" for={`champ-suite-${value}`}>
          {label}
        </label>
      </div>
    </div>
  );
}
