import type { Child } from "hono/jsx";
import { fieldHint, fieldName } from "../../french/fields.ts";
import { capitalize, counted, french } from "../../french/typography.ts";
import { type AidField, limits } from "../../model/aid/aid.ts";
import { labelOf, slugsOf, type VocabularyName, vocabularies, vocabularyNames } from "../../model/vocabularies.ts";
import { languageOfValue } from "../parts/field-value.tsx";
import { Checkboxes, type Choice, GroupProblem, Select, TextArea, TextField } from "../parts/form-controls.tsx";
import { controlOf } from "./field-controls.ts";
import type { Typed } from "./typed-value.ts";

/** Props of `AidFieldControl`. */
export interface ControlGiven {
  readonly field: AidField;
  readonly name: string;
  readonly typed: Typed;
  readonly problem: string | undefined;
  /** The stored text is too long for a form. A note replaces the control. */
  readonly isTooLong?: boolean;
  /** Language of the aid. */
  readonly language: string | null;
}

/** The form control of a field. */
export function AidFieldControl({ field, name, typed, problem, isTooLong, language }: ControlGiven): Child {
  const label = capitalize(fieldName(field));
  const hint = fieldHint(field);
  const text = typeof typed === "string" ? typed : "";
  const given = { name, label, hint, problem, lang: languageOfValue(field, text, language) };
  if (isTooLong === true) return <p class="moisson-mention">{french`${label} : ce texte est trop long pour être corrigé ici.`}</p>;
  switch (controlOf(field)) {
    case "text":
      return <TextArea {...given} hint={hint ?? markdownHint} value={text} rows={rowsFor(text, 3)} />;
    case "lines":
      return <TextArea {...given} hint={hint ?? "Un par ligne."} value={text} rows={rowsFor(text, 2)} />;
    case "organisations":
      return <TextArea {...given} hint={french`Un par ligne : le nom, ou le nom | SIREN.`} value={text} rows={rowsFor(text, 2)} />;
    case "territories":
      return <TextArea {...given} hint={french`Un par ligne : Drôme, département 26, région 84…`} value={text} rows={rowsFor(text, 2)} />;
    case "day":
      return <TextField {...given} type="date" value={text} />;
    case "link":
      return <TextField {...given} type="url" value={text} maxlength={limits.url} />;
    case "answer":
      return <Select {...given} choices={answers} value={text} empty="Non précisé" />;
    case "term":
      return (
        <Select {...given} choices={choicesOf(field)} value={text} {...(field !== "importShareLicence" && { empty: "Non précisé" })} />
      );
    case "terms":
      return <Terms {...given} field={field} values={typeof typed === "string" ? [] : typed} />;
    default:
      return <TextField {...given} value={text} />;
  }
}

const markdownHint = french`Un alinéa par ligne vide ; « - » pour une liste, « ## » pour un intertitre, **gras**, [texte](https://adresse).`;

const answers: readonly Choice[] = [
  { value: "oui", label: "Oui" },
  { value: "non", label: "Non" },
];

/** The terms of a vocabulary as boxes. */
export function Terms(given: {
  readonly field: AidField;
  readonly name: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly problem: string | undefined;
  readonly values: readonly string[];
}): Child {
  if (given.field === "categories") return <CategoryBoxes {...given} />;
  return <Checkboxes {...given} choices={choicesOf(given.field)} isInline />;
}

function choicesOf(field: AidField): Choice[] {
  const vocabulary = vocabularyNames.find((name: VocabularyName) => name === field);
  return vocabulary === undefined ? [] : slugsOf(vocabulary).map((value) => ({ value, label: labelOf(vocabulary, value) }));
}

/** Returns the number of lines of the text, between `min` and what fits on a screen. */
function rowsFor(text: string, min: number): number {
  const lines = text.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 110), 0);
  return Math.min(Math.max(lines + 1, min), 24);
}

/** The categories as checkboxes, grouped by theme. Themes without a ticked box are collapsed. */
function CategoryBoxes(given: {
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
      <div class="fr-fieldset__element moisson-themes">
        {vocabularies.themes.map((theme) => {
          const terms = vocabularies.categories.filter((term) => term.theme === theme.slug);
          const ticked = terms.filter(({ slug }) => given.values.includes(slug)).length;
          return (
            <details open={ticked > 0}>
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
      <GroupProblem id={id} problem={given.problem} />
    </fieldset>
  );
}
