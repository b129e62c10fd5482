import type { Child } from "hono/jsx";
import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import { excludedCountMessage } from "../../../french/rules.ts";
import { french } from "../../../french/typography.ts";
import type { StateField } from "../../../registry/survey/state-fields.ts";
import type { DraftLook } from "./ask-of-draft.ts";

/** Which records are left out so far, and the way to say otherwise. */
export function LeftOutSection({ draft, look }: { readonly draft: Draft; readonly look: DraftLook }): Child {
  const { survey, proposal } = look;
  const states = survey.states.filter(({ isState }) => isState);
  return (
    <section aria-labelledby="fiches" class="fr-mb-4w">
      <h3 id="fiches">Fiches à laisser de côté</h3>
      {states.length > 0 && <p class="fr-mb-1v">Ce fichier dit l’état de ses fiches :</p>}
      {states.length > 0 && (
        <ul>
          {states.map((state) => (
            <li>{stateWords(state)}</li>
          ))}
        </ul>
      )}
      <p>{excludedCountMessage(proposal.kept)}</p>
      <p>
        <a class="fr-btn fr-btn--secondary fr-btn--sm" href={`/brouillons/${draft.draftId}/fiches`}>
          Choisir les fiches à laisser de côté
        </a>
      </p>
    </section>
  );
}

function stateWords({ field, values }: StateField): string {
  return french`« ${field} » : ${values.map(({ value, count }) => french`${value ?? "vide"} (${count})`).join(", ")}`;
}
