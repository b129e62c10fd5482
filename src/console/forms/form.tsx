import type { Child } from "hono/jsx";
import { french } from "../../french/typography.ts";
import { Alert } from "../parts/alert.tsx";
import { Facts } from "../parts/facts.tsx";
import { Checkboxes, type Choice, Select, TextArea, TextField } from "../parts/form-controls.tsx";
import type { Form, Page } from "../route.ts";

/** A field of a form: its control, and how its text is read and checked. */
export interface Field {
  readonly label: string;
  readonly hint?: string;
  /** Default: a line of text. */
  readonly type?: "email" | "url" | "date" | "number";
  /** Number of lines of a text area. */
  readonly rows?: number;
  /** Options of a drop-down list. */
  readonly choices?: readonly Choice[];
  /** Several of `choices`, as boxes. The text contains their values, separated by `;`. */
  readonly isMultiple?: boolean;
  /** Label of the empty option. Default: the list has no empty option. */
  readonly emptyLabel?: string;
  readonly maxLength: number;
  /** For required fields: the French message if the field is empty. */
  readonly required?: string;
  /** Does not say that it is optional, because it has a usual value, or another field can take its place. */
  readonly isUnmarked?: boolean;
  readonly isReadOnly?: boolean;
  /** Returns the value of a text, or `Invalid`. Default: the value is the text. */
  read?(text: string): unknown;
}

/** The result of `Field.read` for an invalid text. */
export class Invalid {
  /** `problem`: a French sentence. */
  constructor(readonly problem: string) {}
}

/** The fields of a form by name, in the order of the page. */
export type Fields = Readonly<Record<string, Field>>;
/** The text of each field, as a person typed it. */
export type Typed<F extends Fields> = Readonly<Record<keyof F & string, string>>;
/** The value of each field. */
export type Values<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends { read(text: string): infer Value } ? Exclude<Value, Invalid> : string;
};
/** Problems of a form: a French sentence by field name. */
export type FormProblems = Readonly<Record<string, string>>;

/** Reads a submitted form. `values` is null if there are problems. `check` returns problems that concern several fields. */
export function readFields<F extends Fields>(
  fields: F,
  form: Form,
  check: (typed: Typed<F>) => FormProblems = () => ({}),
): { readonly typed: Typed<F>; readonly values: Values<F> | null; readonly problems: FormProblems } {
  const textOf = (name: string, { isMultiple }: Field) => (isMultiple ? form.all(name).filter(Boolean).join(";") : form.text(name));
  const texts = Object.entries(fields).map(([name, field]) => [name, field, textOf(name, field)] as const);
  const typed = Object.fromEntries(texts.map(([name, , text]) => [name, text])) as Typed<F>;
  const read = texts.map(([name, field, text]) => [name, readField(field, text)] as const);
  const invalid = read.flatMap(([name, value]) => (value instanceof Invalid ? [[name, value.problem]] : []));
  const problems = { ...check(typed), ...Object.fromEntries(invalid) };
  return { typed, values: Object.keys(problems).length === 0 ? (Object.fromEntries(read) as Values<F>) : null, problems };
}

function readField(field: Field, text: string): unknown {
  if (text === "" && field.required !== undefined) return new Invalid(field.required);
  if (text.length > field.maxLength) return new Invalid(french`${field.maxLength} caractères au plus.`);
  return field.read === undefined ? text : field.read(text);
}

/** The controls of a form, with the typed texts and the problems. */
export function FormFields(given: {
  readonly fields: Fields;
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: FormProblems;
}): Child {
  return Object.entries(given.fields).map(([name, field]) => {
    const { choices, rows, type, maxLength, emptyLabel, isUnmarked, isReadOnly } = field;
    const shared = { name, label: field.label, hint: field.hint, value: given.typed[name], problem: given.problems[name] };
    const required = field.required !== undefined;
    if (choices !== undefined && field.isMultiple)
      return (
        <>
          <input type="hidden" name={name} value="" />
          <Checkboxes {...shared} choices={choices} values={(given.typed[name] ?? "").split(";")} isInline />
        </>
      );
    if (choices !== undefined)
      return (
        <Select {...shared} choices={choices} {...(emptyLabel !== undefined && { empty: emptyLabel })} {...(required && { required })} />
      );
    if (rows !== undefined) return <TextArea {...shared} rows={rows} maxlength={maxLength} required={required} />;
    return (
      <TextField
        {...shared}
        {...(type !== undefined && { type })}
        maxlength={maxLength}
        {...(isUnmarked !== true && { required })}
        readonly={isReadOnly === true}
      />
    );
  });
}

