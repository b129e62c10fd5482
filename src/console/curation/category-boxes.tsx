import type { Child } from "hono/jsx";
import { counted } from "../../french/typography.ts";
import { vocabularies } from "../../model/vocabularies.ts";

/** The themes of an aid as boxes to be ticked, under their great themes: those that hold none are folded. */
export function CategoryBoxes(given: {
  readonly name: string;
  readonly label: string;
  readonly problem?: string | undefined;
  readonly values: readonly string[];
}): Child {
  const id = `champ-${given.name.replace(/[^\w-]/g, "-")}`;
  return (
    <fieldset class={`fr-fieldset${given.problem === undefined ? "" : " fr-fieldset--error"}`} id={id} aria-labelledby={`${id}-legende`}>
      <legend class="fr-fieldset__legend fr-fieldset__legend--regular" id={`${id}-legende`}>
        {given.label}
      </legend>
      <div class="fr-fieldset__element">
        {vocabularies.themes.map((theme) => {
          const terms = vocabularies.categories.filter((term) => term.theme === theme.slug);
          const ticked = terms.filter(({ slug }) => given.values.includes(slug)).length;
          return (
            <details class="fr-mb-1w" open={ticked > 0}>
              <summary>
                {theme.label}
                {ticked > 0 && ` (${counted(ticked, "cochée")})`}
              </summary>
              <div class="moisson-boxes fr-mt-1w">
                {terms.map(({ slug, label }) => (
                  <div class="fr-checkbox-group fr-checkbox-group--sm">
                    <input name={given.name} id={`${id}-${slug}`} type="checkbox" value={slug} checked={given.values.includes(slug)} />
                    <label class="fr-label" for={`${id}-${slug}`}>
                      {label}
                    </label>
                  </div>
                ))}
              </div>
            </details>
          );
        })}
      </div>
      {given.problem !== undefined && (
        <div class="fr-messages-group" id={`${id}-erreur`}>
          <p class="fr-message fr-message--error">{given.problem}</p>
        </div>
      )}
    </fieldset>
  );
}
