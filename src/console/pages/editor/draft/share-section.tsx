import type { Child } from "hono/jsx";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import type { ListedPreview } from "../../../../catalogue/publishers/preview-repository.ts";
import { french } from "../../../../french/typography.ts";
import { Badge } from "../../../parts/badge.tsx";
import { ActButton, ActForm, type Choice, Select, SubmitButton } from "../../../parts/form-controls.tsx";
import { formatDay } from "../../../parts/time.ts";
import { CannotDo } from "../../../route.ts";
import type { Visit } from "../../../visit.ts";

const defaultDays = "30";

/** Choices for the duration of a preview. */
const daysChoices: readonly Choice[] = ["7", defaultDays, "90"].map((days) => ({ value: days, label: french`${days} jours` }));

/** Returns the end of a preview that is shared now. Throws `CannotDo` if `days` is not one of the choices. */
export function openUntil(now: Date, days: string): Date {
  const chosen = days === "" ? defaultDays : days;
  if (!daysChoices.some(({ value }) => value === chosen)) throw new CannotDo("Choisissez une durée dans la liste.");
  return new Date(now.getTime() + Number(chosen) * 86_400_000);
}

/** Form to share the preview of a draft, and the list of shared previews. */
export async function ShareSection({ visit, draft }: { readonly visit: Visit; readonly draft: Draft }): Promise<Child> {
  const shared = await visit.catalogue.previews.list(draft.draftId);
  return (
    <section class="fr-mb-4w" aria-labelledby="partager">
      <h3 id="partager">Montrer cet aperçu au producteur</h3>
      <p>
        {french`Une page à part montre les vingt premières aides telles que les collectivités les verraient, et ce qu'il leur manque. Elle garde ce qui s'y lit aujourd'hui, sans le nom de personne, et se ferme d'elle-même.`}
      </p>
      <ActForm action={`/brouillons/${draft.draftId}/apercus`} csrf={visit.csrf} class="moisson-filters__row">
        <Select name="jours" label="Ouverte pendant" choices={daysChoices} value={defaultDays} />
        <div class="moisson-filters__button">
          <SubmitButton label="Partager cet aperçu" isSecondary />
        </div>
      </ActForm>
      {shared.length > 0 && (
        <ul class="moisson-items">
          {shared.map((preview) => (
            <Shared visit={visit} preview={preview} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Shared({ visit: { csrf, now }, preview }: { readonly visit: Visit; readonly preview: ListedPreview }): Child {
  const { previewId, draftId, by, at, until, seenAt, revokedAt } = preview;
  const path = `/brouillons/${draftId}/apercus/${previewId}`;
  const isOpen = revokedAt === null && until > now;
  const about = french`de l'aperçu partagé le ${formatDay(at)}`;
  return (
    <li>
      <p>
        <Badge tone={isOpen ? "success" : "neutral"} label={isOpen ? "ouvert" : revokedAt === null ? "terminé" : "révoqué"} />{" "}
        {french`Partagé le ${formatDay(at)} par ${by}, ${isOpen ? "ouvert jusqu’au" : "était ouvert jusqu’au"} ${formatDay(until)} ; ${seenAt === null ? "pas encore vu" : french`vu le ${formatDay(seenAt)}`}.`}
      </p>
      <ActButton action={`${path}/adresse`} csrf={csrf} label="Faire une nouvelle adresse" about={about} />
      {isOpen && <ActButton action={`${path}/revoquer`} csrf={csrf} label="Révoquer l’adresse" about={about} kind="tertiary" />}
    </li>
  );
}
