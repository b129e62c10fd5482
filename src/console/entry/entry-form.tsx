import type { Child } from "hono/jsx";
import type { CheckedEntry } from "../../jobs/entry/check-entry.ts";
import { type EntryQuestion, entryParts, entryQuestions } from "../../jobs/entry/entry-questions.ts";
import { type Entry, entryName } from "../../jobs/entry/entry-record.ts";
import type { TemplateField } from "../../kit/platforms/template-columns.ts";
import { isDay } from "../../model/text/is-day.ts";
import { Terms } from "../curation/aid-field-control.tsx";
import { ActForm, Select, SubmitButton, TextArea, TextField } from "../parts/form-controls.tsx";
import { FormPart } from "../parts/form-part.tsx";
import { ButtonLink } from "../parts/link.tsx";
import { List } from "../parts/list.tsx";
import { EntryPreview } from "./entry-preview.tsx";

interface EntryFormGiven {
  /** Path of the act. The preview is at `<action>/apercu`. */
  readonly action: string;
  readonly csrf: string;
  readonly entry: Entry;
  /** Null for an empty form. */
  readonly checked: CheckedEntry | null;
  readonly problems: Readonly<Record<string, string>>;
  readonly isKnown: boolean;
  readonly submit: string;
  /** Path of the page for people who give up. */
  readonly leaveTo: string;
  /** Hidden fields. */
  readonly hidden?: Child;
  /** Text after the fields. */
  readonly afterFields?: Child;
}

/** The form for one aid, beside its preview. See `EntryFields`. */
export function EntryForm(given: EntryFormGiven): Child {
  const { action, csrf, entry, checked, problems, isKnown, submit, leaveTo, hidden, afterFields } = given;
  return (
    <ActForm action={action} csrf={csrf} previews={`${action}/apercu`}>
      {hidden}
      <div class="moisson-editor__split">
        <div>
          <EntryFields entry={entry} problems={{ ...checked?.problems, ...problems }} isKnown={isKnown} />
          {afterFields}
          <List
            class="fr-btns-group fr-btns-group--inline moisson-at-hand"
            items={[
              <SubmitButton label={submit} />,
              <button class="fr-btn fr-btn--secondary" type="submit" formaction={`${action}/apercu`} formnovalidate>
                Voir l’aperçu
              </button>,
              <ButtonLink kind="tertiary" href={leaveTo} label="Renoncer" />,
            ]}
          />
        </div>
        <EntryPreview checked={checked} />
      </div>
    </ActForm>
  );
}

/**
 * The fields of our template as a form, section by section. Read it with `entryOfForm`, check it with `formProblems`
 * and `checkEntry`. `problems`: sentences by name of the control. `isKnown`: the aid is in the file already, so its identifier is fixed.
 */
function EntryFields(given: {
  readonly entry: Entry;
  readonly problems: Readonly<Record<string, string>>;
  readonly isKnown: boolean;
}): Child {
  const { entry, problems, isKnown } = given;
  return entryParts.map(({ title, fields, isFolded = false }, index) => (
    <FormPart
      title={title}
      isOpen={!isFolded || fields.some((field) => problems[entryName(field)] !== undefined)}
      filled={{ count: fields.filter((field) => entry[field] !== "").length, of: fields.length }}
      countId={`rempli-${index + 1}`}
    >
      {fields.map((field) => (
        <EntryField
          question={entryQuestions[field]}
          answer={entry[field]}
          problem={problems[entryName(field)]}
          isFixed={isKnown && field === "externalId"}
        />
      ))}
    </FormPart>
  ));
}

function EntryField(given: {
  readonly question: EntryQuestion;
  readonly answer: string;
  readonly problem: string | undefined;
  readonly isFixed: boolean;
}): Child {
  const { question, answer, problem, isFixed } = given;
  const { field, control, maxLength, words } = question;
  const hint = question.hint === "" ? undefined : question.hint;
  const label = question.isRequired ? `${question.label} (obligatoire)` : question.label;
  const shared = { name: entryName(field), label, hint, problem };
  // A line would join the lines of a cell.
  if (answer.includes("\n") && control !== "terms")
    return <TextArea {...shared} value={answer} rows={control === "text" ? 8 : 3} maxlength={maxLength} />;
  switch (control) {
    case "terms":
      return <Terms {...shared} field={termsField(field)} values={answer.split("\n")} />;
    case "choice":
      return <Select {...shared} choices={choicesOf(words, answer)} value={answer} empty="Non précisé" />;
    case "text":
      return <TextArea {...shared} value={answer} rows={3} maxlength={maxLength} />;
    case "day":
      return <TextField {...shared} value={answer} type={answer === "" || isDay(answer) ? "date" : "text"} maxlength={maxLength} />;
    case "link":
      return <TextField {...shared} value={answer} type="url" maxlength={maxLength} />;
    case "email":
      return <TextField {...shared} value={answer} type="email" maxlength={maxLength} />;
    default:
      return (
        <TextField
          {...shared}
          {...(isFixed && { hint: "Il ne change plus : il relie cette ligne à l’aide du catalogue." })}
          value={answer}
          maxlength={maxLength}
          readonly={isFixed}
        />
      );
  }
}

/** Returns the choices of a list. A word that is not in the list stays a choice, so that it is not lost unseen. */
function choicesOf(words: readonly string[], answer: string) {
  const all = answer === "" || words.includes(answer) ? words : [answer, ...words];
  return all.map((value) => ({ value, label: value }));
}

/** The fields with boxes are fields of the aid under the same name. */
function termsField(field: TemplateField): Exclude<TemplateField, "externalId" | "scale"> {
  if (field === "externalId" || field === "scale") throw new Error(`${field} has no terms`);
  return field;
}
