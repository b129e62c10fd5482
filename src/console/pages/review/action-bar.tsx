import type { Child } from "hono/jsx";
import { CsrfField } from "../../parts/form-controls.tsx";
import { mayCurate, type Visit } from "../../visit.ts";
import { DecisionBar, SkipLink } from "./decision-bar.tsx";
import { AnswerForm } from "./proposal-answers.tsx";
import { queueQuery } from "./queue-address.ts";
import type { AidReview } from "./read-aid-review.ts";
import { reviewFormId, titleFieldId } from "./review-form.tsx";

/** Renders the bar of actions on the aid, which is always visible, and their keyboard shortcuts. */
export function ActionBar({ review, visit }: { readonly review: AidReview; readonly visit: Visit }): Child {
  const { aid, requested, isNew, proposed, rank, sent } = review;
  const { csrf } = visit;
  const acts = mayCurate(visit);
  const file = queueQuery(requested);
  const path = `/relecture/${aid.aidId}`;
  const problem = sent.problems?.motif;
  return (
    <DecisionBar visit={visit} rank={rank} keys={keysOf(review, acts)}>
      {acts && proposed.length > 0 && (
        <AnswerForm
          review={review}
          csrf={csrf}
          field={null}
          accept={proposed.length > 1 ? "Tout accepter" : "Accepter"}
          refuse={proposed.length > 1 ? "Tout refuser" : "Refuser"}
        />
      )}
      {acts && proposed.length > 0 && !isNew && (
        <a class="fr-btn fr-btn--tertiary fr-btn--sm" href={`/aides/${aid.aidId}/corriger`} data-key="m">
          Modifier
        </a>
      )}
      {acts && isNew && (
        <>
          <button type="submit" form={reviewFormId} class="fr-btn fr-btn--secondary fr-btn--sm">
            Enregistrer
          </button>
          <button type="submit" form={reviewFormId} formaction={`${path}/publier`} class="fr-btn fr-btn--sm" data-key="p">
            Publier et suivante
          </button>
        </>
      )}
      <SkipLink href={`/relecture/suivante?${queueQuery(requested, { apres: aid.aidId })}`} />
      {acts && isNew && (
        <a class="fr-btn fr-btn--tertiary fr-btn--sm" href={`#${titleFieldId}`} data-key="e">
          Corriger le titre
        </a>
      )}
      {acts && isNew && (
        <form class="moisson-bar__reject" method="post" action={`${path}/rejeter`}>
          <CsrfField csrf={csrf} />
          <input type="hidden" name="file" value={file} />
          <input type="hidden" name="revision" value={String(aid.revision)} />
          <label class="fr-label" for="champ-motif">
            Motif du rejet
          </label>
          <input
            class={`fr-input${problem === undefined ? "" : " fr-input--error"}`}
            id="champ-motif"
            name="motif"
            value={sent.why ?? ""}
            maxlength={300}
            required
            list="motifs"
            autocomplete="off"
            data-key="r"
            aria-invalid={problem === undefined ? undefined : "true"}
          />
          <datalist id="motifs">
            {usualReasons.map((reason) => (
              <option value={reason} />
            ))}
          </datalist>
          <button type="submit" class="fr-btn fr-btn--secondary fr-btn--sm">
            Rejeter et suivante
          </button>
        </form>
      )}
    </DecisionBar>
  );
}

const usualReasons = [
  "Ce n’est pas une aide",
  "Ne concerne pas nos publics",
  "Déjà dans le catalogue",
  "Échue",
  "Informations insuffisantes",
  "Test du producteur",
];

function keysOf({ isNew, proposed }: AidReview, acts: boolean): [string, string][] {
  return [
    ...(acts && isNew
      ? ([
          ["p", "publier, et passer à la suivante"],
          ["r", "rejeter : écrire le motif, puis Entrée"],
          ["e", "corriger le titre"],
        ] as [string, string][])
      : []),
    ...(acts && proposed.length > 0
      ? ([
          ["a", "accepter la proposition, ou toutes"],
          ["x", "refuser la proposition, ou toutes"],
          ...(isNew ? [] : [["m", "modifier l’aide"]]),
        ] as [string, string][])
      : []),
  ];
}
