import type { Child } from "hono/jsx";
import { french } from "../../french/typography.ts";
import { type Choice, Select, TextArea, TextField } from "../parts/form.tsx";
import type { Form, Page } from "../route.ts";

/** A field of a form: how it is shown, read and validated. Without `read`, its value is the text itself. */
export interface Field {
  readonly label: string;
  readonly hint?: string;
  /** Default: a line of text. */
  readonly type?: "email" | "url" | "date" | "number";
  /** Shows a text area with this number of lines. */
  readonly rows?: number;
  /** Shows a list of choices. */
  readonly choices?: readonly Choice[];
  /** Label of the empty choice. Default: the list has none. */
  readonly emptyLabel?: string;
  readonly maxLength: number;
  /** The message for an empty field, in French. Optional fields have none. */
  readonly required?: string;
  readonly isReadOnly?: boolean;
  /** Returns the value of a text, or `Invalid`. */
  read?(text: string): unknown;
}

/** The result of `Field.read` for a text that has no valid value. */
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

/** Reads a submitted form. `values` is null if there is a problem. `check` returns the problems that concern several fields. */
export function readFields<F extends Fields>(
  fields: F,
  form: Form,
  check: (typed: Typed<F>) => FormProblems = () => ({}),
): { readonly typed: Typed<F>; readonly values: Values<F> | null; readonly problems: FormProblems } {
  const texts = Object.entries(fields).map(([name, field]) => [name, field, form.text(name)] as const);
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
    const { choices, rows, type, maxLength, emptyLabel, isReadOnly } = field;
    const shared = { name, label: field.label, hint: field.hint, value: given.typed[name], problem: given.problems[name] };
    const required = field.required !== undefined;
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
        required={required}
        readonly={isReadOnly === true}
      />
    );
  });
}

/** The text of a field as people read it: the label of a choice, « rien » if it is empty. */
export function textLabel({ choices }: Field, text: string): string {
  return choices?.find(({ value }) => value === text)?.label ?? (text || "rien");
}

interface Choosing<Value> {
  readonly choices: readonly Choice[];
  readonly maxLength: number;
  readonly read: (text: string) => Value;
}

/** A required choice. `required`: the message for an empty or unknown choice. */
export function choice<Value extends string>(values: readonly Value[], labelOf: (value: Value) => string, required: string) {
  return {
    choices: values.map((value) => ({ value, label: labelOf(value) })),
    maxLength: 200,
    required,
    read: (text: string) => values.find((value) => value === text) ?? new Invalid(required),
  };
}

/** Makes a choice optional: an empty one is read as null. */
export function optionalChoice<Value>({ choices, maxLength, read }: Choosing<Value>, emptyLabel: string) {
  return { choices, maxLength, emptyLabel, read: (text: string) => (text === "" ? null : read(text)) };
}

/** Status of a page with a form. */
export function formStatus(problems: FormProblems, isConflict = false): NonNullable<Page["status"]> {
  return isConflict ? 409 : Object.keys(problems).length > 0 ? 422 : 200;
}
