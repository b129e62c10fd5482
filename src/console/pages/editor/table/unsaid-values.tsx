import type { Child } from "hono/jsx";
import { sourceReasonMessage } from "../../../../french/source-values.ts";
import { fieldLabel } from "../../../../french/survey.ts";
import { counted, french, sentence } from "../../../../french/typography.ts";
import type { SourceValue } from "../../../../model/aid/source-value.ts";
import { type Term, vocabularies } from "../../../../model/vocabularies.ts";
import { Quoting } from "../../../parts/aid-text.tsx";
import { Checkbox } from "../../../parts/checkbox.tsx";
import { Checkboxes, Select, SubmitButton, TextField } from "../../../parts/form-controls.tsx";
import { truncate } from "../../../parts/time.ts";

/** A longer list of terms is folded. */
const maxUnfolded = 12;

/**
 * Asks for the values that no column contains: the same for all aids that have none. Our proposals are filled in, with the reason for each, so
 * that a person sees all of them before one button takes them. `hidden`: the state of the editor.
 */
export function UnsaidValues(given: { readonly unsaid: readonly SourceValue[]; readonly isOpen: boolean; readonly hidden: Child }): Child {
  const { unsaid, isOpen, hidden } = given;
  if (unsaid.length === 0) return null;
  const proposed = unsaid.filter(({ values }) => values.length > 0).length;
  return (
    <details class="moisson-unsaid" id="non-dit" open={isOpen}>
      <summary>
        <h3 id="non-dit-titre" class="moisson-editor__title" tabindex={-1}>
          Ce que le fichier ne dit pas
        </h3>{" "}
        <span class="moisson-mention">{french`${counted(unsaid.length, "champ")}, ${counted(proposed, "réponse proposée", "réponses proposées")}`}</span>
      </summary>
      <p>
        {french`La publication le demande, et des aides ne l'ont pas. Donnez une même valeur à toutes celles-là, ou laissez vide. `}
        {proposed > 0 &&
          french`${counted(proposed, "réponse est proposée, avec sa raison", "réponses sont proposées, chacune avec sa raison")} : relisez avant d'accepter.`}
      </p>
      <form method="get">
        {hidden}
        <div class="moisson-unsaid__fields">
          {unsaid.map((one) => (
            <div class="moisson-unsaid__field">
              <Control one={one} />
              {one.reason !== null && (
                <p class="moisson-mention">
                  <Quoting text={sentence(french`Proposé : ${truncate(sourceReasonMessage(one.field, one.reason), 220)}`)} />
                </p>
              )}
            </div>
          ))}
        </div>
        <SubmitButton label="Prendre ces valeurs" isSecondary />
      </form>
    </details>
  );
}

function Control({ one: { field, lacking, values, named } }: { readonly one: SourceValue }): Child {
  const name = `manque.${field}`;
  const label = fieldLabel(field);
  const hint = counted(lacking, "aide sans valeur", "aides sans valeur");
  if (!(field in vocabularies)) return <TextField name={name} label={label} hint={hint} value={values.join(" ; ")} />;
  const terms: readonly Term[] = vocabularies[field as keyof typeof vocabularies];
  const choices = terms.map(({ slug, label: text }) => ({ value: slug, label: text }));
  if (field === "recurrence") return <Select name={name} label={label} hint={hint} choices={choices} value={values[0]} empty="—" />;
  const boxes = <Checkboxes name={name} label={label} hint={hint} choices={choices} values={values} isInline />;
  return (
    <>
      {named !== null && named > 0 && (
        <Checkbox id={`par-titre-${field}`} name="par-titre" value={field} class="fr-mb-2w">
          {french`${label} : suggérer aide par aide, d'après les mots du titre`}
          <span class="fr-hint-text">
            {french`${named} des ${counted(lacking, "aide")} sans valeur en ont ainsi. Parcourez-les dans le tableau avant d'enregistrer.`}
          </span>
        </Checkbox>
      )}
      {choices.length > maxUnfolded ? (
        <details open={values.length > 0}>
          <summary>{french`${label} : une même valeur pour toutes (${hint})`}</summary>
          {boxes}
        </details>
      ) : (
        boxes
      )}
    </>
  );
}