/** Returns a function that gives a control its name, its typed text and its problem. */
export function controlsOf<Name extends string>(
  typed: Readonly<Partial<Record<Name, string>>>,
  problems: Readonly<Partial<Record<Name, string>>>,
) {
  return (name: Name) => ({ name, value: typed[name], problem: problems[name] });
}

/** Returns the text of a field as people read it: the labels of choices, or « rien » for an empty field. */
export function textLabel({ choices }: Field, text: string): string {
  const labels = text.split(";").map((one) => choices?.find(({ value }) => value === one)?.label ?? one);
  return labels.join(choices === undefined ? ";" : ", ") || "rien";
}

interface Choosing<Value> {
  readonly choices: readonly Choice[];
  readonly maxLength: number;
  readonly read: (text: string) => Value;
}

/** Returns the properties of a field with a required choice. `required`: the message for an empty or unknown choice. */
export function choice<Value extends string>(values: readonly Value[], labelOf: (value: Value) => string, required: string) {
  return {
    choices: values.map((value) => ({ value, label: labelOf(value) })),
    maxLength: 200,
    required,
    read: (text: string) => values.find((value) => value === text) ?? new Invalid(required),
  };
}

/** Makes a choice optional: the empty option is read as null. */
export function optionalChoice<Value>({ choices, maxLength, read }: Choosing<Value>, emptyLabel: string) {
  return { choices, maxLength, emptyLabel, read: (text: string) => (text === "" ? null : read(text)) };
}

/** Returns the HTTP status of a page with a form. */
export function formStatus(problems: FormProblems, isConflict = false): NonNullable<Page["status"]> {
  return isConflict ? 409 : Object.keys(problems).length > 0 ? 422 : 200;
}

/** The reason for a change, which every version carries. */
export const whyField = {
  label: "Pourquoi ce changement ?",
  hint: "Une phrase suffit : elle reste dans l’historique du connecteur.",
  rows: 2,
  maxLength: 500,
  required: "Dites pourquoi, en une phrase.",
};

/** Renders the field of the reason. */
export function WhyField({ value = "", problem }: { readonly value?: string; readonly problem?: string | undefined }): Child {
  return <FormFields fields={{ raison: whyField }} typed={{ raison: value }} problems={problem === undefined ? {} : { raison: problem }} />;
}

/** Reads the reason from a form. */
export function readWhy(form: Form): { readonly why: string; readonly problem: string | null } {
  const { typed, problems } = readFields({ raison: whyField }, form);
  return { why: typed.raison, problem: problems.raison ?? null };
}

/** A field that two people changed: its label and the other person's value. */
export interface FieldConflict {
  readonly label: string;
  readonly theirs: Child;
}

/** The alert above a form if somebody else has saved first. Shows their name, and their values of the conflicting fields. */
export function ConflictAlert({ who, conflicts }: { readonly who: string; readonly conflicts: readonly FieldConflict[] }): Child {
  return (
    <Alert kind="warning" title={french`${who} a enregistré pendant que vous écriviez`} isAnnounced level={2}>
      <p>
        {french`Rien de votre saisie n'a été enregistré, et rien n'en est perdu : elle est dans le formulaire, avec ce qui a changé ailleurs. Relisez, puis enregistrez à nouveau.`}
      </p>
      {conflicts.length > 0 && (
        <>
          <p>Vous avez tous deux changé ceci. Voici ce qui est enregistré ; votre saisie est dans le formulaire.</p>
          <Facts class={null} facts={conflicts.map(({ label, theirs }) => ({ name: <strong>{label}</strong>, value: theirs }))} />
        </>
      )}
    </Alert>
  );
}
