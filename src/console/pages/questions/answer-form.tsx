import type { Child } from "hono/jsx";
import type { Answer } from "../../../curation/answer-question.ts";
import { previewAnswer } from "../../../curation/answer-question.ts";
import type { NamedAid } from "../../../curation/read-answers.ts";
import { readFieldValue } from "../../../curation/read-field-value.ts";
import { fieldName } from "../../../french/fields.ts";
import { objectionMessage } from "../../../french/objections.ts";
import { capitalize, counted, french, sentence } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/field-table.ts";
import { shownContent } from "../../../model/aid/shown-value.ts";
import { ownOperators } from "../../../model/plan/standing-decision.ts";
import { vocabularies, vocabularyNames } from "../../../model/vocabularies.ts";
import { curatorOf } from "../../curation/act-on-aid.ts";
import { AidTitle } from "../../parts/aid-text.tsx";
import { Checkbox } from "../../parts/checkbox.tsx";
import { FieldValue } from "../../parts/field-value.tsx";
import { ActForm, Checkboxes, TextField } from "../../parts/form-controls.tsx";
import { SubmitOrLeave } from "../../parts/submit-or-leave.tsx";
import { CannotDo, type Form, type Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";

/** Path of the questions; `connecteur` and `territoire` choose some of them. */
export const questionsPath = "/questions";

const maxOperators = 40;

/** The field that is asked for, with the values to begin with, and the organisations that run the aids with their numbers of aids. */
interface AskedValue {
  readonly field: AidField;
  readonly values: readonly string[];
  readonly operators: readonly (readonly [string, number])[];
}

/** The control for an answer. */
export function ValueControl({ field, values, operators }: AskedValue): Child {
  const label = capitalize(fieldName(field));
  const vocabulary = vocabularyNames.find((name) => name === field);
  if (vocabulary !== undefined) {
    const choices = vocabularies[vocabulary].map(({ slug, label: text }) => ({ value: slug, label: text }));
    return <Checkboxes name="valeur" label={label} choices={choices} values={values} isInline />;
  }
  const more = operators.length - maxOperators;
  const typed = <TextField name="texte" label={label} hint={hintOf(field)} value={values.join(" ; ")} maxlength={500} />;
  if (field !== "financers" || operators.length === 0) return typed;
  return (
    <>
      <Checkboxes
        name="operateur"
        label="Ces organismes instruisent les aides. Lesquels les financent aussi ?"
        hint={french`La réponse ne vaut que pour les aides des organismes cochés.${more > 0 ? french` ${counted(more, "autre organisme n'a", "autres organismes n'ont")} qu'une aide ou peu : répondez pour eux ensuite.` : ""}`}
        choices={operators.slice(0, maxOperators).map(([name, count]) => ({ value: name, label: `${name} (${count})` }))}
        values={[]}
        isInline
      />
      <TextField name="texte" label="Ou un même financeur pour toutes" hint={hintOf(field)} maxlength={500} />
    </>
  );
}

function hintOf(field: AidField): string {
  if (field === "perimeters") return "Par exemple : region:53, ou department:26.";
  return field === "financers" ? "Le nom de l’organisme ; plusieurs, séparés par des virgules." : "Un service, une adresse, un lien.";
}

/** Aids to read. `mayExclude`: each can be left out of the answer. */
export function Examples(given: {
  readonly visit: Visit;
  readonly connector: string;
  readonly examples: readonly Omit<NamedAid, "connector">[];
  readonly legend: string;
  readonly mayExclude: boolean;
}): Child {
  const { visit, connector, examples, legend, mayExclude } = given;
  return (
    <fieldset class="fr-fieldset">
      <legend class="fr-fieldset__legend">{legend}</legend>
      <ul class="moisson-list">
        {examples.map(({ aidId, externalId, title }) => (
          <li class="fr-mb-1w">
            <a href={`/aides/${aidId}`}>
              <AidTitle visit={visit} connector={connector} title={title} />
            </a>
            {mayExclude && (
              <Checkbox id={`sauf-${aidId}`} name="sauf" value={externalId}>
                Sauf pour celle-ci
              </Checkbox>
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** The reason that every answer has. */
export function WhyField({ value }: { readonly value?: string }): Child {
  return (
    <TextField
      name="raison"
      label="Pourquoi ?"
      hint="Une phrase suffit : elle reste dans l’histoire de chaque aide."
      value={value}
      required
      maxlength={300}
    />
  );
}

/** Returns the reason. Throws `CannotDo` without one. */
export function reasonIn(form: Form): string {
  const why = form.text("raison").slice(0, 300);
  if (why === "") throw new CannotDo("Dites pourquoi, en une phrase.");
  return why;
}

/** Returns the chosen value, and the organisations that pay the aids they run. Throws `CannotDo` without a value. */
export function chosenValue(
  form: Form,
  { field, operators: known }: Omit<AskedValue, "values">,
): { readonly value: unknown; readonly operators?: readonly string[] } {
  const isVocabulary = vocabularyNames.some((name) => name === field);
  const operators = form.all("operateur").filter((name) => known.some(([operator]) => operator === name));
  if (operators.length > 0) return { value: ownOperators, operators };
  const text = isVocabulary ? form.all("valeur").join(",") : form.text("texte");
  if (text.trim() === "") throw new CannotDo(isVocabulary ? "Cochez au moins une valeur." : "Donnez une valeur.");
  const reading = readFieldValue(field, text);
  if ("objection" in reading) throw new CannotDo(sentence(objectionMessage(reading.objection)));
  return { value: reading.value };
}

/** Number of aids that a preview lists. */
const maxListed = 50;

/** The page that shows what an answer would change, with a form that gives it. `action`: address of the question. */
export async function answerPreview(visit: Visit, form: Form, answer: Answer, action: string): Promise<Page> {
  const field = answer.field as AidField;
  const { changed, first } = await previewAnswer(visit.catalogue, curatorOf(visit), answer);
  const kept = form.names().filter((name) => name !== "jeton" && name !== "raison");
  return {
    title: "Avant de répondre",
    breadcrumb: [{ title: "Questions", href: questionsPath }],
    menuPath: "/relecture",
    content: (
      <>
        <h1>Ce que cette réponse changerait</h1>
        <p>
          {changed === 0
            ? "Aucune aide d’aujourd’hui. La réponse vaudrait pour les prochaines collectes."
            : french`${counted(changed, "aide recevrait une valeur", "aides recevraient une valeur")} (${fieldName(field)}). Rien n'est encore fait.`}
        </p>
        <ActForm action={action} csrf={visit.csrf}>
          {kept.flatMap((name) => form.all(name).map((value) => <input type="hidden" name={name} value={value} />))}
          <WhyField value={form.text("raison")} />
          <SubmitOrLeave label="Répondre" leaveLabel="Revenir à la question" leaveHref={action} />
        </ActForm>
        <ul class="moisson-list">
          {first.slice(0, maxListed).map(({ aid, change }) => (
            <li class="fr-mb-1w">
              <a href={`/aides/${aid.aidId}`}>
                <AidTitle visit={visit} connector={aid.connector} title={shownContent(aid).name} />
              </a>
              <div>
                <FieldValue field={field} value={change.fields[field]?.incoming} isShort />
              </div>
            </li>
          ))}
        </ul>
        {changed > maxListed && <p>{french`Et ${counted(changed - Math.min(maxListed, first.length), "autre aide", "autres aides")}.`}</p>}
      </>
    ),
  };
}

/** The buttons of a form for an answer: the first one shows what it would change. */
export function PreviewButton({ action }: { readonly action: string }): Child {
  return (
    <button class="fr-btn fr-btn--tertiary fr-mb-2w" type="submit" formaction={`${action}/apercu`} formnovalidate>
      Voir ce que cette réponse changerait
    </button>
  );
}
