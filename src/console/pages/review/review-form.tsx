import type { Child } from "hono/jsx";
import { fieldName } from "../../../french/fields.ts";
import { counted, french } from "../../../french/typography.ts";
import { type AidField, limits } from "../../../model/aid/aid.ts";
import { missingAt } from "../../../model/aid/publishable.ts";
import { sameValue } from "../../../model/aid/same-value.ts";
import { shownValue } from "../../../model/aid/shown-value.ts";
import { titleRule } from "../../../model/aid/title-rule.ts";
import { AidForm } from "../../curation/aid-form.tsx";
import { Quoting } from "../../parts/aid-text.tsx";
import { Checkbox } from "../../parts/checkbox.tsx";
import { FieldValue } from "../../parts/field-value.tsx";
import { CsrfField } from "../../parts/form-controls.tsx";
import { Evidence, SuggestionNote } from "../../parts/suggestion.tsx";
import { mayCurate, type Visit } from "../../visit.ts";
import { queueQuery } from "./queue-address.ts";
import { type AidReview, formFields } from "./read-aid-review.ts";

/** Id of the form, which the buttons of the action bar submit. */
export const reviewFormId = "relire";
export const titleFieldId = "champ-aide-name";

/** Renders the fields needed to publish the aid. Visitors who may not publish see the missing ones. */
export function ReviewForm({ review, visit }: { readonly review: AidReview; readonly visit: Visit }): Child {
  const { aid, missing, requested, sent } = review;
  const blocking = missingAt("publishable", missing);
  const further = missing.filter((field) => !blocking.includes(field));
  return (
    <section>
      <h2 class="fr-h4">Ce qui manque</h2>
      <p>
        {blocking.length === 0
          ? french`Rien n'empêche de publier : il reste à vérifier le titre.`
          : french`À remplir ou à corriger pour publier, en plus du titre à vérifier : ${blocking.map(fieldName).join(", ")}.`}
        {further.length > 0 && french` Pour qu'elle soit entièrement décrite, il manque : ${further.map(fieldName).join(", ")}.`}
      </p>
      {mayCurate(visit) && (
        <form id={reviewFormId} data-unsaved="" method="post" action={`/relecture/${aid.aidId}/enregistrer`}>
          <CsrfField csrf={visit.csrf} />
          <input type="hidden" name="file" value={queueQuery(requested)} />
          <AidForm
            aid={aid}
            first={formFields(review)}
            typed={sent.typed ?? {}}
            problems={sent.problems ?? {}}
            level={3}
            beside={(field) => (
              <>
                <FieldNotes review={review} field={field} />
                <SuggestedValue review={review} field={field} />
              </>
            )}
          />
        </form>
      )}
    </section>
  );
}

/** Renders the suggestion for an empty field. Its button also saves the values typed in the other fields. */
function SuggestedValue({ review, field }: { readonly review: AidReview; readonly field: AidField }): Child {
  const { aid, suggestions } = review;
  const filled = aid.edits[field]?.suggestion;
  const button = (label: string) => (
    <button
      type="submit"
      formnovalidate
      formaction={`/relecture/${aid.aidId}/suggestion`}
      name="suggestion"
      value={field}
      class="fr-btn fr-btn--tertiary fr-btn--sm"
    >
      {label}
      <span class="fr-sr-only">{` pour le champ ${fieldName(field)}`}</span>
    </button>
  );
  if (filled !== undefined) {
    return (
      <div class="moisson-suggestion">
        <p class="fr-mb-1v">
          {filled.confirmed ? "Rempli par Moisson." : "Rempli par Moisson : personne ne l’a encore vérifié sur cette aide."}
        </p>
        <Evidence field={field} evidence={filled.evidence} />
        {!filled.confirmed && button("Confirmer cette valeur")}
      </div>
    );
  }
  const suggestion = suggestions.get(field);
  return suggestion === undefined ? null : <SuggestionNote suggestion={suggestion} act={button("Accepter cette suggestion")} />;
}

function FieldNotes({ review, field }: { readonly review: AidReview; readonly field: AidField }): Child {
  const { aid, sent } = review;
  if (field === "name") {
    const typed = sent.typed?.name;
    const title = typeof typed === "string" ? typed : String(shownValue(aid, "name"));
    return <TitleAdvice title={title} publishers={aid.imported.nameInitial ?? aid.imported.name} language={aid.imported.language} />;
  }
  if (sameValue(field, aid.imported[field], shownValue(aid, field))) return null;
  return (
    <p class="moisson-mention">
      {french`Le producteur dit : `}
      <FieldValue field={field} value={aid.imported[field]} isShort language={aid.imported.language} />
    </p>
  );
}

/** Name of the checkbox that publishes a title without a verb. */
export const asItIs = "titre-tel-quel";

/** Renders the advice on a title, and the publisher's title. It suggests no title, because a person writes it. */
function TitleAdvice(given: { readonly title: string; readonly publishers: string; readonly language: string | null }): Child {
  const { title, publishers, language } = given;
  const { characters, isShort, beginsWithVerb } = titleRule(title);
  const length = french`${counted(characters, "caractère")} sur ${limits.nameToPublish}`;
  return (
    <div class="moisson-advice">
      <p class="fr-mb-1w">
        <Quoting text={french`Titre du producteur : « ${publishers} »`} language={language} />
      </p>
      <p class={`fr-mb-1w fr-message ${isShort ? "fr-message--info" : "fr-message--error"}`}>
        <span data-counts="champ-aide-name" data-counts-most={String(limits.nameToPublish)}>
          {length}
        </span>
        {!isShort && french` : trop long pour publier`}
      </p>
      {beginsWithVerb ? (
        <p class="fr-mb-1w fr-message fr-message--valid">Le titre commence par un verbe à l’infinitif.</p>
      ) : (
        <>
          <p class="fr-mb-1w fr-message fr-message--warning">{french`Le titre ne commence pas par un verbe à l'infinitif, comme « Rénover une école ».`}</p>
          <Checkbox id={asItIs} name={asItIs} value="1" class="fr-mb-2w">
            Publier malgré ce titre
          </Checkbox>
        </>
      )}
    </div>
  );
}
